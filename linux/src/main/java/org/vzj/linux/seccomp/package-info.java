/** System calls that a container must not make, and the filter programs that stop them. */
@NullMarked
package org.vzj.linux.seccomp;

import org.jspecify.annotations.NullMarked;

/** Tests of what a container finds. */
@NullMarked
package org.vzj.rootfs;

import org.jspecify.annotations.NullMarked;

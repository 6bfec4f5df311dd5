/** Tests of containers and of the files that describe them. */
@NullMarked
package org.vzj.container;

import org.jspecify.annotations.NullMarked;

/** Containers by id and name, and the files that describe them. */
@NullMarked
package org.vzj.container;

import org.jspecify.annotations.NullMarked;

/** Values with a unit or a syntax of their own, that parse and print and round-trip. */
@NullMarked
package org.vzj.linux.unit;

import org.jspecify.annotations.NullMarked;

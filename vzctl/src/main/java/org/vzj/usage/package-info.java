/** What containers use of the host over a time, and which of them presses it most. */
@NullMarked
package org.vzj.usage;

import org.jspecify.annotations.NullMarked;

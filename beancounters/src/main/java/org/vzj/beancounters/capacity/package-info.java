/** How much of a host its containers use and may use: the calculations of OpenVZ's small tools. */
@NullMarked
package org.vzj.beancounters.capacity;

import org.jspecify.annotations.NullMarked;

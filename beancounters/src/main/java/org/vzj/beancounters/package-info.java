/** OpenVZ's resource parameters: their names, units and limits. */
@NullMarked
package org.vzj.beancounters;

import org.jspecify.annotations.NullMarked;

/** What the limits of a container have to be to one another. */
@NullMarked
package org.vzj.beancounters.rule;

import org.jspecify.annotations.NullMarked;

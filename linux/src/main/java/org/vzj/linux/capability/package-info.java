/** Capabilities: their numbers and names, sets of them, and the set a container keeps. */
@NullMarked
package org.vzj.linux.capability;

import org.jspecify.annotations.NullMarked;

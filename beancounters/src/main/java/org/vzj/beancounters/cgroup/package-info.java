/** A container's control groups, in whatever hierarchies the host has. */
@NullMarked
package org.vzj.beancounters.cgroup;

import org.jspecify.annotations.NullMarked;

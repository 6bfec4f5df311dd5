/** Controllers of cgroup v1, one class each; v2 has classes of the same names. */
@NullMarked
package org.vzj.beancounters.cgroup.v1;

import org.jspecify.annotations.NullMarked;

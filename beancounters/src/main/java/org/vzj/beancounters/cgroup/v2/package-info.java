/** Controllers of cgroup v2, one class each; v1 has classes of the same names. */
@NullMarked
package org.vzj.beancounters.cgroup.v2;

import org.jspecify.annotations.NullMarked;

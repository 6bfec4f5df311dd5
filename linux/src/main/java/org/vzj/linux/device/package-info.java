/** Device access rules, and what they become: text for cgroup v1, a program for v2. */
@NullMarked
package org.vzj.linux.device;

import org.jspecify.annotations.NullMarked;

/** What the kernel says of CPUs and disks in /sys. */
@NullMarked
package org.vzj.linux.sysfs;

import org.jspecify.annotations.NullMarked;

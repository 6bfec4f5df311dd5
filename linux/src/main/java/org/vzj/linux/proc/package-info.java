/** What the kernel says of mounts, processes and groups in /proc: text in, records out. */
@NullMarked
package org.vzj.linux.proc;

import org.jspecify.annotations.NullMarked;

/**
 * Programs of the host, started and waited for: the only place that starts them, besides the
 * launcher.
 */
@NullMarked
package org.vzj.linux.process;

import org.jspecify.annotations.NullMarked;

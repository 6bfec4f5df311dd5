/** Action scripts of the host and scripts fed to a shell inside. */
@NullMarked
package org.vzj.scripts;

import org.jspecify.annotations.NullMarked;

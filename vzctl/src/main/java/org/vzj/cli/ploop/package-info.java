/** The command {@code ploop}: disks of raw images. */
@NullMarked
package org.vzj.cli.ploop;

import org.jspecify.annotations.NullMarked;

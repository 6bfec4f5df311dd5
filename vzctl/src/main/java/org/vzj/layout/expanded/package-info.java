/** Disks of OpenVZ's ploop driver, read only: chains of images in its expanded format. */
@NullMarked
package org.vzj.layout.expanded;

import org.jspecify.annotations.NullMarked;

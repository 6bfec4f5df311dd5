/** Tests of the disks of OpenVZ's ploop driver. */
@org.jspecify.annotations.NullMarked
package org.vzj.layout.expanded;

/** A container's root file system: mounts, devices, what start writes into it. */
@NullMarked
package org.vzj.rootfs;

import org.jspecify.annotations.NullMarked;

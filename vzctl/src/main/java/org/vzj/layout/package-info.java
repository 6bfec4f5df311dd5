/** How a container's files are stored: a directory, an image, layers, a subvolume. */
@NullMarked
package org.vzj.layout;

import org.jspecify.annotations.NullMarked;

/** Unpacks a template's archive into a container's private area, in parallel and without trust. */
@NullMarked
package org.vzj.template.unpack;

import org.jspecify.annotations.NullMarked;

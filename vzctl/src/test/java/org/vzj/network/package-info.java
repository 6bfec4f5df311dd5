/** Tests of the host's side of containers' networks. */
@NullMarked
package org.vzj.network;

import org.jspecify.annotations.NullMarked;

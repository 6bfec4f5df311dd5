/** The host's side of containers' networks: plans for ip and nft as text, addresses, neighbours. */
@NullMarked
package org.vzj.network;

import org.jspecify.annotations.NullMarked;

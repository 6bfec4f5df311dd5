/** The administrator's firewall of a container: its rules as values, and as text for nft. */
@NullMarked
package org.vzj.firewall;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.vzj.firewall;

import org.jspecify.annotations.NullMarked;

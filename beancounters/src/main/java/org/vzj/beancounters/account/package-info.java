/** What a running container uses of each resource. */
@NullMarked
package org.vzj.beancounters.account;

import org.jspecify.annotations.NullMarked;

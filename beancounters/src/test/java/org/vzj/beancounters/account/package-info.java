/** Tests of the accounting. */
@NullMarked
package org.vzj.beancounters.account;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package org.vzj.check;

import org.jspecify.annotations.NullMarked;

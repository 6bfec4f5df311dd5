/** Tests of {@link org.vzj.snapshot}. */
@NullMarked
package org.vzj.snapshot;

import org.jspecify.annotations.NullMarked;

/** Two-level disk quota. */
@NullMarked
package org.vzj.quota;

import org.jspecify.annotations.NullMarked;

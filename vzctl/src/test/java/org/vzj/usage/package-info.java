/** Tests of what containers use, and of how it is shown. */
@NullMarked
package org.vzj.usage;

import org.jspecify.annotations.NullMarked;

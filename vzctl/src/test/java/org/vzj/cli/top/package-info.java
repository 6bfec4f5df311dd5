/** Tests of what containers use, and of how it is shown. */
@NullMarked
package org.vzj.cli.top;

import org.jspecify.annotations.NullMarked;

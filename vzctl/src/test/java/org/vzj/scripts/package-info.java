/** Tests of the scripts of administrators and distributions. */
@NullMarked
package org.vzj.scripts;

import org.jspecify.annotations.NullMarked;

/** What several tests of the module use. */
@NullMarked
package org.vzj.linux;

import org.jspecify.annotations.NullMarked;

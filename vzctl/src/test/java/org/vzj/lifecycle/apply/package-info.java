/** Tests of the appliers. */
@NullMarked
package org.vzj.lifecycle.apply;

import org.jspecify.annotations.NullMarked;

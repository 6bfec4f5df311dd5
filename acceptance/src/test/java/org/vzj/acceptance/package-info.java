/** The built commands with real containers, seen from outside. */
@NullMarked
package org.vzj.acceptance;

import org.jspecify.annotations.NullMarked;

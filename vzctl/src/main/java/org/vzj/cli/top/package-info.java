/** The command vztop, a live table of containers, and {@code vzctl blame}. */
@NullMarked
package org.vzj.cli.top;

import org.jspecify.annotations.NullMarked;

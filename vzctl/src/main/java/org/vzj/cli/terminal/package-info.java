/** What may be shown at a terminal. */
@NullMarked
package org.vzj.cli.terminal;

import org.jspecify.annotations.NullMarked;

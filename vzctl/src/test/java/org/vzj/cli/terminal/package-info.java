/** Tests. */
@NullMarked
package org.vzj.cli.terminal;

import org.jspecify.annotations.NullMarked;

/** The commands: arguments in, text and exit codes out. */
@NullMarked
package org.vzj.cli;

import org.jspecify.annotations.NullMarked;

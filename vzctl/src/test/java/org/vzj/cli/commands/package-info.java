/** Tests of {@link org.vzj.cli.commands}. */
@NullMarked
package org.vzj.cli.commands;

import org.jspecify.annotations.NullMarked;

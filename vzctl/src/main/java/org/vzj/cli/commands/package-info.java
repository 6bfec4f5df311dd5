/** The subcommands of vzctl, one small class each: options in, verbs of the life cycle out. */
@NullMarked
package org.vzj.cli.commands;

import org.jspecify.annotations.NullMarked;

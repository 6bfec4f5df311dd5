/** Tests of the command line's grammar. */
@NullMarked
package org.vzj.cli.getopt;

import org.jspecify.annotations.NullMarked;

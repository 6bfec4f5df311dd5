/** Tests of the command line as a whole. */
@NullMarked
package org.vzj.cli;

import org.jspecify.annotations.NullMarked;

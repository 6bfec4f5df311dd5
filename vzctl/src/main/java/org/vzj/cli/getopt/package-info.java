/** GNU getopt_long's grammar and messages on picocli's parser. */
@NullMarked
package org.vzj.cli.getopt;

import org.jspecify.annotations.NullMarked;

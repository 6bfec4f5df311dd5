/** JSON output of the commands. */
@NullMarked
package org.vzj.cli.json;

import org.jspecify.annotations.NullMarked;

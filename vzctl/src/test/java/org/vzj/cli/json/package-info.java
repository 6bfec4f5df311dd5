/** Tests. */
@NullMarked
package org.vzj.cli.json;

import org.jspecify.annotations.NullMarked;

/** Tests. */
@NullMarked
package org.vzj.cli.check;

import org.jspecify.annotations.NullMarked;

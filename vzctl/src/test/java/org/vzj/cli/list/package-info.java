/** Tests. */
@NullMarked
package org.vzj.cli.list;

import org.jspecify.annotations.NullMarked;

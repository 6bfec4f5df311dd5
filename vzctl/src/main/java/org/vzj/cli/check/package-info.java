/** {@code vzctl check}: the report on the host, as text and as JSON. */
@NullMarked
package org.vzj.cli.check;

import org.jspecify.annotations.NullMarked;

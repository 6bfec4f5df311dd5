/** What makes parameters true: one applier per group of them, at the start and while it runs. */
@NullMarked
package org.vzj.lifecycle.apply;

import org.jspecify.annotations.NullMarked;

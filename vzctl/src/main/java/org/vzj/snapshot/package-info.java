/** The snapshots of a container as a tree, and as Virtuozzo's file of them. */
@NullMarked
package org.vzj.snapshot;

import org.jspecify.annotations.NullMarked;

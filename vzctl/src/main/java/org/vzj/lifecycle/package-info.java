/** What can be done to a container, one verb per file. */
@NullMarked
package org.vzj.lifecycle;

import org.jspecify.annotations.NullMarked;

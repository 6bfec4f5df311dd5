/** Tests of {@link org.vzj.linux.xml}. */
@NullMarked
package org.vzj.linux.xml;

import org.jspecify.annotations.NullMarked;

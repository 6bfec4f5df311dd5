/** Small XML files of other tools: text in, elements out. */
@NullMarked
package org.vzj.linux.xml;

import org.jspecify.annotations.NullMarked;

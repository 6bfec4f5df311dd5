/** KEY="value" files, kept byte for byte around what is changed. */
@NullMarked
package org.vzj.linux.conf;

import org.jspecify.annotations.NullMarked;

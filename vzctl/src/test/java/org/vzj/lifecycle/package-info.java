/** Tests of the verbs: their plans as text, their decisions on directories of their own. */
@NullMarked
package org.vzj.lifecycle;

import org.jspecify.annotations.NullMarked;

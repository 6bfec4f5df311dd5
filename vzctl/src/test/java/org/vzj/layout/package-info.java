/** Tests of the layouts. */
@org.jspecify.annotations.NullMarked
package org.vzj.layout;

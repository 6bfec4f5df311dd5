/** Tests of what the packaging makes. */
@org.jspecify.annotations.NullMarked
package org.vzj.packaging;

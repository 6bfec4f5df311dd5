/** Operating system templates and their caches. */
@NullMarked
package org.vzj.template;

import org.jspecify.annotations.NullMarked;

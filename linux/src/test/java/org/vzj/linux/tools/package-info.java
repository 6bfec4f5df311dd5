@org.jspecify.annotations.NullMarked
package org.vzj.linux.tools;

@org.jspecify.annotations.NullMarked
package org.vzj.cli.tools;

/** Tests of what is drawn from the tables. */
@org.jspecify.annotations.NullMarked
package org.vzj.cli.manual;

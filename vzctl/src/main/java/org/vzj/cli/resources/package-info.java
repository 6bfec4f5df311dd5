/** What containers use now, for the commands that show it, and the files of it in /run/vz. */
@org.jspecify.annotations.NullMarked
package org.vzj.cli.resources;

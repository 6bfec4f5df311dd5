/**
 * XML without declarations of types: disk descriptors and lists of snapshots. The JDK's own module
 * would make the image 10 MB larger and each command that reads such a file 100 ms slower.
 */
@NullMarked
package org.vzj.linux.xml;

import org.jspecify.annotations.NullMarked;

/**
 * The kernel's file calls that have no Java interface, beneath a directory descriptor. Native: kept
 * unloaded until a command creates or destroys a tree.
 */
@NullMarked
package org.vzj.linux.file;

import org.jspecify.annotations.NullMarked;

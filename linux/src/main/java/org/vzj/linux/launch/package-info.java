/**
 * Launch plans, their text form, and the program that executes them in new or joined namespaces.
 */
@NullMarked
package org.vzj.linux.launch;

import org.jspecify.annotations.NullMarked;

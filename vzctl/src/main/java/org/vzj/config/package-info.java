/**
 * The configuration: one table of all parameters, and the layers global file, sample, container
 * file, command line.
 */
@NullMarked
package org.vzj.config;

import org.jspecify.annotations.NullMarked;

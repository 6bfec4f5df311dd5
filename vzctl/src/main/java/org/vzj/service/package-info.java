/** The boot service: which containers start and stop with the host, in which order, how fast. */
@org.jspecify.annotations.NullMarked
package org.vzj.service;

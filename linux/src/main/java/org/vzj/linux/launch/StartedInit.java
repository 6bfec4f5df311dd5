package org.vzj.linux.launch;

/**
 * A container's init that runs.
 *
 * @param pid its process id on the host
 */
public record StartedInit(long pid) {}

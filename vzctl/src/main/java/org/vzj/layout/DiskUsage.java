package org.vzj.layout;

/**
 * How full a container's disk is.
 *
 * @param usedKb KB of 1024 bytes in use
 * @param sizeKb KB that it may use, -1 if only the host's disk limits it
 * @param usedInodes files and directories
 * @param inodes how many there may be, -1 as above
 */
public record DiskUsage(long usedKb, long sizeKb, long usedInodes, long inodes) {}

package org.vzj.linux.sysfs;

import org.jspecify.annotations.Nullable;

/**
 * A whole block device, not a partition.
 *
 * @param numbers major and minor, as {@code 8:0}
 * @param name the kernel's name, as {@code sda}
 * @param scheduler its I/O scheduler, as {@code mq-deadline}, or null if it has none to choose
 */
public record Disk(String numbers, String name, @Nullable String scheduler) {}

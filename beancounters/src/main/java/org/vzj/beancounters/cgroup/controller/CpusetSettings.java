package org.vzj.beancounters.cgroup.controller;

/**
 * On which CPUs and memory nodes a group's processes may be, as lists of cpuset(7).
 *
 * @param cpus for example {@code 0-2,7}; empty: all
 * @param nodes for example {@code 0}; empty: all
 */
public record CpusetSettings(String cpus, String nodes) {
  /** No restriction. */
  public static final CpusetSettings ALL = new CpusetSettings("", "");
}

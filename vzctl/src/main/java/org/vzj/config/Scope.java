package org.vzj.config;

/** Where a parameter can be given. */
public enum Scope {
  /** In files only. */
  FILE,
  /** In files and to {@code vzctl set}. */
  SET,
  /** In files and to {@code vzctl set}, where no help mentions it. */
  HIDDEN,
  /** In files and to {@code vzctl create}. */
  CREATE,
  /** In files, to {@code set} and to {@code create}. */
  SET_CREATE,
  /** To {@code vzctl set}; no file has such a key. */
  OPTION
}

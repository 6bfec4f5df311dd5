package org.vzj.config;

/** What several values of one parameter mean, in a file and on the command line alike. */
public enum Repeat {
  /** The first counts; a file's reader warns about the others. */
  FIRST,
  /** The last counts, silently. */
  LAST,
  /** They are one list. */
  LIST
}

package org.vzj.config;

/** Where a text comes from: the same text may mean something else there. */
public enum Source {
  /** A mistake is an error, too large a number too. */
  COMMAND_LINE,
  /** A mistake is a warning; too large a number is cut. */
  FILE
}

package org.vzj.beancounters.account;

import java.io.IOException;

/** Counts the netfilter rules of a container; that may need a program, so it is done on demand. */
public interface RuleCounter {
  /**
   * Counts.
   *
   * @throws IOException if that is not possible on this host
   */
  long count() throws IOException;
}

package org.vzj.beancounters.report;

import java.io.IOException;

/** What vzubc has shown last time, by container and parameter. */
public interface SavedValues {
  /** What is kept. */
  enum Kind {
    FAILCNT,
    HELD
  }

  /** Returns what was kept, -1 if nothing was. */
  long last(long container, String parameter, Kind kind);

  /** Keeps a value for the next time. */
  void keep(long container, String parameter, Kind kind, long value) throws IOException;
}

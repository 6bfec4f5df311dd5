package org.vzj.beancounters;

/** What a beancounter counts. */
public enum BeancounterUnit {
  /** Bytes of memory. */
  BYTES,
  /** Pages of memory. */
  PAGES,
  /** Processes, files, sockets … */
  ITEMS
}

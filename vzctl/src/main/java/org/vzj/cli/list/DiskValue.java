package org.vzj.cli.list;

import org.vzj.quota.DiskLimit;

/**
 * A configured disk limit.
 *
 * @param space whether of blocks of 1 KB, else of inodes
 * @param hard whether the hard limit, else the soft one
 */
record DiskValue(boolean space, boolean hard) implements Field.Source {
  @Override
  public Cell read(Ct ct) {
    String text = ct.conf().first(space ? "DISKSPACE" : "DISKINODES");
    if (text == null) {
      return Cell.MISSING;
    }
    DiskLimit.Reading reading = space ? DiskLimit.parseSpace(text) : DiskLimit.parseInodes(text);
    if (reading == null) {
      return Cell.MISSING;
    }
    return Cell.number(hard ? reading.value().hard() : reading.value().soft());
  }
}

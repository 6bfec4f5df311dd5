package org.vzj.cli.list;

import org.vzj.quota.DiskLimit;
import org.vzj.quota.QuotaUse;

/**
 * The use of the disk, or a configured limit.
 *
 * @param space whether of blocks of 1 KB, else of inodes
 * @param part what of it
 */
record DiskValue(boolean space, Part part) implements Field.Source {
  /** The columns. */
  enum Part {
    USE,
    SOFT,
    HARD
  }

  @Override
  public Cell read(Ct ct) {
    if (part == Part.USE) {
      QuotaUse use = ct.diskUse();
      long used = use == null ? 0 : space ? use.kilobytes() : use.inodes();
      return used == 0 ? Cell.MISSING : Cell.number(used);
    }
    String text = ct.conf().first(space ? "DISKSPACE" : "DISKINODES");
    if (text == null) {
      return Cell.MISSING;
    }
    DiskLimit.Reading reading = space ? DiskLimit.parseSpace(text) : DiskLimit.parseInodes(text);
    if (reading == null) {
      return Cell.MISSING;
    }
    return Cell.number(part == Part.HARD ? reading.value().hard() : reading.value().soft());
  }
}

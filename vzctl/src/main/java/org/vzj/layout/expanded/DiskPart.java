package org.vzj.layout.expanded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where the file system of a disk is. The driver's tools put it in the one partition of a GPT (UEFI
 * 2.10, 5.3), which begins after the first megabyte.
 *
 * @param first byte of it
 * @param length in bytes
 */
public record DiskPart(long first, long length) {
  private static final int SECTOR = 512;
  private static final byte[] GPT = "EFI PART".getBytes(StandardCharsets.US_ASCII);
  private static final int EXT_MAGIC = 0xef53;
  private static final int EXT_SUPERBLOCK = 1024;
  private static final int MOST_ENTRIES = 128;
  private static final int MOST_ENTRY_BYTES = 4096;

  /**
   * Finds it.
   *
   * @throws IOException if there is none that we know, or if there are several
   */
  public static DiskPart find(DiskChain disk) throws IOException {
    DiskPart whole = new DiskPart(0, disk.bytes());
    if (hasExt(disk, whole)) {
      return whole;
    }
    if (disk.bytes() < 2 * SECTOR || !disk.read(SECTOR, GPT.length).equals(ByteBuffer.wrap(GPT))) {
      throw new IOException("The disk has neither a file system of ext4 nor a GPT");
    }
    DiskPart found = null;
    ByteBuffer header = disk.read(SECTOR, SECTOR);
    long table = header.getLong(72);
    int count = header.getInt(80);
    int size = header.getInt(84);
    long sectors = disk.bytes() / SECTOR;
    if (count < 1 || count > MOST_ENTRIES || size < 128 || size > MOST_ENTRY_BYTES) {
      throw new IOException("The GPT of the disk has " + count + " entries of " + size + " bytes");
    }
    if (table < 2 || table > sectors) {
      throw new IOException("The GPT of the disk has its entries at sector " + table);
    }
    for (int i = 0; i < count; i++) {
      ByteBuffer entry = disk.read(table * SECTOR + (long) i * size, 128);
      if (entry.getLong(0) == 0 && entry.getLong(8) == 0) {
        continue;
      }
      if (found != null) {
        throw new IOException("The disk has several partitions");
      }
      found = partition(entry, sectors);
    }
    if (found == null || !hasExt(disk, found)) {
      throw new IOException(
          "The disk has no " + (found == null ? "partition" : "file system of ext4"));
    }
    return found;
  }

  private static DiskPart partition(ByteBuffer entry, long sectors) throws IOException {
    long first = entry.getLong(32);
    long last = entry.getLong(40);
    if (first < 2 || last < first || last >= sectors) {
      throw new IOException(
          "The partition of the disk is from sector " + first + " to " + last + " of " + sectors);
    }
    return new DiskPart(first * SECTOR, (last - first + 1) * SECTOR);
  }

  private static boolean hasExt(DiskChain disk, DiskPart part) throws IOException {
    int magic = EXT_SUPERBLOCK + 0x38;
    return part.length() >= 2 * EXT_SUPERBLOCK
        && (disk.read(part.first() + magic, 2).getShort(0) & 0xffff) == EXT_MAGIC;
  }
}

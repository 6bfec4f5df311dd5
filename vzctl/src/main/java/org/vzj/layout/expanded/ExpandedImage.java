package org.vzj.layout.expanded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/**
 * An image of the format that ploop calls expanded. All numbers are little-endian; a sector has 512
 * bytes.
 *
 * <pre>
 *  0  16  signature: "WithoutFreeSpace" version 1, "WithouFreSpacExt" version 2
 * 16   4  kind: 2
 * 20   8  heads, cylinders: of no use
 * 28   4  sectors of a cluster
 * 32   4  entries of the table
 * 36   8  sectors of the disk; version 1: the first 4 bytes
 * 44   4  0x746f6e59 while a driver has it open
 * 48   4  sector at which clusters begin
 * 64      the table: 4 bytes for each cluster of the disk, 0 if it is not here; version 1: its first
 *         sector in the file, version 2: its number in the file
 * </pre>
 *
 * <p>The file is a stranger's: everything in it is checked when it is opened, and nothing is read
 * from outside of its clusters. See kernel-notes/images.md.
 */
public final class ExpandedImage implements Delta {
  private static final byte[] VERSION_1 = "WithoutFreeSpace".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION_2 = "WithouFreSpacExt".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 64;
  private static final int SECTOR = 512;
  private static final int KIND = 2;
  private static final int IN_USE = 0x746f6e59;

  /** 32 kB and 32 MB; the driver's own are 256 kB and 1 MB. */
  private static final int LEAST_CLUSTER = 64;

  private static final int LARGEST_CLUSTER = 65_536;

  /** Enough for 16 TB of the driver's clusters. */
  private static final long MOST_ENTRIES = 64L << 20;

  private static final long MOST_CLUSTERS = 4 * MOST_ENTRIES;
  private static final int WINDOW = 16_384;

  private final ImageFile file;
  private final boolean second;
  private final long cluster;
  private final long diskBytes;
  private final long entries;
  private final long firstCluster;
  private final boolean inUse;
  private final int[] window = new int[WINDOW];
  private long windowFirst = -1;

  private ExpandedImage(ImageFile file, ByteBuffer header, boolean second) throws IOException {
    this.file = file;
    this.second = second;
    long sectors = second ? header.getLong(36) : number(header, 36);
    long size = number(header, 28);
    long table = number(header, 32);
    if (header.getInt(16) != KIND) {
      throw file.wrong("is of an unknown kind, " + number(header, 16));
    }
    if (size < LEAST_CLUSTER || size > LARGEST_CLUSTER || Long.bitCount(size) != 1) {
      throw file.wrong("has clusters of " + size + " sectors");
    }
    this.cluster = size * SECTOR;
    if (sectors <= 0 || (sectors - 1) / size >= MOST_ENTRIES) {
      throw file.wrong("is of a disk of " + Long.toUnsignedString(sectors) + " sectors");
    }
    this.diskBytes = sectors * SECTOR;
    this.entries = (sectors + size - 1) / size;
    this.firstCluster = number(header, 48) * SECTOR;
    if (table < entries) {
      throw file.wrong("has a table of " + table + " entries, and needs " + entries);
    }
    if (firstCluster % cluster != 0 || firstCluster < HEADER + table * 4) {
      throw file.wrong("has clusters from sector " + number(header, 48) + " on");
    }
    if (file.size() < firstCluster) {
      throw file.wrong("ends before its first cluster");
    }
    if (file.size() / cluster > MOST_CLUSTERS) {
      throw file.wrong("is larger than any image with clusters of " + size + " sectors");
    }
    this.inUse = header.getInt(44) == IN_USE;
  }

  private static long number(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xffff_ffffL;
  }

  /** Tells whether a file has the signature of such an image. */
  public static boolean isOne(Path path) throws IOException {
    ImageFile file = ImageFile.open(path);
    try (var channel = file.channel()) {
      assert channel.isOpen();
      return file.size() >= HEADER && version(file.read(0, HEADER)) != 0;
    }
  }

  private static int version(ByteBuffer header) {
    byte[] signature = new byte[VERSION_1.length];
    header.get(0, signature);
    return Arrays.equals(signature, VERSION_1) ? 1 : Arrays.equals(signature, VERSION_2) ? 2 : 0;
  }

  /**
   * Opens one and checks all of it but the contents of its clusters.
   *
   * @throws IOException if it cannot be read or is not such an image
   */
  static ExpandedImage open(Path path) throws IOException {
    ImageFile file = ImageFile.open(path);
    try {
      if (file.size() < HEADER) {
        throw file.wrong("is too short for an image");
      }
      ByteBuffer header = file.read(0, HEADER);
      int version = version(header);
      if (version == 0) {
        throw file.wrong("is no image of ploop's expanded format");
      }
      ExpandedImage image = new ExpandedImage(file, header, version == 2);
      image.check();
      return image;
    } catch (IOException e) {
      file.channel().close();
      throw e;
    }
  }

  /** Every cluster is whole, in its place, and one cluster of the disk alone. */
  private void check() throws IOException {
    BitSet used = new BitSet();
    for (long i = 0; i < entries; i++) {
      long offset = offset(i);
      if (offset == Stretch.NONE) {
        continue;
      }
      if (offset % cluster != 0 || offset < firstCluster || offset > file.size() - cluster) {
        throw file.wrong(
            "entry " + i + " of its table leads to " + offset + ", where no cluster is");
      }
      int number = (int) (offset / cluster);
      if (used.get(number)) {
        throw file.wrong("entry " + i + " of its table leads to " + offset + ", as another does");
      }
      used.set(number);
    }
  }

  /** Where a cluster of the disk is. */
  private long offset(long index) throws IOException {
    if (windowFirst < 0 || index < windowFirst || index >= windowFirst + WINDOW) {
      int count = (int) Math.min(WINDOW, entries - index);
      file.read(HEADER + index * 4, count * 4).asIntBuffer().get(window, 0, count);
      windowFirst = index;
    }
    long entry = window[(int) (index - windowFirst)] & 0xffff_ffffL;
    return entry == 0 ? Stretch.NONE : entry * (second ? cluster : SECTOR);
  }

  @Override
  public long diskBytes() {
    return diskBytes;
  }

  @Override
  public Stretch find(long position) throws IOException {
    long within = position % cluster;
    long offset = offset(position / cluster);
    long length = Math.min(cluster - within, diskBytes - position);
    return new Stretch(offset == Stretch.NONE ? offset : offset + within, length);
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    file.read(offset, into);
  }

  @Override
  public boolean inUse() {
    return inUse;
  }

  @Override
  public void close() throws IOException {
    file.channel().close();
  }
}

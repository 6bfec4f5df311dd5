package org.vzj.acceptance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes disks as OpenVZ's tools and kernel do: a GPT, and images in the expanded format. */
final class OldImage {
  private static final int SECTOR = 512;
  private static final int CLUSTER_SECTORS = 512;
  private static final int CLUSTER = CLUSTER_SECTORS * SECTOR;
  private static final int FIRST = 2048;

  private OldImage() {}

  /** Puts a file system into the one partition of a disk. */
  static byte[] disk(byte[] fileSystem) {
    int sectors = FIRST + fileSystem.length / SECTOR + 2048;
    ByteBuffer disk = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(SECTOR, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    disk.putLong(SECTOR + 72, 2).putInt(SECTOR + 80, 128).putInt(SECTOR + 84, 128);
    disk.putLong(2 * SECTOR, 0x477284830fc63dafL).putLong(2 * SECTOR + 8, 0xe47d47d8693d798eL);
    disk.putLong(2 * SECTOR + 32, FIRST);
    disk.putLong(2 * SECTOR + 40, FIRST + fileSystem.length / SECTOR - 1L);
    disk.put(FIRST * SECTOR, fileSystem);
    byte[] bytes = new byte[disk.capacity()];
    disk.get(0, bytes);
    return bytes;
  }

  /**
   * Writes an image of a disk.
   *
   * @param version 1 or 2
   * @param below the disk as the image below has it, whose clusters are not repeated; null for none
   */
  static void write(Path file, int version, byte[] disk, byte @Nullable [] below)
      throws IOException {
    int clusters = (disk.length + CLUSTER - 1) / CLUSTER;
    Map<Integer, byte[]> content = new LinkedHashMap<>();
    byte[] zero = new byte[clusters * CLUSTER];
    byte[] under = Arrays.copyOf(below == null ? zero : below, zero.length);
    byte[] now = Arrays.copyOf(disk, zero.length);
    // Not in the order of the disk.
    for (int i = clusters - 1; i >= 0; i--) {
      if (!Arrays.equals(
          now, i * CLUSTER, (i + 1) * CLUSTER, under, i * CLUSTER, (i + 1) * CLUSTER)) {
        content.put(i, Arrays.copyOfRange(now, i * CLUSTER, (i + 1) * CLUSTER));
      }
    }
    int first = (64 + 4 * clusters + CLUSTER - 1) / CLUSTER;
    ByteBuffer image =
        ByteBuffer.allocate((first + content.size()) * CLUSTER).order(ByteOrder.LITTLE_ENDIAN);
    String signature = version == 1 ? "WithoutFreeSpace" : "WithouFreSpacExt";
    image.put(0, signature.getBytes(StandardCharsets.US_ASCII));
    image.putInt(16, 2).putInt(20, 16).putInt(24, 1).putInt(28, CLUSTER_SECTORS);
    image.putInt(32, clusters).putLong(36, (long) clusters * CLUSTER_SECTORS);
    image.putInt(48, first * CLUSTER_SECTORS);
    int at = first;
    for (Map.Entry<Integer, byte[]> entry : content.entrySet()) {
      image.putInt(64 + 4 * entry.getKey(), version == 1 ? at * CLUSTER_SECTORS : at);
      image.put(at * CLUSTER, entry.getValue());
      at++;
    }
    byte[] bytes = new byte[image.capacity()];
    image.get(0, bytes);
    Files.write(file, bytes);
  }
}

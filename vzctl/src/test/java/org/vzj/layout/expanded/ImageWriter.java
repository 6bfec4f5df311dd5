package org.vzj.layout.expanded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes images as the driver would, by the format's description and none of what reads them. */
final class ImageWriter {
  static final int CLUSTER_SECTORS = 64;
  static final int CLUSTER = CLUSTER_SECTORS * 512;

  final int version;
  final int diskClusters;

  /** Content of clusters of the disk, in the order in which they lie in the file. */
  final Map<Integer, byte[]> clusters = new LinkedHashMap<>();

  int kind = 2;
  int clusterSectors = CLUSTER_SECTORS;
  int inUse;
  long sectors;

  ImageWriter(int version, int diskClusters) {
    this.version = version;
    this.diskClusters = diskClusters;
    this.sectors = (long) diskClusters * CLUSTER_SECTORS;
  }

  ImageWriter put(int cluster, byte[] content) {
    clusters.put(cluster, content.clone());
    return this;
  }

  /** A cluster that is full of one letter. */
  ImageWriter put(int cluster, char letter) {
    byte[] content = new byte[CLUSTER];
    java.util.Arrays.fill(content, (byte) letter);
    return put(cluster, content);
  }

  /** The clusters before the first of data: header and table. */
  int firstCluster() {
    return (64 + 4 * diskClusters + CLUSTER - 1) / CLUSTER;
  }

  ByteBuffer bytes() {
    int first = firstCluster();
    ByteBuffer file =
        ByteBuffer.allocate((first + clusters.size()) * CLUSTER).order(ByteOrder.LITTLE_ENDIAN);
    String signature = version == 1 ? "WithoutFreeSpace" : "WithouFreSpacExt";
    file.put(0, signature.getBytes(StandardCharsets.US_ASCII));
    file.putInt(16, kind).putInt(20, 16).putInt(24, 100).putInt(28, clusterSectors);
    file.putInt(32, diskClusters).putLong(36, sectors);
    if (version == 1) {
      file.putInt(40, 0x5a5a5a5a); // unused there
    }
    file.putInt(44, inUse).putInt(48, first * CLUSTER_SECTORS);
    int number = first;
    for (Map.Entry<Integer, byte[]> entry : clusters.entrySet()) {
      file.putInt(64 + 4 * entry.getKey(), version == 1 ? number * CLUSTER_SECTORS : number);
      file.put(number * CLUSTER, entry.getValue());
      number++;
    }
    return file;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, array(bytes()));
  }

  /** All of a buffer. */
  static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  /** Cuts a disk into the clusters that are not zero. */
  static ImageWriter of(int version, byte[] disk) {
    ImageWriter writer = new ImageWriter(version, (disk.length + CLUSTER - 1) / CLUSTER);
    byte[] zero = new byte[CLUSTER];
    for (int i = 0; i < writer.diskClusters; i++) {
      byte[] cluster = java.util.Arrays.copyOfRange(disk, i * CLUSTER, (i + 1) * CLUSTER);
      if (!java.util.Arrays.equals(cluster, zero)) {
        writer.put(i, cluster);
      }
    }
    return writer;
  }
}

package org.vzj.layout.expanded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskPartTest {
  private static final int SECTORS = 8192;
  private static final int FIRST = 2048;
  private static final int LAST = SECTORS - 100;

  @TempDir Path directory = Path.of("");

  /** A disk with a GPT, one partition, and what looks like a file system in it. */
  private static ByteBuffer disk() {
    ByteBuffer disk = ByteBuffer.allocate(SECTORS * 512).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
    disk.putLong(512 + 72, 2).putInt(512 + 80, 128).putInt(512 + 84, 128);
    partition(disk, 0, FIRST, LAST);
    disk.putShort(FIRST * 512 + 1024 + 0x38, (short) 0xef53);
    return disk;
  }

  private static void partition(ByteBuffer disk, int index, long first, long last) {
    int at = 1024 + index * 128;
    disk.putLong(at, 0x0fc63daf).putLong(at + 8, 1).putLong(at + 32, first).putLong(at + 40, last);
  }

  private DiskPart find(ByteBuffer disk) throws IOException {
    Path image = ImageWriter.of(2, ImageWriter.array(disk)).write(directory.resolve("i"));
    try (DiskChain chain = DiskChain.open(List.of(image))) {
      return DiskPart.find(chain);
    }
  }

  private void refused(String why, Consumer<ByteBuffer> damage) {
    ByteBuffer disk = disk();
    damage.accept(disk);
    assertThatThrownBy(() -> find(disk)).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void theOnePartition() throws Exception {
    assertThat(find(disk())).isEqualTo(new DiskPart(FIRST * 512, (LAST - FIRST + 1) * 512L));
  }

  @Test
  void aFileSystemWithoutPartitions() throws Exception {
    ByteBuffer disk = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    disk.putShort(1024 + 0x38, (short) 0xef53);
    assertThat(find(disk)).isEqualTo(new DiskPart(0, 1 << 20));
  }

  @Test
  void whatItMustNotBe() {
    refused("neither", b -> b.put(512, (byte) 'X'));
    refused("has no file system", b -> b.putShort(FIRST * 512 + 1024 + 0x38, (short) 0));
    refused("no partition", b -> b.putLong(1024, 0).putLong(1032, 0));
    refused("several partitions", b -> partition(b, 5, 3000, 4000));
    refused("entries at sector", b -> b.putLong(512 + 72, -1));
    refused("entries at sector", b -> b.putLong(512 + 72, Long.MAX_VALUE));
    refused("has nothing at", b -> b.putLong(512 + 72, SECTORS));
    refused("entries of", b -> b.putInt(512 + 80, 1 << 30));
    refused("entries of", b -> b.putInt(512 + 84, 1));
    for (long[] wrong :
        new long[][] {{0, 10}, {2048, 2047}, {2048, SECTORS}, {-5, 9}, {2048, Long.MAX_VALUE}}) {
      refused("The partition of the disk is", b -> partition(b, 0, wrong[0], wrong[1]));
    }
  }

  @Test
  void itsContentWithHoles() throws Exception {
    ByteBuffer disk = disk();
    byte[] text = "content".getBytes(StandardCharsets.US_ASCII);
    disk.put(LAST * 512, text);
    disk.put((LAST + 1) * 512, text);
    Path image = ImageWriter.of(1, ImageWriter.array(disk)).write(directory.resolve("i"));
    Path raw = directory.resolve("raw");
    try (DiskChain chain = DiskChain.open(List.of(image));
        FileChannel out =
            FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      chain.copyTo(out, DiskPart.find(chain));
    }
    byte[] expected = new byte[(LAST - FIRST + 1) * 512];
    System.arraycopy(ImageWriter.array(disk), FIRST * 512, expected, 0, expected.length);
    assertThat(Files.readAllBytes(raw)).isEqualTo(expected);
  }

  @Test
  void anEmptyEndIsAHole() throws Exception {
    ByteBuffer disk = ByteBuffer.allocate((1 << 20) + 512).order(ByteOrder.LITTLE_ENDIAN);
    disk.putShort(1024 + 0x38, (short) 0xef53);
    ImageWriter writer = ImageWriter.of(2, ImageWriter.array(disk));
    Path image = writer.write(directory.resolve("i"));
    Path raw = directory.resolve("raw");
    try (DiskChain chain = DiskChain.open(List.of(image));
        FileChannel out =
            FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      chain.copyTo(out, new DiskPart(0, chain.bytes()));
      assertThat(out.size()).isEqualTo(chain.bytes());
    }
  }
}

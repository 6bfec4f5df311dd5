package org.vzj.layout.expanded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpandedImageTest {
  private static final int CLUSTER = ImageWriter.CLUSTER;

  @TempDir Path directory = Path.of("");

  private String letters(Path... files) throws IOException {
    StringBuilder letters = new StringBuilder();
    try (DiskChain disk = DiskChain.open(List.of(files))) {
      for (long at = 0; at < disk.bytes(); at += CLUSTER) {
        ByteBuffer begin = disk.read(at, 1);
        ByteBuffer end = disk.read(at + CLUSTER - 1, 1);
        assertThat(begin).isEqualTo(end);
        letters.append(begin.get(0) == 0 ? '.' : (char) begin.get(0));
      }
    }
    return letters.toString();
  }

  private Path file(String name) {
    return directory.resolve(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void clustersLieAnywhere(int version) throws Exception {
    Path image = new ImageWriter(version, 6).put(4, 'e').put(0, 'a').put(2, 'c').write(file("i"));
    assertThat(letters(image)).isEqualTo("a.c.e.");
    assertThat(ExpandedImage.isOne(image)).isTrue();
  }

  /** The window of the table is moved. */
  @Test
  void aLongTable() throws Exception {
    ImageWriter writer = new ImageWriter(2, 40_000).put(39_999, 'z').put(20_000, 'm').put(0, 'a');
    Path image = writer.write(file("i"));
    try (DiskChain disk = DiskChain.open(List.of(image))) {
      assertThat(disk.read(39_999L * CLUSTER, 1).get(0)).isEqualTo((byte) 'z');
      assertThat(disk.read(0, 1).get(0)).isEqualTo((byte) 'a');
      assertThat(disk.read(20_000L * CLUSTER, 1).get(0)).isEqualTo((byte) 'm');
      assertThat(disk.read(20_001L * CLUSTER, 1).get(0)).isZero();
    }
  }

  @Test
  void whatAnImageLacksTheOneBelowHas() throws Exception {
    Path base = new ImageWriter(1, 4).put(0, 'a').put(1, 'b').put(2, 'c').write(file("base"));
    Path middle = new ImageWriter(2, 4).put(1, 'B').put(3, 'D').write(file("middle"));
    Path top = new ImageWriter(2, 6).put(3, '3').put(5, '5').write(file("top"));
    assertThat(letters(middle, base)).isEqualTo("aBcD");
    assertThat(letters(top, middle, base)).as("larger than those below").isEqualTo("aBc3.5");
    assertThat(letters(base)).isEqualTo("abc.");
    assertThat(letters(base, top)).as("smaller than the one below").isEqualTo("abc3");
  }

  @Test
  void theBaseMayBeRaw() throws Exception {
    byte[] raw = "x".repeat(3 * CLUSTER).getBytes(StandardCharsets.US_ASCII);
    Path base = Files.write(file("base"), raw);
    Path top = new ImageWriter(2, 5).put(1, 'B').write(file("top"));
    assertThat(letters(top, base)).isEqualTo("xBx..");
    assertThatThrownBy(() -> DiskChain.open(List.of(base, top)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("base: is no image of ploop's expanded format");
  }

  /** Boundaries of clusters of several sizes are none of a read's. */
  @Test
  void readsOverClusters() throws Exception {
    Path image = new ImageWriter(2, 4).put(1, 'b').put(2, 'c').write(file("i"));
    try (DiskChain disk = DiskChain.open(List.of(image))) {
      ByteBuffer bytes = disk.read(CLUSTER - 2, 4);
      assertThat(new String(ImageWriter.array(bytes), StandardCharsets.US_ASCII))
          .isEqualTo("\0\0bb");
      bytes = disk.read(2 * CLUSTER - 1, CLUSTER + 3);
      assertThat(bytes.get(0)).isEqualTo((byte) 'b');
      assertThat(bytes.get(CLUSTER)).isEqualTo((byte) 'c');
      assertThat(bytes.get(CLUSTER + 2)).isZero();
      for (long wrong : new long[] {-1, 4L * CLUSTER, Long.MAX_VALUE}) {
        assertThatThrownBy(() -> disk.read(wrong, 1)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void whetherItWasInUse() throws Exception {
    ImageWriter writer = new ImageWriter(2, 2);
    writer.inUse = 0x746f6e59;
    try (DiskChain disk = DiskChain.open(List.of(writer.write(file("i"))))) {
      assertThat(disk.inUse()).isTrue();
    }
  }

  private void refused(String why, Consumer<ByteBuffer> damage) throws IOException {
    for (int version = 1; version <= 2; version++) {
      ByteBuffer bytes = new ImageWriter(version, 4).put(0, 'a').put(2, 'c').bytes();
      damage.accept(bytes);
      Path file = Files.write(file("broken"), ImageWriter.array(bytes));
      assertThatThrownBy(() -> ExpandedImage.open(file))
          .as(why)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageContaining(why);
    }
  }

  @Test
  void aHeaderThatMakesNoSense() throws Exception {
    refused("is no image of", b -> b.put(3, (byte) 'X'));
    refused("unknown kind, 3", b -> b.putInt(16, 3));
    for (int sectors : new int[] {0, -1, 63, 96, 1 << 17, 1 << 31, 8}) {
      refused("has clusters of", b -> b.putInt(28, sectors));
    }
    refused("of a disk of 0 sectors", b -> b.putLong(36, 0));
    refused("has a table of 3 entries, and needs 4", b -> b.putInt(32, 3));
    refused("has clusters from sector 65", b -> b.putInt(48, 65));
    refused("has clusters from sector 0", b -> b.putInt(48, 0));
    refused("ends before its first cluster", b -> b.putInt(48, 0x40000000));
    refused("has clusters from", b -> b.putInt(32, -1));
    refused("has a table of 4 entries, and needs", b -> b.putInt(36, 0x0fffffff));
  }

  @Test
  void aDiskLargerThanAnyIsRefused() throws Exception {
    for (long sectors : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 40}) {
      ImageWriter writer = new ImageWriter(2, 4);
      writer.sectors = sectors;
      Path file = writer.write(file("i"));
      assertThatThrownBy(() -> ExpandedImage.open(file)).hasMessageContaining("of a disk of");
    }
  }

  @Test
  void aTableThatLeadsAstray() throws Exception {
    refused("where no cluster is", b -> b.putInt(64, 0x7fffffff));
    refused("where no cluster is", b -> b.putInt(64, -1));
    // Version 2 counts clusters: the first after the last one, and one of the header.
    ByteBuffer good = new ImageWriter(2, 4).put(0, 'a').put(2, 'c').bytes();
    int last = good.capacity() / CLUSTER - 1;
    for (int entry : new int[] {last + 1, last + 2}) {
      Path file = Files.write(file("i"), ImageWriter.array(good.putInt(64, entry)));
      assertThatThrownBy(() -> ExpandedImage.open(file)).hasMessageContaining("entry 0 of its");
    }
    Path file = Files.write(file("i"), ImageWriter.array(good.putInt(64, last)));
    assertThatThrownBy(() -> ExpandedImage.open(file)).hasMessageContaining("as another does");
    // Version 1 counts sectors: in the middle of a cluster, and in the table itself.
    ByteBuffer first = new ImageWriter(1, 4).put(0, 'a').bytes();
    for (int entry : new int[] {65, 63, 1}) {
      Path astray = Files.write(file("j"), ImageWriter.array(first.putInt(64, entry)));
      assertThatThrownBy(() -> ExpandedImage.open(astray)).hasMessageContaining("no cluster is");
    }
  }

  @Test
  void aFileThatWasCutOff() throws Exception {
    byte[] whole = ImageWriter.array(new ImageWriter(2, 4).put(0, 'a').put(2, 'c').bytes());
    for (int length : new int[] {0, 1, 63, 64, 70, CLUSTER - 1, 2 * CLUSTER, whole.length - 1}) {
      Path file = Files.write(file("i"), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ExpandedImage.open(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void onlyRegularFilesAreOpened() throws Exception {
    Path image = new ImageWriter(2, 2).write(file("i"));
    Path link = Files.createSymbolicLink(file("link"), image);
    assertThatThrownBy(() -> ExpandedImage.open(link)).hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> ExpandedImage.isOne(directory)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ExpandedImage.open(file("none"))).isInstanceOf(IOException.class);
    assertThat(ExpandedImage.isOne(Files.writeString(file("short"), "Without"))).isFalse();
  }
}

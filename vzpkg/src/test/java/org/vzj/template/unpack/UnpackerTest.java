package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

class UnpackerTest {
  @TempDir Path directory;

  private static UnpackOptions options(boolean programs) {
    UnpackOptions options = UnpackOptions.of(Ownership.caller());
    return programs ? options : options.withoutPrograms();
  }

  private UnpackResult unpack(Path archive, boolean programs) throws TemplateException {
    return new Unpacker(archive, directory.resolve("ct"), options(programs), ProgressListener.NONE)
        .unpack();
  }

  private static byte[] compress(Compression compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed =
        switch (compression) {
          case NONE -> out;
          case GZIP -> new GZIPOutputStream(out);
          case BZIP2 -> new BZip2CompressorOutputStream(out);
          case XZ -> new XZOutputStream(out, new LZMA2Options(1));
          case ZSTD -> new ZstdOutputStream(out).setChecksum(true);
        }) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  /** A tar with a file that takes several slabs and does not compress. */
  private static byte[] sample() {
    byte[] noise = new byte[400_000];
    new Random(1).nextBytes(noise);
    byte[] letters = new byte[noise.length];
    for (int i = 0; i < noise.length; i++) {
      letters[i] = (byte) ('a' + (noise[i] & 15));
    }
    return new TarBuilder()
        .directory("./")
        .file("./dir/large", new String(letters, UTF_8).repeat(3))
        .file("./small", "hello")
        .ended();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, true",
    "GZIP, true",
    "BZIP2, true",
    "XZ, true",
    "ZSTD, true",
    "GZIP, false",
    "BZIP2, false",
    "XZ, false",
    "ZSTD, false"
  })
  void unpacksEveryCompression(Compression compression, boolean programs) throws Exception {
    byte[] tar = sample();
    Path archive = directory.resolve("archive.whatever");
    Files.write(archive, compress(compression, tar));
    UnpackResult result = unpack(archive, programs);
    assertThat(result.entries()).isEqualTo(3);
    assertThat(result.bytes()).isEqualTo(1_200_005);
    assertThat(directory.resolve("ct/small")).hasContent("hello");
    byte[] large = Files.readAllBytes(directory.resolve("ct/dir/large"));
    assertThat(Arrays.equals(large, 0, 1_200_000, tar, 1024, 1_201_024)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GZIP, true", "BZIP2, true", "XZ, true", "ZSTD, true",
    "GZIP, false", "BZIP2, false", "XZ, false", "ZSTD, false"
  })
  void refusesDamage(Compression compression, boolean programs) throws Exception {
    byte[] packed = compress(compression, sample());
    byte[] flipped = packed.clone();
    flipped[packed.length / 2] ^= 0x10;
    byte[][] damaged = {
      flipped, Arrays.copyOf(packed, packed.length / 2), Arrays.copyOf(packed, packed.length - 3)
    };
    for (byte[] bytes : damaged) {
      Path archive = Files.write(directory.resolve("damaged"), bytes);
      TemplateException refused =
          catchThrowableOfType(TemplateException.class, () -> unpack(archive, programs));
      assertThat(refused).hasMessageContaining("corrupt");
      assertThat(refused.kind()).isEqualTo(Kind.BAD_ARCHIVE);
      assertThat(directory.resolve("ct")).doesNotExist();
    }
  }

  @Test
  void concatenatedGzipMembersAreOneArchive() throws Exception {
    byte[] tar = sample();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(compress(Compression.GZIP, Arrays.copyOf(tar, 100_000)));
    both.writeBytes(compress(Compression.GZIP, Arrays.copyOfRange(tar, 100_000, tar.length)));
    Path archive = Files.write(directory.resolve("x.tar.gz"), both.toByteArray());
    assertThat(unpack(archive, true).entries()).isEqualTo(3);
    org.vzj.linux.file.TreeRemoval.remove(directory.resolve("ct"));
    assertThat(unpack(archive, false).entries()).isEqualTo(3);
  }

  @Test
  void lastOfSeveralWins() throws Exception {
    TarBuilder tar = new TarBuilder().mode(0600).file("./x", "first").symlink("./y", "x");
    tar.hardLink("./old", "./x").mode(0640).file("./x", "second").file("./y", "file now");
    tar.directory("./d/").directory("./d/");
    unpack(tar.write(directory.resolve("x.tar")), true);
    assertThat(directory.resolve("ct/x")).hasContent("second");
    assertThat(directory.resolve("ct/old")).hasContent("first");
    assertThat(directory.resolve("ct/y")).hasContent("file now").isRegularFile();
    assertThat(Files.getAttribute(directory.resolve("ct/x"), "unix:mode")).isEqualTo(0100640);
    assertThat(directory.resolve("ct/d")).isEmptyDirectory();
  }

  @Test
  void hardLinkToItselfIsNothing() throws Exception {
    TarBuilder tar = new TarBuilder().file("./x", "1").hardLink("x", "./x");
    unpack(tar.write(directory.resolve("x.tar")), true);
    assertThat(directory.resolve("ct/x")).hasContent("1");
  }

  @Test
  void makesDirectoriesThatTheArchiveLeavesOut() throws Exception {
    Path archive = new TarBuilder().file("a/b/c", "1").write(directory.resolve("x.tar"));
    unpack(archive, true);
    assertThat(directory.resolve("ct/a/b/c")).hasContent("1");
    assertThat(Files.getAttribute(directory.resolve("ct/a/b"), "unix:mode")).isEqualTo(040755);
    assertThat(Files.getAttribute(directory.resolve("ct"), "unix:mode")).isEqualTo(040755);
  }

  @Test
  void namesAreBytes() throws Exception {
    byte[] latin = {'l', (byte) 0xe4, 't'};
    Path archive =
        new TarBuilder()
            .file(
                "./"
                    + new String(
                        "größe".getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1),
                "utf-8")
            .file(new String(latin, java.nio.charset.StandardCharsets.ISO_8859_1), "latin")
            .write(directory.resolve("x.tar"));
    assertThat(unpack(archive, true).entries()).isEqualTo(2);
    Process list =
        new ProcessBuilder("ls", "-1", directory.resolve("ct").toString())
            .redirectErrorStream(true)
            .start();
    byte[] listed = list.getInputStream().readAllBytes();
    assertThat(new String(listed, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("gr\u00c3\u00b6\u00c3\u009fe", "l\u00e4t");
  }

  @Test
  void globalHeadersAndLabelsAreNoFiles() throws Exception {
    TarBuilder tar = new TarBuilder().member('V', "label", "", 0);
    tar.paxRaw('g', TarBuilder.paxRecords("comment", "hello", "mtime", "5.25")).file("./x", "1");
    UnpackResult result = unpack(tar.write(directory.resolve("x.tar")), true);
    assertThat(result.entries()).isEqualTo(1);
    assertThat(result.skippedOthers()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(directory.resolve("ct/x")).toMillis()).isEqualTo(5250);
  }

  @Test
  void timesBefore1970() throws Exception {
    TarBuilder tar = new TarBuilder().pax("mtime", "-1.5").file("./x", "1");
    unpack(tar.write(directory.resolve("x.tar")), true);
    assertThat(Files.getLastModifiedTime(directory.resolve("ct/x")).toMillis()).isEqualTo(-1500);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void progressEndsAtTheWhole(Compression compression) throws Exception {
    Path archive = Files.write(directory.resolve("x"), compress(compression, sample()));
    AtomicReference<String> last = new AtomicReference<>("");
    new Unpacker(
            archive,
            directory.resolve("ct"),
            options(true),
            (done, total, entries, current) -> {
              assertThat(done).isBetween(0L, total);
              last.set(done + "/" + total + " " + entries);
            })
        .unpack();
    long size = Files.size(archive);
    assertThat(last.get()).isEqualTo(size + "/" + size + " 3");
  }

  @Test
  void cancelLeavesNothing() throws Exception {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 20_000; i++) {
      tar.file("./d" + i % 100 + "/f" + i, "contents");
    }
    Path archive = tar.write(directory.resolve("x.tar"));
    Path target = directory.resolve("ct");
    AtomicReference<Unpacker> unpacker = new AtomicReference<>();
    unpacker.set(
        new Unpacker(
            archive,
            target,
            options(true),
            (done, total, entries, current) -> unpacker.get().cancel()));
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> unpacker.get().unpack());
    assertThat(refused.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(target).doesNotExist();
  }

  /** Also in the middle of one large file there is progress, and cancelling. */
  @Test
  void cancelWithinAFile() throws Exception {
    Path archive =
        new TarBuilder().file("./x", "y".repeat(30 << 20)).write(directory.resolve("x.tar"));
    AtomicReference<Unpacker> unpacker = new AtomicReference<>();
    AtomicReference<String> seen = new AtomicReference<>("");
    unpacker.set(
        new Unpacker(
            archive,
            directory.resolve("ct"),
            options(true),
            (done, total, entries, current) -> {
              assertThat(done).isLessThan(total / 2);
              seen.set(entries + " " + current);
              unpacker.get().cancel();
            }));
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> unpacker.get().unpack());
    assertThat(refused.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(seen.get()).isEqualTo("1 x");
    assertThat(directory.resolve("ct")).doesNotExist();
  }

  @Test
  void interruptLeavesNothingButTheInterrupt() throws Exception {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 20_000; i++) {
      tar.file("./d" + i % 100 + "/f" + i, "contents");
    }
    Path archive = tar.write(directory.resolve("x.tar"));
    Path target = directory.resolve("ct");
    Unpacker unpacker =
        new Unpacker(
            archive,
            target,
            options(true),
            (done, total, entries, current) -> Thread.currentThread().interrupt());
    TemplateException refused = catchThrowableOfType(TemplateException.class, unpacker::unpack);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(refused.kind()).isEqualTo(Kind.CANCELLED);
    assertThat(target).doesNotExist();
  }
}

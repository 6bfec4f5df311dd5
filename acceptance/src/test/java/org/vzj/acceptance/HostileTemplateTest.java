package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates that want to do harm, or are broken: refused with OpenVZ's code, and nothing stays. */
@Tag("root")
@Timeout(120)
class HostileTemplateTest {
  private static Sandbox sandbox;
  private static Path outside;
  private static int id;

  /** An archive, what create must end with, and a part of what it must say. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(String name, byte[] archive, int status, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void open() throws IOException {
    sandbox = Sandbox.open();
    outside = Files.createDirectory(sandbox.base().resolve("outside"));
    Files.writeString(outside.resolve("precious"), "untouched");
    id = sandbox.id();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Row row(String name, TarBytes archive, int status, String message) {
    return new Row(name, archive.ended(), status, message);
  }

  private static byte[] gzip(byte[] bytes) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] corrupted(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 0x55;
    return copy;
  }

  static Stream<Row> rows() {
    String way = "../../../outside";
    byte[] good = TarBytes.root().file("./text", "content ".repeat(5000)).ended();
    byte[] packed = gzip(good);
    return Stream.of(
        row("up", TarBytes.root().file("../evil", "x"), 48, "leads out of its directory"),
        row("up inside", TarBytes.root().file("./a/../../evil", "x"), 48, "leads out"),
        row("up by pax", TarBytes.root().pax("path", "../evil").file("x", "x"), 48, "leads out"),
        row("absolute", TarBytes.root().file("/etc/vz-evil", "x"), 48, "absolute name"),
        row(
            "through a symbolic link",
            TarBytes.root().symlink("./way", way).file("./way/precious", "evil"),
            48,
            "symbolic link: way"),
        row(
            "through an absolute symbolic link",
            TarBytes.root().symlink("./way", "/etc").file("./way/vz-evil", "evil"),
            48,
            "symbolic link: way"),
        row(
            "directory over a symbolic link",
            TarBytes.root()
                .symlink("./way", way)
                .directory("./way/")
                .file("./way/precious", "evil"),
            48,
            "way"),
        row(
            "hard link up",
            TarBytes.root().hardLink("./l", "../../../outside/precious"),
            48,
            "leads out"),
        row("hard link absolute", TarBytes.root().hardLink("./l", "/etc/passwd"), 48, "absolute"),
        row(
            "hard link through a symbolic link",
            TarBytes.root().symlink("./way", way).hardLink("./l", "./way/precious"),
            48,
            "symbolic link: way"),
        row("hard link to nothing", TarBytes.root().hardLink("./l", "./nothing"), 48, "nothing"),
        row(
            "one name twice, of two kinds",
            TarBytes.root().file("./x", "1").directory("./x/"),
            48,
            "both as a directory"),
        row("root is a link", new TarBytes().symlink("./", "/etc"), 48, "root directory"),
        row("control characters", TarBytes.root().file("./a\u001b[2J", "x"), 48, "control char"),
        row("bomb", TarBytes.root().announced("./huge", 1L << 60), 46, "Insufficient disk space"),
        new Row("empty file", new byte[0], 48, "truncated"),
        new Row("truncated", Arrays.copyOf(good, good.length / 2), 48, "truncated"),
        new Row("truncated gzip", Arrays.copyOf(packed, packed.length / 2), 48, ""),
        new Row("corrupt gzip", corrupted(packed, packed.length / 2), 48, ""),
        new Row("corrupt header", corrupted(good, 512 + 3), 48, "checksum"),
        new Row("a text", "no archive\n".repeat(999).getBytes(StandardCharsets.UTF_8), 48, ""),
        new Row("a foreign packer", corrupted(packed, 0), 48, ""));
  }

  private static Result create(byte[] archive) throws IOException {
    Files.write(sandbox.base().resolve("vz/template/cache/bad.tar"), archive);
    return sandbox.vzctl(
        "create",
        "" + id,
        "--ostemplate",
        "bad",
        "--name",
        "vztest-bad",
        "--config",
        "basic",
        "--hostname",
        "bad");
  }

  private static List<String> names(String directory) {
    String[] names = sandbox.base().resolve(directory).toFile().list();
    return names == null ? List.of() : Stream.of(names).filter(n -> !n.startsWith(".")).toList();
  }

  private static void assertNothingIsLeft() {
    for (String place : List.of("vz/private", "vz/root", "vz/lock", "run/ids", "etc/names")) {
      assertThat(names(place)).as(place).isEmpty();
    }
    assertThat(sandbox.config(id)).doesNotExist();
    assertThat(outside.resolve("precious")).hasContent("untouched");
    assertThat(outside).isDirectoryContaining("glob:**/precious");
    assertThat(Path.of("/etc/vz-evil")).doesNotExist();
    assertThat(sandbox.base().resolve("vz/evil")).doesNotExist();
    assertThat(sandbox.status(id)).isEqualTo("deleted unmounted down");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedAndLeavesNothing(Row row) throws IOException {
    Result result = create(row.archive).expect(row.status);
    assertThat(result.out()).isEqualTo("Creating container private area (bad)\n");
    assertThat(result.err())
        .contains(row.message)
        .endsWith("Creation of container private area failed\n")
        .doesNotContain("Exception", "\u001b");
    assertThat(result.err().lines()).as("the cause, and that it failed").hasSize(2);
    assertNothingIsLeft();
  }

  @Test
  void aGoodOneIsTakenAndDevicesAreLeftOut() throws IOException {
    TarBytes archive =
        TarBytes.root()
            .member('4', "./disk", "", 0666, "")
            .symlink("./way", "/etc/passwd")
            .file("./way", "instead of the link");
    Result result = create(archive.ended()).expect(0);
    assertThat(result.out()).contains("Left out 1 device node");
    assertThat(sandbox.privateArea(id).resolve("disk")).doesNotExist();
    assertThat(sandbox.privateArea(id).resolve("way")).hasContent("instead of the link");
    assertThat(names("etc/names")).as("control: the name is made").containsExactly("vztest-bad");
    sandbox.vzctl("destroy", "" + id).expect(0);
    Files.delete(sandbox.etc().resolve("conf/" + id + ".conf.destroyed"));
    assertNothingIsLeft();
  }
}

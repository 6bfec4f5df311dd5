package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/** Archives that want to do harm or are broken: refused with a reason, and nothing left behind. */
class HostileArchiveTest {
  @TempDir Path directory;

  private TemplateException refuse(byte[] archive) throws IOException {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "untouched");
    Path file = Files.write(directory.resolve("bad.tar"), archive);
    Path target = directory.resolve("ct.tmp");
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () ->
                new Unpacker(
                        file, target, UnpackOptions.of(Ownership.caller()), ProgressListener.NONE)
                    .unpack());
    assertThat(refused).isNotNull();
    assertThat(target).doesNotExist();
    assertThat(precious).hasContent("untouched");
    assertThat(outside).isDirectoryContaining(p -> p.equals(precious));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactlyInAnyOrder(outside, file);
    }
    return refused;
  }

  private void refuse(TarBuilder tar, Kind kind, String message) throws IOException {
    TemplateException refused = refuse(tar.ended());
    assertThat(refused).hasMessageContaining(message);
    assertThat(refused.kind()).isEqualTo(kind);
  }

  private static TarBuilder tar() {
    return new TarBuilder().directory("./").file("./first", "1");
  }

  @Test
  void parentDirectory() throws IOException {
    refuse(tar().file("../evil", "x"), Kind.HOSTILE, "leads out of its directory: ../evil");
    refuse(tar().file("a/../../evil", "x"), Kind.HOSTILE, "leads out");
    refuse(tar().file("a/..", "x"), Kind.HOSTILE, "leads out");
    refuse(tar().pax("path", "a/../../evil").file("x", "x"), Kind.HOSTILE, "leads out");
  }

  @Test
  void absoluteName() throws IOException {
    refuse(tar().file("/etc/evil", "x"), Kind.HOSTILE, "absolute name: /etc/evil");
    refuse(tar().pax("path", "/evil").file("x", "x"), Kind.HOSTILE, "absolute name");
  }

  @Test
  void throughSymbolicLink() throws IOException {
    String outside = directory.resolve("outside").toString();
    refuse(
        tar().symlink("./way", outside).file("./way/precious", "evil"),
        Kind.HOSTILE,
        "symbolic link: way");
    refuse(
        tar().symlink("./way", "../outside").directory("./way/deep/"),
        Kind.HOSTILE,
        "symbolic link: way");
    refuse(
        tar().symlink("./way", ".").file("./way/inner", "x"), Kind.HOSTILE, "symbolic link: way");
    refuse(
        tar().symlink("./way", outside).file("./way/a/b/c", "x"),
        Kind.HOSTILE,
        "symbolic link: way");
  }

  @Test
  void directoryOverSymbolicLink() throws IOException {
    refuse(
        tar().symlink("./way", "../outside").directory("./way/").file("./way/precious", "evil"),
        Kind.BAD_ARCHIVE,
        "way both as a directory and as something else");
  }

  @Test
  void writeThroughSymbolicLinkReplacesTheLink() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "untouched");
    Path archive =
        tar()
            .symlink("./way", precious.toString())
            .file("./way", "mine")
            .write(directory.resolve("x"));
    Path target = directory.resolve("ct.tmp");
    unpack(archive, target);
    assertThat(precious).hasContent("untouched");
    assertThat(target.resolve("way")).hasContent("mine");
    assertThat(Files.isSymbolicLink(target.resolve("way"))).isFalse();
  }

  @Test
  void hardLinkOut() throws IOException {
    String precious = directory.resolve("outside/precious").toString();
    refuse(tar().hardLink("./l", precious), Kind.HOSTILE, "absolute name");
    refuse(tar().hardLink("./l", "../outside/precious"), Kind.HOSTILE, "leads out");
    refuse(
        tar().symlink("./way", "../outside").hardLink("./l", "./way/precious"),
        Kind.HOSTILE,
        "symbolic link: way");
    refuse(tar().hardLink("./l", "./nothing"), Kind.BAD_ARCHIVE, "has not brought");
    refuse(tar().directory("./d/").hardLink("./l", "./d"), Kind.BAD_ARCHIVE, "is a directory");
    refuse(tar().hardLink("./l", "."), Kind.HOSTILE, "hard link to the root");
  }

  @Test
  void hardLinkToSymbolicLinkIsNotFollowed() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "untouched");
    Path archive =
        tar()
            .symlink("./way", precious.toString())
            .hardLink("./l", "./way")
            .file("./l", "evil")
            .write(directory.resolve("x"));
    unpack(archive, directory.resolve("ct.tmp"));
    assertThat(precious).hasContent("untouched");
    assertThat(directory.resolve("ct.tmp/l")).hasContent("evil");
    assertThat(directory.resolve("ct.tmp/way")).isSymbolicLink();
  }

  @Test
  void oneNameForDirectoryAndFile() throws IOException {
    refuse(tar().directory("./x/").file("./x", "1"), Kind.BAD_ARCHIVE, "x both as a directory");
    refuse(tar().file("./x", "1").directory("./x/"), Kind.BAD_ARCHIVE, "x both as a directory");
    refuse(tar().file("./x/y", "1").symlink("./x", "y"), Kind.BAD_ARCHIVE, "x both as");
    refuse(
        tar().file("./x", "1").file("./x", "2").directory("./x/"), Kind.BAD_ARCHIVE, "x both as");
    refuse(tar().file("./x", "1").file("./x/y", "2"), Kind.HOSTILE, "what is no directory: x");
    refuse(tar().file(".", "root"), Kind.HOSTILE, "root directory as something else");
    refuse(tar().symlink("./", "/etc"), Kind.HOSTILE, "root directory as something else");
  }

  @Test
  void names() throws IOException {
    refuse(tar().file("./a\nb", "x"), Kind.HOSTILE, "control character in the name ./a?b");
    refuse(tar().file("./a\u001b[2Jb", "x"), Kind.HOSTILE, "control character");
    refuse(tar().pax("path", "a\0b").file("x", "x"), Kind.HOSTILE, "control character");
    refuse(tar().pax("path", "a".repeat(256)).file("x", "x"), Kind.BAD_ARCHIVE, "longer than 255");
    refuse(
        tar().pax("path", "abcdefg/".repeat(600) + "x").file("x", "x"),
        Kind.BAD_ARCHIVE,
        "longer than 4095");
    refuse(tar().file("", "x"), Kind.BAD_ARCHIVE, "without a name");
    refuse(tar().symlink("./l", ""), Kind.BAD_ARCHIVE, "target that is empty");
    refuse(
        tar().pax("linkpath", "a\0b").symlink("./l", "x"),
        Kind.BAD_ARCHIVE,
        "target that is no path");
  }

  @Test
  void idsBeyondAContainer() throws IOException {
    Path archive = tar().owner(65_536, 0).file("./big", "x").write(directory.resolve("x.tar"));
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () ->
                new Unpacker(
                        archive,
                        directory.resolve("ct.tmp"),
                        UnpackOptions.of(new Ownership(false, 0, 0, 65_536)),
                        ProgressListener.NONE)
                    .unpack());
    assertThat(refused).hasMessageContaining("user id 65536 of big is beyond the 65536 ids");
    assertThat(directory.resolve("ct.tmp")).doesNotExist();
  }

  @Test
  void bombs() throws IOException {
    TarBuilder huge = tar().member('0', "./huge", "", 1L << 60);
    TemplateException refused = refuse(huge.ended());
    assertThat(refused.kind()).isEqualTo(Kind.NO_SPACE);
    assertThat(refused.kind().exitCode()).isEqualTo(46);
    assertThat(refused)
        .hasMessageMatching(
            "Insufficient disk space in .*/ct.tmp; available: \\d+, needed: 1125899906842\\d*");
    refuse(tar().member('0', "./huge", "", -1), Kind.BAD_ARCHIVE, "corrupt");
    refuse(
        tar().pax("size", "99999999999999999999").file("./x", "x"), Kind.BAD_ARCHIVE, "malformed");
    refuse(tar().member('x', "p", "", 1 << 30), Kind.BAD_ARCHIVE, "extended header of 1073741824");
    refuse(tar().member('L', "p", "", 1 << 30), Kind.BAD_ARCHIVE, "extended header of");
  }

  @Test
  void sparseMaps() throws IOException {
    refuse(
        tar()
            .pax(
                "GNU.sparse.major", "1",
                "GNU.sparse.minor", "0",
                "GNU.sparse.name", "s",
                "GNU.sparse.realsize", "100")
            .file("x", "99999999\n"),
        Kind.BAD_ARCHIVE,
        "sparse map");
    refuse(
        tar()
            .pax("GNU.sparse.map", "0,10,5,10", "GNU.sparse.size", "100")
            .file("./s", "x".repeat(20)),
        Kind.BAD_ARCHIVE,
        "sparse map");
    refuse(
        tar().pax("GNU.sparse.map", "90,20", "GNU.sparse.size", "100").file("./s", "x".repeat(20)),
        Kind.BAD_ARCHIVE,
        "impossible sparse map of ./s");
    refuse(
        tar().pax("GNU.sparse.map", "0,10", "GNU.sparse.size", "100").file("./s", "x".repeat(20)),
        Kind.BAD_ARCHIVE,
        "impossible sparse map");
    refuse(
        tar()
            .pax(
                "GNU.sparse.map", "9223372036854775800,5",
                "GNU.sparse.size", "9223372036854775807")
            .file("./s", "x".repeat(5)),
        Kind.BAD_ARCHIVE,
        "File too large");
  }

  @Test
  void truncated() throws IOException {
    byte[] whole = tar().file("./x", "y".repeat(5000)).ended();
    for (int length : new int[] {512 + 100, 2048, 2048 + 512 + 100, whole.length - 1024}) {
      TemplateException refused = refuse(Arrays.copyOf(whole, length));
      assertThat(refused).hasMessageContaining("truncated");
      assertThat(refused.kind().exitCode()).isEqualTo(48);
    }
    assertThat(refuse(new byte[0])).hasMessageContaining("truncated");
    assertThat(refuse(Arrays.copyOf(whole, 100))).hasMessageContaining("truncated");
  }

  @Test
  void corrupt() throws IOException {
    byte[] sum = tar().ended();
    sum[512 + 3] ^= 1;
    assertThat(refuse(sum)).hasMessageContaining("bad header checksum");
    byte[] field = new TarBuilder().header('0', "./x", "", 0);
    TarBuilder.put(field, 108, "xyz");
    refuse(tar().sum(field), Kind.BAD_ARCHIVE, "unreadable header field");
    refuse(tar().member('Z', "./x", "", 0), Kind.BAD_ARCHIVE, "unknown type");
    refuse(tar().member('M', "./x", "", 0), Kind.BAD_ARCHIVE, "one volume of several");
    refuse(
        tar().paxRaw('x', "99 path=x\n".getBytes(ISO_8859_1)).file("./x", ""),
        Kind.BAD_ARCHIVE,
        "malformed extended header");
    refuse(
        tar().paxRaw('x', "3 \n".getBytes(ISO_8859_1)).file("./x", ""),
        Kind.BAD_ARCHIVE,
        "malformed extended header");
    refuse(tar().pax("mtime", "12x").file("./x", ""), Kind.BAD_ARCHIVE, "malformed");
    refuse(tar().pax("path", "x"), Kind.BAD_ARCHIVE, "without its member");
    assertThat(refuse("just a text, not a tar at all\n".repeat(100).getBytes(ISO_8859_1)))
        .hasMessageContaining("not a tar archive");
  }

  @Test
  void endlessTrailer() throws IOException {
    byte[] archive = tar().raw(new byte[20 << 20]).bytes();
    assertThat(refuse(archive)).hasMessageContaining("goes on after its end mark");
  }

  @Test
  void targetMustBeEmpty() throws IOException {
    Path archive = tar().write(directory.resolve("x.tar"));
    Path target = Files.createDirectory(directory.resolve("full"));
    Files.writeString(target.resolve("mine"), "mine");
    TemplateException refused =
        catchThrowableOfType(TemplateException.class, () -> unpack(archive, target));
    assertThat(refused).hasMessageContaining("is not empty");
    assertThat(target.resolve("mine")).hasContent("mine");
  }

  @Test
  void failureEmptiesADirectoryThatWasThere() throws IOException {
    Path archive = tar().file("../x", "").write(directory.resolve("x.tar"));
    Path target = Files.createDirectory(directory.resolve("there"));
    assertThat(catchThrowableOfType(TemplateException.class, () -> unpack(archive, target)))
        .isNotNull();
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void missingArchive() {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () -> unpack(directory.resolve("none.tar"), directory.resolve("ct.tmp")));
    assertThat(refused.kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(refused.kind().exitCode()).isEqualTo(91);
  }

  static UnpackResult unpack(Path archive, Path target) throws TemplateException {
    return new Unpacker(
            archive, target, UnpackOptions.of(Ownership.caller()), ProgressListener.NONE)
        .unpack();
  }
}

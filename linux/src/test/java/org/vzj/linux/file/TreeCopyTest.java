package org.vzj.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCopyTest {
  private static final String ACCESS = "system.posix_acl_access";
  private static final String CAPABILITY = "security.capability";
  private static final int USER = 2;
  private static final int GROUP = 8;

  @TempDir Path directory;
  private Path from;
  private Path to;

  @BeforeEach
  void prepare() throws IOException {
    from = Files.createDirectory(directory.resolve("from"));
    to = Files.createDirectory(directory.resolve("to"));
  }

  private CopyResult copy(IdShift shift, CopyRules rules) throws IOException {
    return TreeCopy.copy(from, to, shift, rules, TreeCopy.Progress.NONE);
  }

  /** Everything that {@code find} can tell of a tree, an entry a line. */
  private static List<String> listing(Path tree) throws Exception {
    return shell(
        "cd '"
            + tree
            + "' && find . -printf '%P|%y|%m|%U:%G|%n|%s|%T@|%l\\0' | LC_ALL=C sort -z"
            + " | sed -z '/|d|/s/|[0-9]*|\\([0-9.]*|\\)$/|\\1/' | tr '\\0' '\\n'");
  }

  private static List<String> shell(String line) throws Exception {
    Process process = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
            .lines()
            .toList();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", line, lines).isZero();
    return lines;
  }

  @Test
  void copiesATree() throws Exception {
    Files.createDirectories(from.resolve("a/b/c"));
    Files.createDirectory(from.resolve("empty"));
    Files.writeString(from.resolve("a/file"), "contents");
    Files.writeString(from.resolve("a/b/two\nlines"), "x".repeat(3_000_000));
    Files.createFile(from.resolve("a/b/c/nothing"));
    Files.createSymbolicLink(from.resolve("a/out"), Path.of("/etc/passwd"));
    Files.createSymbolicLink(from.resolve("a/b/dangling"), Path.of("../../nowhere"));
    Files.createLink(from.resolve("a/b/c/hard"), from.resolve("a/file"));
    Files.createLink(from.resolve("another"), from.resolve("a/file"));
    Files.setPosixFilePermissions(
        from.resolve("a/file"), PosixFilePermissions.fromString("r-x-w---x"));
    shell("mkfifo -m 640 '" + from + "/a/pipe'; printf 'odd' >'" + from + "/'$'\\xff\\xfe'");
    for (int i = 0; i < 300; i++) {
      Files.writeString(Files.createDirectories(from.resolve("many/d" + i)).resolve("f"), "" + i);
    }
    FileTime old = FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123_456_789));
    for (String name : List.of("a/b/c", "a/b", "a/file", "a", "empty")) {
      Files.setLastModifiedTime(from.resolve(name), old);
    }
    List<Long> told = new ArrayList<>();
    CopyResult result = TreeCopy.copy(from, to, IdShift.NONE, CopyRules.ALL, told::add);
    assertThat(listing(to)).isEqualTo(listing(from));
    assertThat(shell("diff -r --no-dereference -x pipe '" + from + "' '" + to + "'")).isEmpty();
    assertThat(result.entries())
        .isEqualTo(listing(from).stream().filter(l -> l.contains("|")).count());
    assertThat(result.bytes()).isGreaterThan(3_000_000);
    assertThat(told.getLast()).isEqualTo(result.bytes());
    assertThat(Files.getAttribute(to.resolve("another"), "unix:ino"))
        .isEqualTo(Files.getAttribute(to.resolve("a/b/c/hard"), "unix:ino"))
        .isNotEqualTo(Files.getAttribute(from.resolve("another"), "unix:ino"));
  }

  @Test
  void holesStayHoles() throws Exception {
    shell(
        "cd '"
            + from
            + "' && truncate -s 50M all && truncate -s 80M some"
            + " && printf data | dd of=some bs=1 seek=30000000 conv=notrunc status=none"
            + " && printf end >>some");
    copy(IdShift.NONE, CopyRules.ALL);
    assertThat(shell("cmp '" + from + "/some' '" + to + "/some'")).isEmpty();
    assertThat(Files.size(to.resolve("all"))).isEqualTo(50L << 20);
    for (String name : List.of("all", "some")) {
      long blocks = Long.parseLong(shell("stat -c %b '" + to.resolve(name) + "'").getFirst());
      assertThat(blocks).as(name).isLessThan(2000);
    }
  }

  @Test
  void rulesLeaveThingsOut() throws Exception {
    Files.createDirectories(from.resolve("etc/ssh"));
    Files.writeString(from.resolve("etc/machine-id"), "0123");
    Files.writeString(from.resolve("etc/ssh/key"), "secret");
    Files.writeString(from.resolve("key"), "kept");
    copy(
        IdShift.NONE,
        (place, name) ->
            place.equals("etc/ssh") && name.equals("key")
                ? CopyRules.Fate.OMIT
                : place.equals("etc") && name.equals("machine-id")
                    ? CopyRules.Fate.EMPTY
                    : CopyRules.Fate.COPY);
    assertThat(to.resolve("etc/ssh")).isEmptyDirectory();
    assertThat(to.resolve("etc/machine-id")).isEmptyFile();
    assertThat(to.resolve("key")).hasContent("kept");
  }

  /** A container's user can nest directories deeper than any path can say. */
  @Test
  void treesDeeperThanPaths() throws Exception {
    shell(
        "cd '"
            + from
            + "' && for i in $(seq 300); do mkdir a-long-name-of-a-directory-$i && cd a-long-name-of-a-directory-$i"
            + " && echo $i >file || exit 1; done");
    CopyResult result = copy(IdShift.NONE, CopyRules.ALL);
    assertThat(result.entries()).isEqualTo(601);
    TreeRemoval.remove(from);
    assertThat(TreeRemoval.remove(to)).isEqualTo(601);
  }

  @Test
  void whatCannotBeMadeIsTold() throws Exception {
    Files.writeString(from.resolve("a"), "1");
    Files.writeString(to.resolve("a"), "there already");
    assertThatThrownBy(() -> copy(IdShift.NONE, CopyRules.ALL))
        .hasMessage("a: cannot make it: File exists");
    assertThat(to.resolve("a")).hasContent("there already");
    assertThatThrownBy(
            () ->
                TreeCopy.copy(
                    directory.resolve("none"),
                    to,
                    IdShift.NONE,
                    CopyRules.ALL,
                    TreeCopy.Progress.NONE))
        .hasMessageContaining("cannot open " + directory.resolve("none"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), from);
    assertThatThrownBy(
            () -> TreeCopy.copy(link, to, IdShift.NONE, CopyRules.ALL, TreeCopy.Progress.NONE))
        .hasMessageContaining("cannot open");
  }

  @Test
  @Tag("root")
  void idsMoveWithAllThatNamesThem() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    shell(
        "cd '"
            + from
            + "' && chown 200000:300000 . && mkdir d && chown 200033:300044 d"
            + " && touch suid outside && chown 201000:301000 suid && chmod 6755 suid"
            + " && chown 5:6 outside && touch old && chown 5:6 old && ln -s x link && chown -h 200001:300002 link"
            + " && mkfifo pipe && chown 265535:365535 pipe && mknod null c 1 3"
            + " && mknod disk b 8 0 && mknod white c 0 0 && chown 200000:300000 null");
    set(from.resolve("suid"), ACCESS, list(USER, 200_007, GROUP, 300_008));
    set(from.resolve("d"), "system.posix_acl_default", list(USER, 200_009, GROUP, 7));
    set(from.resolve("d"), "user.a", new byte[] {1, 2});
    set(from.resolve("outside"), CAPABILITY, words(0x03000001, 0x2000, 0, 0, 0, 200_000));
    set(from.resolve("old"), CAPABILITY, words(0x02000001, 0x2000, 0, 0, 0));
    CopyResult result =
        copy(
            new IdShift(200_000, 700_000, 300_000, 900_000, 65_536),
            new CopyRules() {
              @Override
              public Fate fate(String place, String name) {
                return Fate.COPY;
              }

              @Override
              public boolean allowsDevice(boolean block, int major, int minor) {
                return !block && major == 1 && minor == 3;
              }
            });
    assertThat(shell("cd '" + to + "' && stat -c '%n %u:%g %a' . * | LC_ALL=C sort"))
        .containsExactly(
            ". 700000:900000 " + mode(from),
            "d 700033:900044 " + mode(from.resolve("d")),
            "link 700001:900002 777",
            "null 700000:900000 644",
            "old 5:6 644",
            "outside 5:6 644",
            "pipe 765535:965535 644",
            "suid 701000:901000 " + mode(from.resolve("suid")));
    assertThat(result.skippedDevices()).isEqualTo(2);
    assertThat(get(to.resolve("suid"), ACCESS)).isEqualTo(list(USER, 700_007, GROUP, 900_008));
    assertThat(get(to.resolve("d"), "system.posix_acl_default"))
        .isEqualTo(list(USER, 700_009, GROUP, 7));
    assertThat(get(to.resolve("d"), "user.a")).containsExactly(1, 2);
    assertThat(get(to.resolve("outside"), CAPABILITY))
        .isEqualTo(words(0x03000001, 0x2000, 0, 0, 0, 700_000));
    assertThat(get(to.resolve("old"), CAPABILITY)).isEqualTo(words(0x02000001, 0x2000, 0, 0, 0));
  }

  @Test
  @Tag("root")
  void layersKeepTheirMarks() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    shell("cd '" + from + "' && mkdir d && mknod gone c 0 0");
    for (String name : List.of("overlay.opaque", "overlay.origin", "other")) {
      set(from.resolve("d"), "trusted." + name, new byte[] {'y'});
    }
    CopyResult result =
        copy(
            IdShift.NONE,
            new CopyRules() {
              @Override
              public Fate fate(String place, String name) {
                return Fate.COPY;
              }

              @Override
              public boolean isLayer() {
                return true;
              }
            });
    assertThat(get(to.resolve("d"), "trusted.overlay.opaque")).containsExactly('y');
    assertThat(get(to.resolve("d"), "trusted.overlay.origin")).isEmpty();
    assertThat(get(to.resolve("d"), "trusted.other")).isEmpty();
    assertThat(shell("stat -c '%t:%T %F' '" + to + "/gone'"))
        .containsExactly("0:0 character special file");
    assertThat(result.droppedAttributes()).isEqualTo(1);
    assertThat(result.skippedDevices()).isZero();
  }

  @Test
  @Tag("root")
  void mountsInATreeAreEmptyDirectories() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    Path point = Files.createDirectory(from.resolve("point"));
    shell("mount -t tmpfs none '" + point + "' && touch '" + point + "/inside'");
    try {
      copy(IdShift.NONE, CopyRules.ALL);
    } finally {
      shell("umount '" + point + "'");
    }
    assertThat(to.resolve("point")).isEmptyDirectory();
  }

  /** A list with a user and a group besides the three that each has, and a mask. */
  private static byte[] list(int tag, int user, int other, int group) {
    return words(
        2,
        0x60001,
        -1,
        0x40000 | tag,
        user,
        0x40004,
        -1,
        0x40000 | other,
        group,
        0x60010,
        -1,
        0x40020,
        -1);
  }

  private static byte[] words(int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    return bytes.array();
  }

  private static void set(Path path, String attribute, byte[] value) {
    try (FileCalls calls = new FileCalls()) {
      int fd = calls.open(FileCalls.AT_FDCWD, NativeName.of(path), OpenFlag.RDONLY, 0);
      int result = calls.setAttribute(fd, attribute, value);
      calls.close(fd);
      assumeTrue(result != -Errno.EOPNOTSUPP, "needs a file system with " + attribute);
      assertThat(result).as("set %s of %s", attribute, path).isZero();
    }
  }

  private static byte[] get(Path path, String attribute) throws IOException {
    try (FileCalls calls = new FileCalls();
        CopyCalls copies = new CopyCalls()) {
      int fd = calls.open(FileCalls.AT_FDCWD, NativeName.of(path), OpenFlag.RDONLY, 0);
      boolean there = copies.attributes(fd).contains(attribute);
      byte[] value = there ? copies.attribute(fd, attribute) : new byte[0];
      calls.close(fd);
      return value;
    }
  }

  private static String mode(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return Integer.toOctalString(mode & 07777);
  }
}

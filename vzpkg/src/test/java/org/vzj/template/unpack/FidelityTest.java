package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.linux.file.TreeRemoval;

/** Trees unpacked by us and by GNU tar from the same archive must be the same. */
@Tag("root")
class FidelityTest {
  private static final int BASE = 700_000;
  private static final Path DEBIAN = Path.of("/var/cache/vzj-dev/debian-12-x86_64.tar");

  /** Everything that each tar format can hold; what only some hold is in $extra. */
  private static final String TREE =
      """
      set -e; umask 022
      mkdir -p dir/sub empty "dir with blank" setgid sticky closed
      echo hello > file; : > nothing; printf '%s' exact > exact
      head -c 512 /dev/zero | tr '\\0' b > block; head -c 700000 /dev/urandom > middle
      head -c 3000000 /dev/urandom > large
      echo s > setuid; chown 33:44 setuid; chmod 4755 setuid
      echo s > setgidfile; chown 5:6 setgidfile; chmod 2750 setgidfile
      echo s > everything; chmod 7777 everything; echo n > nobody; chown 65534:65534 nobody
      chmod 0000 nothing; chmod 2775 setgid; chmod 1777 sticky; chown 12:34 setgid
      echo inside > setgid/inside; echo c > closed/file; chmod 0000 closed
      ln file hard; ln file dir/sub/hard2; ln -s file soft; ln -s /etc/passwd absolute
      ln -s ../nowhere dangling; chown -h 7:8 soft; ln soft hardsoft
      mknod null c 1 3; mknod tun c 10 200; mknod disk b 8 1; mknod high c 300 70000
      mkfifo -m 640 fifo; chown 3:4 fifo
      dd if=/dev/zero of=sparse bs=1 count=0 seek=50M status=none
      echo middle | dd of=sparse bs=1 seek=20M conv=notrunc status=none
      dd if=/dev/zero of=hole bs=1 count=0 seek=5M status=none
      for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
        echo $i | dd of=manyholes bs=1 seek=$((i * 100000)) conv=notrunc status=none; done
      touch 'größe' 'quote"d' 'back\\slash' ./-dash
      p=0123456789; mkdir -p $p$p/$p$p$p/$p$p$p$p; echo l > $p$p/$p$p$p/$p$p$p$p/$p$p$p$p$p
      [ "$extra" ] && { n=$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p$p; echo l > "$n"
        mkdir -p "$n"d/"$n"; echo l > "$n"d/"$n"/"$n"; ln -s "$n$n" longlink; ln "$n" hardlong; }
      touch -h -d @1234567890 soft absolute dangling
      touch -d @1100000000.123456789 file; touch -d @-1000000.25 exact; touch -d @5000000000 block
      touch -d @1234567890.5 dir/sub; touch -d @1000000001 dir setgid empty .
      """;

  @TempDir(cleanup = CleanupMode.NEVER)
  Path directory;

  private Path source;

  @BeforeEach
  void makePlace() throws IOException {
    source = Files.createDirectory(directory.resolve("source"));
  }

  @AfterEach
  void removeAll() throws IOException {
    TreeRemoval.remove(directory);
  }

  private void run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(source.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(command[0] + ": " + output).isZero();
  }

  private Path pack(String format, boolean sparse, String... options) throws Exception {
    Path archive = directory.resolve("archive.tar");
    List<String> command = new ArrayList<>(List.of("tar", "--format=" + format, "--numeric-owner"));
    command.addAll(List.of(options));
    command.addAll(List.of(sparse ? "-Scpf" : "-cpf", archive.toString(), "."));
    run(command.toArray(new String[0]));
    return archive;
  }

  private Path byTar(Path archive, String... options) throws Exception {
    Path tree = Files.createDirectory(directory.resolve("tar"));
    List<String> command = new ArrayList<>(List.of("tar", "--numeric-owner"));
    command.addAll(List.of(options));
    command.addAll(List.of("-xpf", archive.toString(), "-C", tree.toString()));
    run(command.toArray(new String[0]));
    return tree;
  }

  private UnpackResult byUs(Path archive, String name, Ownership ownership) throws IOException {
    return new Unpacker(
            archive,
            directory.resolve(name),
            UnpackOptions.of(ownership).withAllDevices(),
            ProgressListener.NONE)
        .unpack();
  }

  private void compare(Path archive, String... options) throws Exception {
    Map<String, String> expected = TreeListing.of(byTar(archive, options), 0);
    byUs(archive, "ours", Ownership.asStored());
    assertSame(TreeListing.of(directory.resolve("ours"), 0), expected);
    byUs(archive, "shifted", Ownership.shifted(BASE, BASE));
    assertSame(TreeListing.of(directory.resolve("shifted"), BASE), expected);
  }

  private static void assertSame(Map<String, String> ours, Map<String, String> expected) {
    StringBuilder differences = new StringBuilder();
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(expected.keySet());
    for (String name : names) {
      if (!Objects.equals(ours.get(name), expected.get(name))) {
        differences.append(name).append("\n  ours ").append(ours.get(name));
        differences.append("\n  tar  ").append(expected.get(name)).append('\n');
      }
    }
    assertThat(differences.toString()).isEmpty();
    assertThat(ours).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "ustar", "gnu", "pax", "oldgnu"})
  void everyFormat(String format) throws Exception {
    boolean extra = !format.equals("v7") && !format.equals("ustar");
    String drop =
        format.equals("v7") ? "\nrm -f null tun disk high fifo exact block nobody; rm -r 0*" : "";
    drop = format.equals("ustar") ? "\nrm -f exact" : drop;
    run("bash", "-c", "extra=" + (extra ? "1" : "") + "\n" + TREE + drop);
    compare(pack(format, extra));
    Path sparse = directory.resolve("ours/sparse");
    if (extra) {
      Object blocks = blocks(sparse);
      assertThat((long) blocks)
          .as("512-byte blocks of a file of 50 MB with one word")
          .isLessThan(64);
      assertThat(blocks(directory.resolve("ours/hole"))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "0.1", "1.0"})
  void sparseVersionsOfPax(String version) throws Exception {
    run("bash", "-c", "extra=1\n" + TREE);
    compare(pack("pax", true, "--sparse-version=" + version));
    assertThat(blocks(directory.resolve("ours/sparse"))).isLessThan(64);
  }

  private static long blocks(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes(), UTF_8).strip());
  }

  @Test
  void extendedAttributes() throws Exception {
    run("bash", "-c", "mkdir d; echo f > f; echo g > g; echo c > c; chmod 755 c; chmod 2750 g");
    String f = source.resolve("f").toString();
    String d = source.resolve("d").toString();
    assumeTrue(
        AttributeCalls.set(f, "user.text", "hello".getBytes(UTF_8)), "user.* attributes needed");
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    AttributeCalls.set(f, "user.binary", all);
    AttributeCalls.set(f, "user.a=b%c", "odd name".getBytes(UTF_8));
    AttributeCalls.set(f, "user.empty", new byte[0]);
    AttributeCalls.set(d, "user.dir", "on a directory".getBytes(UTF_8));
    assumeTrue(
        AttributeCalls.set(
            source.resolve("c").toString(), "security.capability", capability(false, 0)),
        "file capabilities needed");
    boolean lists =
        AttributeCalls.set(source.resolve("g").toString(), "system.posix_acl_access", list(0))
            && AttributeCalls.set(d, "system.posix_acl_default", list(0))
            && AttributeCalls.set(d, "system.posix_acl_access", list(0));
    String[] options = {"--xattrs", "--xattrs-include=*", "--acls"};
    Path archive = pack("pax", false, options);
    Map<String, String> expected = TreeListing.of(byTar(archive, options), 0);
    assertThat(byUs(archive, "ours", Ownership.asStored()).skippedAttributes()).isZero();
    assertSame(TreeListing.of(directory.resolve("ours"), 0), expected);

    byUs(archive, "shifted", Ownership.shifted(BASE, BASE));
    Path shifted = directory.resolve("shifted");
    assertThat(AttributeCalls.all(shifted.resolve("f").toString()))
        .isEqualTo(AttributeCalls.all(f))
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(AttributeCalls.all(shifted.resolve("c").toString()))
        .containsEntry("security.capability", HexFormat.of().formatHex(capability(true, BASE)));
    assumeTrue(lists, "access control lists needed for the rest");
    String hex = HexFormat.of().formatHex(list(BASE));
    assertThat(AttributeCalls.all(shifted.resolve("g").toString()))
        .containsEntry("system.posix_acl_access", hex);
    assertThat(AttributeCalls.all(shifted.resolve("d").toString()))
        .containsEntry("system.posix_acl_default", hex)
        .containsEntry("system.posix_acl_access", hex);
  }

  /** tar writes lists with the names that the packing host knows: only the archive's own count. */
  @Test
  void namesInListsAreThoseOfTheArchive() throws Exception {
    run("bash", "-c", "mkdir etc; echo f > f; echo g > g; chmod 640 f");
    Files.writeString(source.resolve("etc/passwd"), "root:x:0:0::/:\nwww-data:x:4711:1::/:\n");
    Files.writeString(source.resolve("etc/group"), "# no line\nbad\nirc:x:4712:\nx:y\n");
    assumeTrue(
        AttributeCalls.set(source.resolve("f").toString(), "system.posix_acl_access", list(0)),
        "access control lists needed");
    Path archive =
        new TarBuilder()
            .pax(
                "SCHILY.acl.access",
                "user::rw-,user:www-data:r--,group::r--,group:irc:rw-,mask::rw-,other::---")
            .file("./f", "1")
            .pax("SCHILY.acl.access", "user::rw-,user:stranger:r--,group::r--,mask::rw-,other::---")
            .file("./g", "1")
            .pax("SCHILY.acl.access", "nonsense")
            .file("./h", "1")
            .directory("./etc")
            .file("./etc/passwd", Files.readString(source.resolve("etc/passwd")))
            .file("./etc/group", Files.readString(source.resolve("etc/group")))
            .write(directory.resolve("archive.tar"));
    assertThat(byUs(archive, "ours", Ownership.shifted(BASE, BASE)).skippedAttributes())
        .isEqualTo(2);
    String expected =
        HexFormat.of()
            .formatHex(list(BASE))
            .replace(hexWord(33 + BASE), hexWord(4711 + BASE))
            .replace(hexWord(44 + BASE), hexWord(4712 + BASE));
    assertThat(AttributeCalls.all(directory.resolve("ours/f").toString()))
        .containsEntry("system.posix_acl_access", expected);
    assertThat(AttributeCalls.all(directory.resolve("ours/g").toString())).isEmpty();
  }

  private static String hexWord(int word) {
    return HexFormat.of().toHexDigits(Integer.reverseBytes(word));
  }

  @Test
  void attributesOfTheHostAreDropped() throws Exception {
    run("bash", "-c", "echo f > f");
    String f = source.resolve("f").toString();
    assumeTrue(
        AttributeCalls.set(f, "trusted.overlay.opaque", "y".getBytes(UTF_8)), "trusted.* needed");
    Path archive = pack("pax", false, "--xattrs", "--xattrs-include=*");
    assertThat(byUs(archive, "ours", Ownership.asStored()).skippedAttributes()).isEqualTo(1);
    assertThat(AttributeCalls.all(directory.resolve("ours/f").toString())).isEmpty();
  }

  /** struct vfs_cap_data with cap_net_raw, cap_sys_admin and the high bit of a byte set. */
  private static byte[] capability(boolean version3, int root) {
    ByteBuffer data = ByteBuffer.allocate(version3 ? 24 : 20).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(version3 ? 0x03000001 : 0x02000001).putInt(0x80202080).putInt(0x00200000);
    data.putInt(0x80).putInt(0);
    if (version3) {
      data.putInt(root);
    }
    return data.array();
  }

  /** user::rw-,user:33:r--,group::r--,group:44:rw-,mask::rw-,other::---. */
  private static byte[] list(int base) {
    ByteBuffer data = ByteBuffer.allocate(52).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
    int[][] entries = {
      {1, 6, -1}, {2, 4, 33 + base}, {4, 4, -1}, {8, 6, 44 + base}, {0x10, 6, -1}, {0x20, 0, -1}
    };
    for (int[] entry : entries) {
      data.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
    }
    return data.array();
  }

  @Test
  void devicesOfDisksAreSkipped() throws Exception {
    run("bash", "-c", "mknod null c 1 3; mknod disk b 8 0; mknod mem c 1 1; echo x > x");
    Path archive = pack("gnu", false);
    UnpackResult result =
        new Unpacker(
                archive,
                directory.resolve("ours"),
                UnpackOptions.of(Ownership.asStored()),
                ProgressListener.NONE)
            .unpack();
    assertThat(result.skippedDevices()).isEqualTo(2);
    try (var files = Files.list(directory.resolve("ours"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("null", "x");
    }
  }

  @Test
  void inheritsNothingFromItsPlace() throws Exception {
    run("bash", "-c", "mkdir d; echo f > d/f; chmod 640 d/f");
    Path archive = pack("gnu", false);
    Path place = Files.createDirectory(directory.resolve("place"));
    run("chgrp", "99", place.toString());
    run("chmod", "2777", place.toString());
    AttributeCalls.set(place.toString(), "system.posix_acl_default", list(0));
    byUs(archive, "place/ours", Ownership.asStored());
    Map<String, String> expected = TreeListing.of(byTar(archive), 0);
    assertSame(TreeListing.of(place.resolve("ours"), 0), expected);
  }

  @Test
  void debian() throws Exception {
    assumeTrue(Files.exists(DEBIAN), DEBIAN + " needed");
    compare(DEBIAN, "--xattrs", "--xattrs-include=*");
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of real containers, of each layout that keeps them. */
@Tag("root")
@Timeout(240)
class SnapshotTest {
  private static final String A = "{aaaaaaaa-0000-4000-8000-000000000001}";
  private static final String B = "{bbbbbbbb-0000-4000-8000-000000000002}";

  private static Sandbox sandbox;
  private static @Nullable BtrfsDisk disk;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private static BtrfsDisk disk() {
    if (disk == null) {
      disk = BtrfsDisk.open("1G");
    }
    return disk;
  }

  private static int created(String layout) {
    assumeTrue(
        !layout.equals("overlay")
            || Host.read(Path.of("/proc/filesystems")).contains("\toverlay\n"),
        "needs overlayfs in the kernel");
    List<String> words = new ArrayList<>(List.of("create", "", "--ostemplate"));
    words.addAll(List.of(sandbox.template("busybox"), "--layout", layout, "--diskspace", "256M"));
    if (layout.equals("btrfs")) {
      words.addAll(List.of("--private", disk().option()));
    }
    int id = sandbox.id();
    words.set(1, "" + id);
    Result result = sandbox.vzctl(words.toArray(String[]::new));
    assumeTrue(result.status() != 99, () -> "needs the layout " + layout + ": " + result.err());
    result.expect(0);
    return id;
  }

  private static String inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).ok().strip();
  }

  private static List<String> guids(int id) {
    return new ArrayList<>(sandbox.vzctl("snapshot-list", "" + id, "-H", "-o", "uuid").lines());
  }

  private static String snapshot(int id, String guid, String... options) {
    List<String> words = new ArrayList<>(List.of("snapshot", "" + id, "--id", guid));
    words.addAll(List.of(options));
    return sandbox.vzctl(words.toArray(String[]::new)).ok();
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlay", "ploop", "btrfs"})
  void thereAndBack(String layout) throws IOException {
    int id = created(layout);
    sandbox.vzctl("start", "" + id).expect(0);
    inside(id, "echo first >/root/a; echo more >/etc/more; mkdir /root/d; echo x >/root/d/x");
    assertThat(snapshot(id, A, "--name", "one", "--description", "before"))
        .startsWith("Creating snapshot " + A + "\nStoring ")
        .contains("Setting up checkpoint...\n\tsuspend...\n", "Note: ", "Resuming...\n")
        .endsWith("Snapshot " + A + " has been successfully created\n");
    inside(id, "echo second >/root/a; rm /etc/more; rm -r /root/d; mkdir /root/d; rm /etc/passwd");
    Files.writeString(sandbox.config(id), "ONBOOT=\"no\"\n", StandardOpenOption.APPEND);
    assertThat(snapshot(id, B, "--skip-suspend")).doesNotContain("checkpoint");
    assertThat(guids(id)).containsExactly(A, B);
    assertThat(sandbox.vzctl("snapshot-list", "" + id, "-H", "-o", "parent_uuid,current,uuid").ok())
        .isEqualTo(" ".repeat(38) + "   " + A + "\n" + A + " * " + B + "\n");
    String switched = sandbox.vzctl("snapshot-switch", "" + id, "--id", A).ok();
    assertThat(switched)
        .contains("Switching to snapshot " + A + "\n", "Killing container ...")
        .endsWith("Container has been successfully switched to another snapshot\n");
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    assertThat(Host.read(sandbox.config(id))).doesNotContain("ONBOOT=\"no\"");
    assertThat(Host.read(Path.of(sandbox.config(id) + ".old"))).contains("ONBOOT=\"no\"");
    sandbox.vzctl("start", "" + id).expect(0);
    String all = "cat /root/a; cat /etc/more; ls /root/d; wc -l </etc/passwd";
    assertThat(inside(id, all)).startsWith("first\nmore\nx\n");
    sandbox.vzctl("snapshot-switch", "" + id, "--id", B, "--skip-config").expect(0);
    sandbox.vzctl("snapshot-delete", "" + id, "--id", A).expect(0);
    assertThat(guids(id)).containsExactly(B);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /root/a; ls /etc/more /etc/passwd 2>/dev/null; ls /root/d"))
        .isEqualTo("second");
    sandbox.vzctl("snapshot-delete", "" + id, "--id", B).expect(0);
    assertThat(inside(id, "cat /root/a")).isEqualTo("second");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    sandbox.vzctl("destroy", "" + id).expect(0);
    Files.deleteIfExists(Path.of(sandbox.config(id) + ".old"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlay", "ploop", "btrfs"})
  void toBeLookedInto(String layout) throws IOException {
    int id = created(layout);
    sandbox.vzctl("start", "" + id).expect(0);
    inside(id, "echo first >/root/a; rm /etc/hosts; ln -s / /root/up");
    snapshot(id, A);
    inside(id, "echo second >/root/a");
    Path point = Files.createDirectory(sandbox.base().resolve("look-" + layout));
    assertThat(
            sandbox.vzctl("snapshot-mount", "" + id, "--id", A, "--target", point.toString()).ok())
        .isEqualTo("Mounting snapshot " + A + " to " + point + "\n");
    try {
      assertThat(point.resolve("root/a")).hasContent("first");
      assertThat(point.resolve("etc/hosts")).doesNotExist();
      assertThat(point.resolve("bin/busybox")).exists();
      assertThat(Host.run("touch", "" + point.resolve("root/new")).status()).isNotZero();
      assertThat(Host.run("findmnt", "-no", "OPTIONS", "" + point).ok())
          .startsWith("ro,nosuid,nodev");
      assertThat(sandbox.vzctl("snapshot-list", "" + id, "-H", "-o", "target").ok().stripTrailing())
          .isEqualTo(point.toString());
      Result again =
          sandbox.vzctl("snapshot-mount", "" + id, "--id", A, "--target", point.toString());
      assertThat(again.status()).isEqualTo(160);
      Result deleted = sandbox.vzctl("snapshot-delete", "" + id, "--id", A);
      assertThat(deleted.status()).isEqualTo(158);
      assertThat(deleted.err()).contains("snapshot-umount", "Failed to delete snapshot " + A);
      assertThat(inside(id, "cat /root/a")).isEqualTo("second");
      sandbox.vzctl("stop", "" + id, "--fast").expect(0);
      Result destroyed = sandbox.vzctl("destroy", "" + id);
      assertThat(destroyed.status()).isEqualTo(52);
      assertThat(destroyed.err()).contains("mounted on " + point);
    } finally {
      assertThat(sandbox.vzctl("snapshot-umount", "" + id, "--id", A).ok())
          .isEqualTo("Umounting snapshot " + A + "\n");
    }
    assertThat(sandbox.vzctl("snapshot-umount", "" + id, "--id", A).status()).isEqualTo(161);
    assertThat(Host.mounts(point)).isEmpty();
  }

  /** Whenever a command is killed, the next one makes the tree and the disk the same again. */
  @ParameterizedTest
  @ValueSource(strings = {"overlay", "ploop", "btrfs"})
  void killedAtAnyTime(String layout) throws Exception {
    int id = created(layout);
    sandbox.vzctl("start", "" + id).expect(0);
    inside(
        id, "i=0; while [ $i -lt 400 ]; do mkdir /root/$i; echo $i >/root/$i/f; i=$((i+1)); done");
    inside(id, "echo first >/root/a");
    snapshot(id, A);
    inside(id, "echo second >/root/a");
    for (int delay : new int[] {0, 60, 120, 200, 300, 450}) {
      kill(delay, "snapshot", "" + id, "--id", B);
      // It also lets the container go on, if it was left frozen.
      sandbox.vzctl("snapshot-delete", "" + id, "--id", "{cccccccc-0000-4000-8000-000000000003}");
      assertThat(inside(id, "cat /root/a")).isEqualTo("second");
      assertThat(guids(id)).isIn(List.of(A), List.of(A, B));
      if (guids(id).contains(B)) {
        kill(delay, "snapshot-delete", "" + id, "--id", B);
        sandbox.vzctl("snapshot-delete", "" + id, "--id", B);
      }
      assertThat(guids(id)).containsExactly(A);
    }
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    for (int delay : new int[] {30, 90, 150, 250}) {
      kill(delay, "snapshot-switch", "" + id, "--id", A);
      sandbox.vzctl("start", "" + id).expect(0);
      assertThat(inside(id, "cat /root/a; cat /root/399/f")).isIn("first\n399", "second\n399");
      inside(id, "echo second >/root/a");
      sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    }
    sandbox.vzctl("snapshot-switch", "" + id, "--id", A).expect(0);
    sandbox.vzctl("destroy", "" + id).expect(0);
    Files.deleteIfExists(Path.of(sandbox.config(id) + ".old"));
  }

  /** The time only decides which case is met; any is right. */
  private static void kill(int millis, String... words) throws Exception {
    long pid;
    try (Running running = sandbox.background(words)) {
      pid = running.process().pid();
      Thread.sleep(millis);
      Host.kill("KILL", pid);
      running.await(Sandbox.LIMIT);
    }
    // A lock that was not linked to its name yet: a few bytes that nobody looks at.
    Path locks = sandbox.base().resolve("vz/lock");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(locks, "*.lck." + pid + ".*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlay", "ploop", "btrfs"})
  void copiesOfOne(String layout) throws IOException {
    int source = created(layout);
    sandbox.vzctl("start", "" + source).expect(0);
    inside(source, "echo kept >/root/a; rm /etc/group; chmod 4755 /root/a");
    int copy = sandbox.id();
    sandbox.vzctl("clone", "" + source, "" + copy).expect(0);
    sandbox.vzctl("start", "" + copy).expect(0);
    assertThat(inside(copy, "cat /root/a; stat -c %u:%a /root/a; test ! -e /etc/group"))
        .isEqualTo("kept\n0:4755");
    inside(copy, "echo own >/root/a");
    assertThat(inside(source, "cat /root/a")).isEqualTo("kept");
    sandbox.vzctl("stop", "" + source, "" + copy, "--fast").expect(0);
    sandbox.vzctl("destroy", "" + source).expect(0);
    sandbox.vzctl("start", "" + copy).expect(0);
    assertThat(inside(copy, "cat /root/a")).isEqualTo("own");
    sandbox.vzctl("stop", "" + copy, "--fast").expect(0);
  }
}

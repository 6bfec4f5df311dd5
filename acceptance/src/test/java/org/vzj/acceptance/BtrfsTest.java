package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers in subvolumes of a btrfs that the test makes in a file. */
@Tag("root")
class BtrfsTest {
  private static Sandbox sandbox;
  private static Path directory;
  private static Path disk;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(
        Host.read(Path.of("/proc/filesystems")).contains("\tbtrfs\n"), "needs btrfs in the kernel");
    assumeTrue(
        Host.run("sh", "-c", "command -v mkfs.btrfs && command -v btrfs").status() == 0,
        "needs btrfs-progs");
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    sandbox = Sandbox.open();
    directory = Files.createTempDirectory(Path.of("/var/tmp"), "vztest-btrfs-");
    Path image = directory.resolve("image");
    disk = Files.createDirectory(directory.resolve("disk"));
    Host.run("truncate", "-s", "600M", image.toString()).expect(0);
    Host.run("mkfs.btrfs", "-q", image.toString()).expect(0);
    Host.run("mount", "-o", "loop", image.toString(), disk.toString()).expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      try {
        sandbox.close();
        assertThat(disk.toFile().list()).as("what containers left").isEmpty();
      } finally {
        Host.run("umount", disk.toString());
        Host.run("rm", "-rf", "--one-file-system", directory.toString());
      }
    }
  }

  private static int make(String template) {
    int id = sandbox.id();
    create(id, template).expect(0);
    return id;
  }

  private static Result create(int id, String template) {
    return sandbox.vzctl(
        "create",
        "" + id,
        "--ostemplate",
        sandbox.template(template),
        "--layout",
        "btrfs",
        "--private",
        disk + "/" + id);
  }

  private static String exec(int id, String script) {
    return sandbox.vzctl("exec", "" + id, script).ok();
  }

  @Test
  void aContainerLivesInASubvolume() throws Exception {
    int id = make("busybox");
    Path tree = disk.resolve(id + "/fs");
    assertThat(Files.getAttribute(tree, "unix:ino")).isEqualTo(256L);
    assertThat(sandbox.vzlist("-aHo", "layout", "" + id).ok()).contains("btrfs");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /file");
    sandbox.vzctl("restart", "" + id).expect(0);
    assertThat(exec(id, "cat /file; stat -c %u /file")).isEqualTo("text\n0\n");
    sandbox.vzctl("stop", "" + id).expect(0);
    Files.createDirectory(disk.resolve(id + "/snapshots"));
    Host.run("btrfs", "subvolume", "snapshot", "-r", "" + tree, disk + "/" + id + "/snapshots/{x}")
        .expect(0);
    Host.run("btrfs", "subvolume", "create", tree + "/inner").expect(0);
    sandbox.vzctl("destroy", "" + id).expect(0);
    assertThat(disk.resolve("" + id)).doesNotExist();
  }

  @Test
  void elsewhereItIsRefused() {
    int id = sandbox.id();
    Result result =
        sandbox.vzctl(
            "create", "" + id, "--ostemplate", sandbox.template("busybox"), "--layout", "btrfs");
    assertThat(result.expect(48).err()).contains("The btrfs layout needs VE_PRIVATE on btrfs");
    assertThat(sandbox.privateArea(id)).doesNotExist();
  }

  @Test
  void itCanBecomeADirectoryAndASubvolumeAgain() {
    int id = make("busybox");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /file");
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(0);
    assertThat(disk.resolve(id + "/file")).hasContent("text");
    sandbox.vzctl("convert", "" + id, "--layout", "btrfs").expect(0);
    assertThat(disk.resolve(id + "/fs/file")).hasContent("text");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "cat /file")).isEqualTo("text\n");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    Path big = disk.resolve("big");
    Host.run("sh", "-c", "dd if=/dev/zero of=" + big + " bs=1M; sync");
    int id = sandbox.id();
    try {
      assertThat(create(id, "minbase").status()).isNotZero();
    } finally {
      Files.delete(big);
    }
    assertThat(disk.toFile().list((file, name) -> name.startsWith("" + id))).isEmpty();
  }
}

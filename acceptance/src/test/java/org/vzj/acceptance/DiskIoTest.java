package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Disk I/O of a container on a disk of its own, by the clock. */
@Tag("root")
@Timeout(120)
class DiskIoTest {
  private static final long MEGABYTE = 1L << 20;
  private static Sandbox sandbox;
  private static Path disk;
  private static int id;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.open();
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/blkio"))
            || Host.read(Path.of("/sys/fs/cgroup/cgroup.controllers")).contains("io"),
        "needs the cgroup controller blkio or io");
    Path image = sandbox.base().resolve("disk.img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(96 * MEGABYTE);
    }
    disk = Files.createDirectory(sandbox.base().resolve("disk"));
    assumeTrue(Host.run("mkfs.ext4", "-q", image.toString()).status() == 0, "needs mkfs.ext4");
    assumeTrue(
        Host.run("mount", "-o", "loop", image.toString(), disk.toString()).status() == 0,
        "needs loop devices");
    id = sandbox.create("busybox", "--private", disk.resolve("private").toString());
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      if (id != 0) {
        sandbox.vzctl("stop", "" + id, "--fast").expect(0);
        sandbox.vzctl("destroy", "" + id).expect(0);
      }
      if (disk != null) {
        Host.run("umount", disk.toString());
      }
      sandbox.close();
    }
  }

  /** Direct, so that nothing is in the page cache, which v1 lets anybody write back. */
  private static double seconds(String what) {
    String script =
        "read a b < /proc/uptime; dd "
            + what
            + " 2>/dev/null || exit 9; "
            + "read c b < /proc/uptime; echo $a $c";
    String[] times = sandbox.vzctl("exec2", "" + id, script).ok().strip().split(" ");
    return Double.parseDouble(times[1]) - Double.parseDouble(times[0]);
  }

  @Test
  void bytesPerSecondAreLimited() {
    assertThat(sandbox.vzctl("set", "" + id, "--iolimit", "4").ok())
        .contains("Setting iolimit: 4194304 bytes/sec\n");
    double write = seconds("if=/dev/zero of=/data bs=64k count=256 oflag=direct");
    double read = seconds("if=/data of=/dev/null bs=64k count=256 iflag=direct");
    System.out.printf("iolimit 4 MB/s: wrote %.2f, read %.2f MB/s%n", 16 / write, 16 / read);
    assertThat(16 / write).isBetween(3.6, 4.4);
    assertThat(16 / read).isBetween(3.6, 4.4);
    assertThat(sandbox.vzctl("set", "" + id, "--iolimit", "0").ok())
        .contains("Setting iolimit: 0 (unlimited)\n");
    assertThat(seconds("if=/data of=/dev/null bs=64k count=256 iflag=direct")).isLessThan(2);
  }

  @Test
  void operationsPerSecondAreLimited() {
    assertThat(sandbox.vzctl("set", "" + id, "--iopslimit", "50", "--save").ok())
        .contains("Setting iopslimit: 50 iops\n");
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
    double write = seconds("if=/dev/zero of=/small bs=4k count=150 oflag=direct");
    System.out.printf("iopslimit 50: %.1f operations a second%n", 150 / write);
    assertThat(150 / write).isBetween(40.0, 57.0);
    sandbox.vzctl("set", "" + id, "--iopslimit", "0", "--save").expect(0);
  }

  @Test
  void aPriorityThatNobodyObeysIsSaidToBeSo() {
    String said = sandbox.vzctl("set", "" + id, "--ioprio", "7").ok();
    String name = Host.run("sh", "-c", "basename $(findmnt -no SOURCE /var/tmp -T /var/tmp)").out();
    String scheduler = Host.read(Path.of("/sys/block/" + name.strip() + "/queue/scheduler"));
    if (!scheduler.isEmpty() && !scheduler.contains("[bfq]")) {
      assertThat(said).contains("Note: --ioprio has no effect on " + name.strip());
    }
    Path weight = Path.of("/sys/fs/cgroup/blkio/vz/" + id + "/blkio.bfq.weight");
    if (Files.exists(weight)) {
      assertThat(Host.read(weight)).isEqualTo("160\n");
    }
  }

  @Test
  void whatIsOnNoDiskCannotBeLimited() throws IOException {
    Path memory = Files.createDirectory(sandbox.base().resolve("memory"));
    Host.run("mount", "-t", "tmpfs", "-o", "size=32m,mode=711", "tmpfs", memory.toString())
        .expect(0);
    int other = sandbox.create("busybox", "--private", memory.resolve("private").toString());
    try {
      sandbox.vzctl("start", "" + other).expect(0);
      Result result = sandbox.vzctl("set", "" + other, "--iolimit", "4", "--save").expect(148);
      assertThat(result.err()).contains("is on no disk of this host");
      assertThat(Host.read(sandbox.config(other))).doesNotContain("IOLIMIT");
    } finally {
      sandbox.vzctl("stop", "" + other, "--fast");
      sandbox.vzctl("destroy", "" + other);
      Host.run("umount", memory.toString());
    }
  }
}

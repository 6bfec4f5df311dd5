package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers whose files are in an image, and the ways from a directory to an image and back. */
@Tag("root")
class PloopTest {
  private static final String SIZE = "100M";
  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    for (String program : new String[] {"mkfs.ext4", "resize2fs", "e2fsck", "losetup", "fstrim"}) {
      assumeTrue(Host.run("sh", "-c", "command -v " + program).status() == 0, "needs " + program);
    }
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      Path base = sandbox.base();
      sandbox.close();
      assertThat(Host.run("losetup", "-a").out())
          .as("no loop device stays")
          .doesNotContain("" + base);
    }
  }

  private static Path images(int id) {
    return sandbox.privateArea(id).resolve("root.hdd");
  }

  private static String exec(int id, String script) {
    return sandbox.vzctl("exec", "" + id, script).ok();
  }

  private static long allocated(Path file) {
    return 512 * Long.parseLong(Host.run("stat", "-c", "%b", file.toString()).ok().strip());
  }

  private static long sizeInside(int id) {
    return Long.parseLong(exec(id, "df -k / | tail -n 1 | awk '{print $(NF-4)}'").strip());
  }

  private static int make(String... options) {
    String[] words = new String[options.length + 4];
    words[0] = "--layout";
    words[1] = "ploop";
    words[2] = "--diskspace";
    words[3] = SIZE;
    System.arraycopy(options, 0, words, 4, options.length);
    return sandbox.create("busybox", words);
  }

  @Test
  void aContainerLivesInAnImage() throws Exception {
    int id = make();
    assertThat(Files.size(images(id).resolve("root.hdd"))).isEqualTo(100L << 20);
    assertThat(allocated(images(id).resolve("root.hdd"))).as("sparse").isLessThan(40L << 20);
    assertThat(Host.read(images(id).resolve("DiskDescriptor.xml")))
        .contains("<Disk_size>204800</Disk_size>", "<File>root.hdd</File>");
    assertThat(Host.read(sandbox.config(id))).contains("VE_LAYOUT=\"ploop\"");
    assertThat(sandbox.vzlist("-aHo", "layout", "" + id).ok()).contains("ploop");

    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(sizeInside(id)).isBetween(80_000L, 102_400L);
    exec(id, "echo text > /root-file; ls /lost+found 2>&1; mknod /dev/x c 1 3 2>&1; true");
    assertThat(exec(id, "stat -c %u /root-file")).isEqualTo("0\n");
    Result full = sandbox.vzctl("exec", "" + id, "dd if=/dev/zero of=/big bs=1M count=200");
    assertThat(full.status()).isNotZero();
    assertThat(full.out() + full.err()).contains("No space left");
    exec(id, "rm /big");
    sandbox.vzctl("restart", "" + id).expect(0);
    assertThat(exec(id, "cat /root-file")).isEqualTo("text\n");
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.assertNothingRemains(id);
  }

  @Test
  void allOfItsSpaceCanBeTakenAtOnce() throws Exception {
    int id = sandbox.id();
    sandbox
        .vzctl(
            "create",
            "" + id,
            "--ostemplate",
            sandbox.template("busybox"),
            "--layout",
            "ploop:plain",
            "--diskspace",
            "40M")
        .expect(0);
    assertThat(allocated(images(id).resolve("root.hdd"))).isGreaterThanOrEqualTo(40L << 20);
    assertThat(Host.read(sandbox.config(id))).as("without mode").contains("VE_LAYOUT=\"ploop\"");
  }

  @Test
  void itsSizeIsNeeded() throws IOException {
    int id = sandbox.id();
    Path sample = sandbox.etc().resolve("conf/ve-none.conf-sample");
    Files.writeString(sample, "ONBOOT=\"no\"\n");
    Result result =
        sandbox.vzctl(
            "create",
            "" + id,
            "--ostemplate",
            sandbox.template("busybox"),
            "--config",
            "none",
            "--layout",
            "ploop");
    assertThat(result.expect(63).err()).contains("Error: diskspace not set (required for ploop)");
    assertThat(sandbox.privateArea(id)).doesNotExist();
  }

  @Test
  void tooSmallForItsTemplate() {
    int id = sandbox.id();
    Result result =
        sandbox.vzctl(
            "create",
            "" + id,
            "--ostemplate",
            sandbox.template("minbase"),
            "--layout",
            "ploop",
            "--diskspace",
            "30M");
    assertThat(result.status()).isNotZero();
    assertThat(sandbox.privateArea(id)).doesNotExist();
    assertThat(Host.mounts(sandbox.base().resolve("vz/private"))).isEmpty();
  }

  @Test
  void itGrowsWhileItRuns() {
    assumeTrue(
        (Long.parseUnsignedLong(capabilities(), 16) & 1L << 24) != 0,
        "needs CAP_SYS_RESOURCE: the kernel grows a mounted ext4 for nobody else");
    int id = make();
    sandbox.vzctl("start", "" + id).expect(0);
    long before = sizeInside(id);
    sandbox.set(id, "--diskspace", "200M", "--save").expect(0);
    assertThat(sizeInside(id)).isGreaterThan(before + 80_000);
  }

  private static String capabilities() {
    for (String line : Host.read(Path.of("/proc/self/status")).lines().toList()) {
      if (line.startsWith("CapEff:")) {
        return line.substring("CapEff:".length()).strip();
      }
    }
    return "0";
  }

  @Test
  void itGrowsAndShrinksWhileItIsStopped() {
    int id = make();
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /root-file");
    assertThat(sandbox.set(id, "--diskspace", "200M").expect(20).err()).contains("--save");
    assertThat(sandbox.set(id, "--diskspace", "60M", "--save").expect(154).err())
        .contains("--offline-resize");
    sandbox.set(id, "--diskspace", "60M", "--offline-resize", "--save").expect(21);
    assertThat(Host.read(sandbox.config(id))).contains("DISKSPACE=\"102400:102400\"");

    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.set(id, "--diskspace", "200M", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(sizeInside(id)).isGreaterThan(160_000);
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.set(id, "--diskspace", "60M", "--offline-resize", "--save").expect(0);
    sandbox.set(id, "--diskspace", "80M", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(sizeInside(id)).isBetween(60_000L, 82_000L);
    assertThat(exec(id, "cat /root-file")).isEqualTo("text\n");
    assertThat(sandbox.set(id, "--offline-resize", "--save").expect(21).err())
        .contains("--diskspace");
    assertThat(sandbox.set(id, "--diskinodes", "100:100", "--save").ok())
        .contains("Warning: --diskinodes is ignored for ploop-based container");
  }

  @Test
  void compactGivesBackWhatWasDeleted() {
    int id = make();
    Path image = images(id).resolve("root.hdd");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "dd if=/dev/urandom of=/big bs=1M count=60; sync");
    long full = allocated(image);
    exec(id, "rm /big; sync");
    sandbox.vzctl("compact", "" + id).expect(0);
    assertThat(allocated(image)).isLessThan(full - (50L << 20));
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("compact", "" + id).expect(0);
    sandbox.assertNothingRemains(id);
    int other = sandbox.create("busybox");
    assertThat(sandbox.vzctl("compact", "" + other).ok())
        .isEqualTo("Compact only makes sense for ploop containers\n");
  }

  @Test
  void convertThereAndBack() throws Exception {
    int id = sandbox.create("busybox", "--diskspace", SIZE);
    Path area = sandbox.privateArea(id);
    Files.writeString(area.resolve("mine"), "text");
    Files.createLink(area.resolve("same"), area.resolve("mine"));
    long owner = ((Integer) Files.getAttribute(area, "unix:uid")).longValue();
    Result there = sandbox.vzctl("convert", "" + id);
    assertThat(there.ok())
        .contains(
            "Copying content to ploop...",
            "Container was successfully converted to the ploop layout");
    assertThat(images(id).resolve("root.hdd")).exists();
    assertThat(Host.read(sandbox.config(id))).contains("VE_LAYOUT=\"ploop\"");
    assertThat(sandbox.vzctl("convert", "" + id).ok()).isEqualTo("CT is already on ploop\n");

    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "cat /mine; stat -c %h /same")).isEqualTo("text2\n");
    assertThat(sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(32).err())
        .contains("CT is running (stop it first)");
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("mount", "" + id).expect(0);
    assertThat(sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(41).err())
        .contains("CT is mounted (umount it first)");
    sandbox.vzctl("umount", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(0);
    assertThat(area.resolve("mine")).hasContent("text");
    assertThat(((Integer) Files.getAttribute(area, "unix:uid")).longValue()).isEqualTo(owner);
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "overlay").expect(32);
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "xfs").expect(21);
  }

  @Test
  void convertThatFailsChangesNothing() {
    int id = sandbox.create("minbase", "--diskspace", "30M");
    String before = Host.read(sandbox.config(id));
    sandbox.vzctl("convert", "" + id).expect(155);
    assertThat(Host.read(sandbox.config(id))).isEqualTo(before);
    assertThat(left(id)).isEmpty();
    assertThat(Host.mounts(sandbox.root(id))).isEmpty();
    assertThat(Host.mounts(sandbox.base().resolve("vz/private"))).isEmpty();
  }

  @Test
  void convertThatIsKilledLeavesOneOrTheOther() throws Exception {
    int id = sandbox.create("busybox", "--diskspace", SIZE);
    Files.writeString(sandbox.privateArea(id).resolve("mine"), "text");
    String to = "ploop";
    for (int millis : new int[] {60, 120, 200, 300, 450, 600, 800, 1000}) {
      Process process =
          sandbox
              .command("vzctl", "convert", "" + id, "--layout", to)
              .redirectErrorStream(true)
              .redirectOutput(sandbox.base().resolve("killed.out").toFile())
              .start();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      Host.await(
          "the end of what it started",
          Duration.ofSeconds(30),
          () -> Host.processesNaming(sandbox.base() + "/vz/private").isEmpty());
      if (!Host.mounts(sandbox.root(id)).isEmpty()) {
        sandbox.vzctl("umount", "" + id).expect(0);
      }
      sandbox.vzctl("start", "" + id).expect(0);
      assertThat(exec(id, "cat /mine")).isEqualTo("text");
      sandbox.vzctl("stop", "--fast", "" + id).expect(0);
      to = Host.read(sandbox.config(id)).contains("VE_LAYOUT=\"ploop\"") ? "simfs" : "ploop";
    }
    sandbox.vzctl("convert", "" + id, "--layout", to).expect(0);
    assertThat(left(id)).as("what killed ones left was removed").isEmpty();
  }

  @Test
  void resizeThatIsKilledLeavesAWholeDisk() throws Exception {
    int id = make();
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "dd if=/dev/urandom of=/mine bs=1M count=20; md5sum /mine > /sum; sync");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
    String size = "200M";
    for (int millis : new int[] {80, 150, 220, 300, 400, 500, 650, 800, 1000, 1300}) {
      Process process =
          sandbox
              .command("vzctl", "set", "" + id, "--diskspace", size, "--offline-resize", "--save")
              .redirectErrorStream(true)
              .redirectOutput(sandbox.base().resolve("killed.out").toFile())
              .start();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      sandbox.vzctl("start", "" + id).expect(0);
      assertThat(exec(id, "md5sum -c /sum")).isEqualTo("/mine: OK\n");
      sandbox.vzctl("stop", "--fast", "" + id).expect(0);
      size = size.equals("200M") ? "60M" : "200M";
    }
    assertThat(sandbox.privateArea(id).resolve("mnt")).doesNotExist();
    assertThat(images(id).toFile().list())
        .containsExactlyInAnyOrder("root.hdd", "DiskDescriptor.xml");
    sandbox.vzctl("set", "" + id, "--diskspace", size, "--offline-resize", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "md5sum -c /sum")).isEqualTo("/mine: OK\n");
  }

  /** What was being made or removed beside a private area. */
  private static String[] left(int id) {
    return sandbox
        .base()
        .resolve("vz/private")
        .toFile()
        .list((directory, name) -> name.startsWith(".vzctl-rm-me." + id));
  }

  @Test
  void withoutItsImageItDoesNotStart() throws Exception {
    int id = make();
    Path image = images(id).resolve("root.hdd");
    Path aside = Files.move(image, images(id).resolve("aside"));
    sandbox.vzctl("start", "" + id).expect(150);
    Files.writeString(image, "this is no file system");
    sandbox.vzctl("mount", "" + id).expect(152);
    sandbox.assertNothingRemains(id);
    Files.delete(image);
    Files.move(aside, image);
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @Test
  void systemdBoots() {
    int id = sandbox.start("debian-12-x86_64", "--layout", "ploop", "--diskspace", "1G");
    sandbox.awaitBoot(id);
  }
}

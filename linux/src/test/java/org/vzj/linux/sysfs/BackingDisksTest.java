package org.vzj.linux.sysfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sysfs in a directory, in which the directory's own file system lies on what a test wants. */
class BackingDisksTest {
  @TempDir Path root;
  private Path sys;
  private String own;

  @BeforeEach
  void make() throws IOException {
    root = root.toRealPath();
    sys = root.resolve("sys");
    own = BackingDisks.numbers((Long) Files.getAttribute(root, "unix:dev"));
    Files.createDirectories(sys.resolve("dev/block"));
    Files.writeString(root.resolve("mountinfo"), "1 0 0:1 / / rw - rootfs rootfs rw\n");
  }

  private BackingDisks disks() {
    return new BackingDisks(sys, root.resolve("mountinfo"));
  }

  private Path device(String numbers, String path, String scheduler) throws IOException {
    Path device = sys.resolve("devices/block/" + path);
    Files.createDirectories(device.resolve("queue"));
    Files.writeString(device.resolve("dev"), numbers + "\n");
    if (!scheduler.isEmpty()) {
      Files.writeString(device.resolve("queue/scheduler"), scheduler + "\n");
    }
    Files.createSymbolicLink(sys.resolve("dev/block/" + numbers), device);
    return device;
  }

  private static void slave(Path device, Path below) throws IOException {
    Files.createDirectories(device.resolve("slaves"));
    Files.createSymbolicLink(device.resolve("slaves").resolve(below.getFileName()), below);
  }

  private static Disk plain(String numbers, String name) {
    return new Disk(numbers, name, null);
  }

  @Test
  void numbersAreUnpacked() {
    assertThat(BackingDisks.numbers(0x801)).isEqualTo("8:1");
    assertThat(BackingDisks.numbers(0xfe00)).isEqualTo("254:0");
    assertThat(BackingDisks.numbers(0x100801)).isEqualTo("8:257");
  }

  @Test
  void aPartitionStandsForItsDisk() throws IOException {
    device("8:0", "sda", "none [mq-deadline] bfq");
    Path partition = device(own, "sda/sda3", "");
    Files.writeString(partition.resolve("partition"), "3\n");
    Disk disk = new Disk("8:0", "sda", "mq-deadline");
    assertThat(disks().under(root)).containsExactly(disk);
    assertThat(disks().below(disk)).containsExactly(disk);
  }

  @Test
  void deviceMapperAndMdLeadToTheDisks() throws IOException {
    Path sda = device("8:0", "sda", "[bfq] none");
    Path sda2 = device("8:2", "sda/sda2", "");
    Files.writeString(sda2.resolve("partition"), "2\n");
    Path sdb = device("8:16", "sdb", "[none]");
    Path md = device("9:0", "md0", "");
    slave(md, sda2);
    slave(md, sdb);
    Path dm = device(own, "dm-0", "");
    slave(dm, md);
    assertThat(disks().under(root)).containsExactly(plain(own, "dm-0"));
    assertThat(disks().below(plain(own, "dm-0")))
        .containsExactlyInAnyOrder(new Disk("8:0", "sda", "bfq"), new Disk("8:16", "sdb", "none"));
    assertThat(sda).exists();
    assertThat(disks().isStacked("9:0")).isTrue();
    assertThat(disks().isStacked("8:16")).isFalse();
    assertThat(disks().isStacked("99:9")).isFalse();
  }

  @Test
  void aLoopDeviceLeadsToTheDiskOfItsFile() throws IOException {
    device(own, "vda", "");
    Path loop = device("7:3", "loop3", "[none]");
    Files.createDirectories(loop.resolve("loop"));
    Path image = Files.writeString(root.resolve("image"), "");
    Files.writeString(loop.resolve("loop/backing_file"), image + "\n");
    Disk top = new Disk("7:3", "loop3", "none");
    assertThat(disks().below(top)).containsExactly(plain(own, "vda"));
    Files.writeString(loop.resolve("loop/backing_file"), image + " (deleted)\n");
    assertThat(disks().below(top)).containsExactly(top);
  }

  private void mounted(String type, String source, String options) throws IOException {
    Files.writeString(
        root.resolve("mountinfo"),
        "1 0 0:1 / / rw - rootfs rootfs rw\n2 1 0:9 / "
            + root
            + " rw - "
            + (type + " " + source + " " + options + "\n"));
  }

  @Test
  void btrfsLiesOnAllItsDevices() throws IOException {
    Path sda = device("8:0", "sda", "[none]");
    Path sdb = device("8:16", "sdb", "[none]");
    Path node = Files.writeString(root.resolve("sdb"), "");
    Path devices = Files.createDirectories(sys.resolve("fs/btrfs/some-uuid/devices"));
    Files.createSymbolicLink(devices.resolve("sda"), sda);
    Files.createSymbolicLink(devices.resolve("sdb"), sdb);
    mounted("btrfs", node.toString(), "rw");
    assertThat(disks().under(root))
        .containsExactlyInAnyOrder(new Disk("8:0", "sda", "none"), new Disk("8:16", "sdb", "none"));
  }

  @Test
  void tmpfsAndNetworkFileSystemsLieOnNone() throws IOException {
    mounted("tmpfs", "tmpfs", "rw");
    assertThat(disks().under(root)).isEmpty();
    mounted("nfs4", "server:/vz", "rw");
    assertThat(disks().under(root)).isEqualTo(List.of());
  }

  @Test
  void thisMachinesDisksAreFoundOrThereAreNone() throws IOException {
    for (Disk disk : BackingDisks.here().under(Path.of("/"))) {
      assertThat(Path.of("/sys/block", disk.name())).exists();
      assertThat(BackingDisks.here().below(disk)).isNotEmpty();
    }
  }
}

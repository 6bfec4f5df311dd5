package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.process.CommandResult;

class PlaceProbesTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "/vz/private/$VEID, /vz/private",
    "/vz/private/${VEID}/fs, /vz/private",
    "/vz/ct$VEID, /vz",
    "/$VEID, /",
    "/vz/lock, /vz/lock"
  })
  void sharedPart(String value, String shared) {
    assertThat(Place.shared(value)).isEqualTo(shared);
  }

  @ParameterizedTest
  @CsvSource({"ext4, OK", "xfs, OK", "tmpfs, LIMITED", "nfs4, LIMITED", "9p, LIMITED"})
  void type(String type, Verdict verdict) throws Exception {
    assertThat(FakeHost.complete(root).mounts(type, "rw", "rw").ask("private areas").verdict())
        .isEqualTo(verdict);
  }

  @Test
  void theNearestMountCounts() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file(
        "/proc/self/mountinfo",
        "21 1 254:0 / / rw - ext4 /dev/vda rw\n"
            + "22 21 254:1 / "
            + root
            + "/vz rw - ext4 /dev/vdb rw\n"
            + "23 21 254:2 / "
            + root
            + "/vz/priv ro - squashfs /dev/vdc ro\n"
            + "24 21 254:3 / "
            + root
            + "/vz rw - xfs /dev/vdd rw\n");

    assertThat(host.ask("private areas").fact()).isEqualTo("xfs at " + root + "/vz");
  }

  @Test
  void options() throws Exception {
    FakeHost host = FakeHost.complete(root).mounts("ext4", "ro,nodev,noatime", "rw");
    assertThat(host.ask("mount options"))
        .isEqualTo(Finding.missing("/ is mounted ro,nodev", "mount -o remount,rw,dev /"));

    host.mounts("ext4", "rw,noexec", "rw");
    assertThat(host.ask("mount options").remedy()).isEqualTo("mount -o remount,exec /");
    host.mounts("ext4", "rw,nosuid", "rw");
    assertThat(host.ask("mount options").verdict()).isEqualTo(Verdict.LIMITED);
    host.mounts("ext4", "rw,noatime", "rw");
    assertThat(host.ask("mount options").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void space() throws Exception {
    assertThat(PlaceProbes.space(500L << 20, 20L << 30).fact()).isEqualTo("500 MB of 20 GB free");
    assertThat(PlaceProbes.space(500L << 20, 20L << 30).verdict()).isEqualTo(Verdict.LIMITED);
    assertThat(PlaceProbes.space(12L << 30, 20L << 30).fact()).isEqualTo("12 GB of 20 GB free");
    assertThat(FakeHost.complete(root).ask("free space").fact()).endsWith("free");
  }

  @Test
  void inodes() throws Exception {
    FakeHost host = FakeHost.complete(root).program("stat", 0, "1000 900\n");
    assertThat(host.ask("free inodes").verdict()).isEqualTo(Verdict.LIMITED);
    host.program("stat", 0, "0 0\n");
    assertThat(host.ask("free inodes").fact()).isEqualTo("made as needed");
    host.program("stat", 1, "");
    assertThat(host.ask("free inodes").fact()).startsWith("could not be found out");
    assertThat(PlaceProbes.inodes(new CommandResult(0, "1000000 900000", "")).verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void wayToTheRoots() throws Exception {
    FakeHost host = FakeHost.complete(root);
    Files.setPosixFilePermissions(host.at("/vz"), PosixFilePermissions.fromString("rwx------"));

    assertThat(host.ask("way to the roots").remedy()).isEqualTo("chmod o+x " + root + "/vz");
  }

  @Test
  void fileSystemOfAModule() throws Exception {
    FakeHost host = FakeHost.complete(root).file("/proc/filesystems", "nodev\tproc\n");
    assertThat(host.ask("overlayfs").verdict()).isEqualTo(Verdict.LIMITED);

    host.file("/lib/modules/6.12.41+deb13-amd64/modules.builtin", "kernel/fs/overlay/overlay.ko\n");
    assertThat(host.ask("overlayfs").verdict()).isEqualTo(Verdict.OK);
    host.file("/proc/sys/kernel/osrelease", "5.15.0-91-generic\n");
    assertThat(host.ask("overlayfs").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("loop devices").verdict()).isEqualTo(Verdict.MISSING);
    host.file("/dev/loop-control", "");
    assertThat(host.ask("loop devices").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void quota() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("quota per container").remedy())
        .contains("tune2fs -O quota,project")
        .contains("/dev/vda");

    host.mounts("ext4", "rw", "rw,usrquota,prjquota");
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.MISSING);
    host.mounts("ext4", "rw", "rw,usrquota,grpquota,prjquota");
    assertThat(host.ask("quota per container").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.OK);
    host.mounts("xfs", "rw", "rw,usrquota,grpquota");
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.OK);
    host.mounts("xfs", "rw", "rw,uquota,gquota");
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.OK);
    host.mounts("xfs", "rw", "rw,usrquota");
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.MISSING);
    host.mounts("xfs", "rw", "rw,noquota");
    assertThat(host.ask("quota per user").remedy()).contains("usrquota,grpquota,prjquota");
    host.mounts("btrfs", "rw", "rw,subvol=/");
    assertThat(host.ask("quota per container").remedy()).startsWith("btrfs quota enable ");
    host.file("/sys/fs/btrfs/75e4/devices/vda", "").file("/sys/fs/btrfs/75e4/qgroups/enabled", "1");
    assertThat(host.ask("quota per container").verdict()).isEqualTo(Verdict.OK);
    host.mounts("xfs", "rw", "rw,pquota");
    assertThat(host.ask("quota per container").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("quota per user").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("quota in the kernel").verdict()).isEqualTo(Verdict.MISSING);
  }
}

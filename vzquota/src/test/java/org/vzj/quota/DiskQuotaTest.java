package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.proc.MountInfo;

class DiskQuotaTest {
  @TempDir Path directory;
  private Path tree;

  @BeforeEach
  void prepare() throws IOException {
    directory = directory.toRealPath();
    tree = Files.createDirectories(directory.resolve("private")).resolve("101");
  }

  private DiskQuota on(String type, String options) throws IOException {
    List<MountInfo> mounts =
        MountInfo.parse(
            "1 0 8:1 / / rw - ext4 /dev/sda1 rw,prjquota\n2 1 8:2 / "
                + directory
                + " rw,relatime - "
                + type
                + " /dev/sdb "
                + options
                + "\n3 1 8:3 / "
                + directory
                + "/priv rw - tmpfs none rw\n");
    return DiskQuota.of(mounts, tree);
  }

  @Test
  void projectQuotaOfTheMountThatTheTreeWillLieOn() throws IOException {
    assertThat(on("ext4", "rw,quota,usrquota,grpquota,prjquota"))
        .isEqualTo(new ProjectQuota(directory.resolve("private"), directory.toString()));
    assertThat(on("xfs", "rw,attr2,prjquota")).isInstanceOf(ProjectQuota.class);
    assertThat(on("xfs", "rw,attr2,prjquota").missing()).isEmpty();
  }

  @Test
  void withoutItTheReasonIsSaid() throws IOException {
    assertThat(on("ext4", "rw,usrquota").missing())
        .isEqualTo("project quota is off at " + directory);
    assertThat(on("xfs", "rw,pqnoenforce").missing())
        .isEqualTo("project quota is off at " + directory);
    assertThat(on("overlay", "rw").missing())
        .isEqualTo(directory + " is overlay, which has no project quota");
    assertThat(on("btrfs", "rw").missing()).isEqualTo("quota of btrfs is off at " + directory);
    Files.createDirectory(tree);
    assertThat(on("btrfs", "rw").missing())
        .isEqualTo(tree + " is no subvolume of btrfs: use --layout btrfs");
  }

  @Test
  void groupsOfBtrfs() throws IOException {
    Path system = directory.resolve("sys/75e4b082");
    Files.createDirectories(system.resolve("devices/sdb"));
    assertThat(BtrfsQgroup.groups(directory.resolve("sys"), "/dev/sdb")).isNull();
    Path group = Files.createDirectories(system.resolve("qgroups/0_257"));
    assertThat(BtrfsQgroup.groups(directory.resolve("sys"), "/dev/sdb"))
        .isEqualTo(system.resolve("qgroups"));
    assertThat(BtrfsQgroup.groups(directory.resolve("sys"), "/dev/sdc")).isNull();
    Files.writeString(group.resolve("limit_flags"), "1\n");
    Files.writeString(group.resolve("max_referenced"), "10485760\n");
    Files.writeString(group.resolve("referenced"), "5000\n");
    QuotaUse use = BtrfsQgroup.read(group, 101);
    assertThat(use.kilobytes()).isEqualTo(5);
    assertThat(use.space()).isEqualTo(new DiskLimit(0, 10_240));
    Files.writeString(group.resolve("limit_flags"), "0\n");
    assertThat(BtrfsQgroup.read(group, 101).isLimited()).isFalse();
  }
}

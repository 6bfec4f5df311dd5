package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountInfoTest {
  @Test
  void parsesAllFields() {
    String line =
        "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3.sub /dev/root rw,errors=x\n";
    assertThat(MountInfo.parse(line))
        .containsExactly(
            new MountInfo(
                36,
                35,
                98,
                0,
                "/mnt1",
                "/mnt2",
                "rw,noatime",
                "ext3.sub",
                "/dev/root",
                "rw,errors=x"));
  }

  @Test
  void undoesOctalEscapesAndNothingElse() {
    String line = "1 0 0:1 / /a\\040b\\011c\\012d\\134e\\04x rw - tmpfs no\\040ne rw";
    MountInfo mount = MountInfo.parse(line).getFirst();
    assertThat(mount.mountPoint()).isEqualTo("/a b\tc\nd\\e\\04x");
    assertThat(mount.source()).isEqualTo("no ne");
  }

  @Test
  void escapedTextIsNotUnescapedTwice() {
    assertThat(MountInfo.unescape("\\134040")).isEqualTo("\\040");
  }

  @Test
  void aMountPointCalledDashIsNoEndOfTags() {
    MountInfo mount = MountInfo.parse("1 0 0:1 / - rw - tmpfs none rw").getFirst();
    assertThat(mount.mountPoint()).isEqualTo("-");
    assertThat(mount.fsType()).isEqualTo("tmpfs");
  }

  @Test
  void anEmptySourceStaysEmpty() {
    MountInfo mount = MountInfo.parse("1 0 0:1 / /x rw - tmpfs  rw,size=1").getFirst();
    assertThat(mount.source()).isEmpty();
    assertThat(mount.superOptions()).isEqualTo("rw,size=1");
  }

  @Test
  void refusesWhatIsNoMountinfo() {
    for (String bad : List.of("x", "1 0 01 / /x rw - a b c", "1 0 0:1 / /x rw a b c", "a 0 0:1")) {
      assertThatThrownBy(() -> MountInfo.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsOurOwn() throws IOException {
    assertThat(MountInfo.read(Path.of("/proc/self/mountinfo")))
        .anyMatch(mount -> mount.mountPoint().equals("/proc") && mount.fsType().equals("proc"));
  }

  @Test
  void thePathLiesOnTheDeepestMountAboveItAndOfTwoOnTheLast() {
    List<MountInfo> mounts =
        MountInfo.parse(
            """
            1 0 8:1 / / rw - ext4 /dev/a rw
            2 1 8:2 / /vz rw - ext4 /dev/b rw
            3 1 8:3 / /vz rw - xfs /dev/c rw
            4 1 8:4 / /vz/private/1 rw - ext4 /dev/d rw
            """);
    assertThat(MountInfo.holding(mounts, "/vz/private")).isEqualTo(mounts.get(2));
    assertThat(MountInfo.holding(mounts, "/vz")).isEqualTo(mounts.get(2));
    assertThat(MountInfo.holding(mounts, "/vz/private/1/etc")).isEqualTo(mounts.get(3));
    assertThat(MountInfo.holding(mounts, "/vz/private/10")).isEqualTo(mounts.get(2));
    assertThat(MountInfo.holding(mounts, "/vzother")).isEqualTo(mounts.get(0));
    assertThat(MountInfo.holding(mounts.subList(1, 4), "/etc")).isNull();
  }
}

package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.container.InitProcess;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.linux.launch.StdioMode;
import org.vzj.linux.proc.MountInfo;
import org.vzj.network.NetworkPlan;

class UgidQuotaTest {
  private static final String[] LINES = {
    "LOCAL_UID=\"200000\"", "LOCAL_GID=\"300000\"", "QUOTAUGIDLIMIT=\"50\""
  };

  private static final String GOOD =
      "30 20 254:18 / ROOT rw - ext4 /dev/mapper/vg-vz rw,quota,usrquota,grpquota,prjquota";

  @TempDir Path root;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws Exception {
    machine = new FakeMachine(root, FakeMachine.V2);
  }

  private static List<MountInfo> mounts(Path root, String last) {
    return MountInfo.parse(
        "20 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + last.replace("ROOT", root.toString()) + "\n");
  }

  private UgidQuota of(String mount, String... lines) throws Exception {
    return UgidQuota.of(machine.target(lines), mounts(root.toRealPath(), mount));
  }

  @Test
  void theDiskThatThePrivateAreaIsOnIsTheOne() throws Exception {
    assertThat(of(GOOD, LINES)).isEqualTo(new UgidQuota(50, "/dev/mapper/vg-vz", 254, 18));
    String old = GOOD.replace("quota,usrquota,grpquota", "usrjquota=a.u,grpjquota=a.g");
    assertThat(of(old, LINES).device()).isEqualTo("/dev/mapper/vg-vz");
    String xfs =
        "30 20 252:0 / ROOT rw - xfs /dev/mapper/rhel-vz rw,attr2,usrquota,prjquota,grpquota";
    assertThat(of(xfs, LINES)).isEqualTo(new UgidQuota(50, "/dev/mapper/rhel-vz", 252, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "30 20 8:2 / ROOT rw - ext4 /dev/sdb rw,prjquota; is not mounted with usrquota",
        "30 20 8:2 / ROOT rw - ext4 /dev/sdb rw,usrquota; is not mounted with usrquota",
        "30 20 8:2 / ROOT rw - btrfs /dev/sdb rw; is not mounted with usrquota",
        "30 20 8:2 / ROOT rw - xfs /dev/sdb rw,attr2,noquota; is not mounted with usrquota",
        "30 20 8:2 / ROOT rw - xfs /dev/sdb rw,uqnoenforce,grpquota; is not mounted with usrquota",
        "30 20 8:2 / ROOT rw - ext4 sdb rw,usrquota,grpquota; which is no device in /dev",
        "30 20 8:2 / ROOT rw - ext4 /dev/../x rw,usrquota,grpquota; which is no device in /dev",
        "30 20 8:2 / /other rw - ext4 /dev/sdb rw,usrquota,grpquota; / (ext4) is not mounted",
      })
  void elsewhereItIsRefusedWithTheReason(String mount, String reason) {
    assertThatThrownBy(() -> of(mount, LINES))
        .isInstanceOf(UgidQuota.ImpossibleException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aPrivilegedContainerSharesItsIdsWithTheHost() {
    assertThatThrownBy(() -> of(GOOD, "LOCAL_UID=\"0\"", "LOCAL_GID=\"0\"", LINES[2]))
        .hasMessageContaining("user ids of the host");
  }

  @ParameterizedTest
  @CsvSource({"0,yes,false", "50,yes,true", "50,no,false"})
  void itIsWantedIfThereAreIdsAndQuota(String limit, String quota, boolean wanted)
      throws Exception {
    Target target =
        machine.target("QUOTAUGIDLIMIT=\"" + limit + "\"", "DISK_QUOTA=\"" + quota + "\"");
    assertThat(UgidQuota.wanted(target.config())).isEqualTo(wanted);
  }

  @Test
  void aStartWithoutSuchADiskGoesOnWithoutQuota() throws Exception {
    Target target = machine.target(LINES[0], LINES[1], LINES[2], "VE_LAYOUT=\"simfs\"");
    if (UgidQuota.atStart(target) == null) {
      assertThat(String.join("\n", machine.messages().warned()))
          .contains("Warning: users and groups inside will have no quota: ");
    }
  }

  @Test
  void thePlanHasANodeThatNobodyMayOpenAndAMonitorThatListens() throws Exception {
    Target target = machine.target(LINES);
    UgidQuota quota = of(GOOD, LINES);
    List<String> plan = plan(target, quota);
    String run = target.container().runDirectory().toString();
    assertThat(plan)
        .containsSubsequence(
            "mkdir-beneath ROOT/root/101 dev/mapper 755 200000 300000",
            "mknod-beneath ROOT/root/101 dev/mapper/vg-vz b 254 18 0 0 0",
            "ugid-listen ROOT/private/101 ROOT/run/101/ugid");
    assertThat(plan)
        .anyMatch(
            line ->
                line.startsWith("monitor ")
                    && line.contains(" --ugid 200000 300000 50 /dev/mapper/vg-vz ROOT/run/101 "));
    assertThat(plan).anyMatch(line -> line.startsWith("seccomp ") && line.endsWith(run("/ugid")));
    assertThat(plan(target, null)).noneMatch(line -> line.contains("ugid"));
    assertThat(run).endsWith("/101");
  }

  private static String run(String file) {
    return " ROOT/run/101" + file;
  }

  private List<String> plan(Target target, @Nullable UgidQuota quota) throws Exception {
    String text =
        StartPlan.of(
                target,
                target.host().cgroup(target.id()),
                UgidQuota.confinement(target, quota),
                quota,
                true,
                false,
                DiskApplier.of(target),
                NetworkPlan.NONE)
            .text();
    return machine.stable(text).lines().toList();
  }

  @Test
  void whoEntersHandsItsListenerToTheMonitor() throws Exception {
    Target target = machine.target(LINES);
    InitProcess init = machine.run(target);
    assertThat(entering(target, init)).contains("seccomp FILTER");
    Files.writeString(target.container().ugidSocket(), "");
    assertThat(UgidQuota.isOn(target)).isTrue();
    assertThat(entering(target, init)).contains("seccomp 0600000000000000" + run("/ugid"));
  }

  private List<String> entering(Target target, InitProcess init) throws Exception {
    String text =
        EnterPlan.begin(target, init, StdioMode.NULL).exec("/x", List.of("x")).build().text();
    return machine.stable(Objects.requireNonNull(text)).lines().toList();
  }
}

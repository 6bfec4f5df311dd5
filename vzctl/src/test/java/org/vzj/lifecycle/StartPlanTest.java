package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.container.VzException;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.linux.unit.Pages;
import org.vzj.network.NetworkPlan;
import org.vzj.quota.DiskQuota;
import org.vzj.quota.NoQuota;
import org.vzj.quota.ProjectQuota;

class StartPlanTest {
  private static final String[] SHIFTED = {"LOCAL_UID=\"200000\"", "LOCAL_GID=\"300000\""};

  @TempDir Path root;

  private List<String> plan(FakeMachine machine, boolean mount, String... lines) throws Exception {
    return plan(machine, mount, new NoQuota(""), lines);
  }

  private List<String> plan(FakeMachine machine, boolean mount, DiskQuota quota, String... lines)
      throws Exception {
    Target target = machine.target(lines);
    String text =
        StartPlan.of(
                target,
                target.host().cgroup(target.id()),
                Confinement.of(target.config(), new SeccompFilters()),
                null,
                mount,
                true,
                DiskApplier.of(target, quota),
                NetworkPlan.NONE)
            .text();
    return machine.stable(text).lines().toList();
  }

  private List<String> plan(String... lines) throws Exception {
    return plan(new FakeMachine(root, FakeMachine.HYBRID), true, lines);
  }

  private static String[] with(String[] lines, String... more) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.addAll(List.of(more));
    return all.toArray(new String[0]);
  }

  private static List<String> starting(List<String> plan, String verb) {
    return plan.stream().filter(line -> line.startsWith(verb + " ")).toList();
  }

  private static List<String> expected(String name) throws Exception {
    try (InputStream file = StartPlanTest.class.getResourceAsStream(name)) {
      assertThat(file).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void theWholePlanOnAHostWithBothVersionsOfCgroups() throws Exception {
    assertThat(plan(SHIFTED)).containsExactlyElementsOf(expected("start-hybrid.plan"));
  }

  @Test
  void privilegedItHasNoUserNamespaceAndNothingElseOfItsOwn() throws Exception {
    List<String> shifted = plan(SHIFTED);
    List<String> privileged = plan("LOCAL_UID=\"0\"", "LOCAL_GID=\"0\"");
    assertThat(starting(privileged, "clone"))
        .containsExactly("clone pid,mount,net,ipc,uts 0 0 ROOT/cgroup/unified/vz/101");
    assertThat(starting(privileged, "uidmap")).isEmpty();
    assertThat(starting(privileged, "gidmap")).isEmpty();
    for (String verb : List.of("mount", "mask", "readonly", "cgroup", "pivot", "symlink")) {
      assertThat(starting(privileged, verb)).as(verb).isEqualTo(starting(shifted, verb));
    }
    assertThat(starting(privileged, "mknod-beneath")).allMatch(line -> line.endsWith(" 666 0 0"));
  }

  @Test
  void cgroupV2IsOneMountAndOnlyTheMonitorJoins() throws Exception {
    List<String> plan = plan(new FakeMachine(root, FakeMachine.V2), true, SHIFTED);
    assertThat(starting(plan, "clone"))
        .containsExactly("clone user,pid,mount,net,ipc,uts 200000 300000 ROOT/cgroup/vz/101");
    assertThat(starting(plan, "cgroup")).containsExactly("cgroup ROOT/cgroup/vz/monitors");
    assertThat(starting(plan, "device-bpf"))
        .containsExactly("device-bpf ROOT/cgroup/vz/101 PROGRAM");
    assertThat(plan.stream().filter(line -> line.contains("/sys/fs/cgroup")))
        .containsExactly(
            "mount cgroup2 ROOT/root/101/sys/fs/cgroup cgroup2"
                + " nosuid,nodev,noexec,relatime -");
  }

  @Test
  void itsDiskUseIsLimitedBeforeItIsMountedAndALittleLaterAfterTheGate() throws Exception {
    DiskQuota quota = new ProjectQuota(root, "/vz");
    String[] disk = {"DISKSPACE=\"1000:1100\"", "DISKINODES=\"20:30\"", "QUOTATIME=\"60\""};
    List<String> plan =
        plan(new FakeMachine(root, FakeMachine.HYBRID), true, quota, with(SHIFTED, disk));
    int first = plan.indexOf("project-tree ROOT/private/101 101 needed");
    assertThat(plan.subList(first + 1, first + 4))
        .containsExactly(
            "quota-grace ROOT/private/101 project 60 60",
            "quota ROOT/private/101 project 101 1000 1200 20 130",
            "mount ROOT/private/101 ROOT/root/101 - bind -");
    assertThat(plan.get(plan.indexOf("gate") + 1))
        .isEqualTo("quota-after-gate ROOT/private/101 project 101 1000 1100 20 30");
  }

  @Test
  void limitsThatAreMissingAreErrorsWhereTheyCouldBeSet() {
    DiskQuota quota = new ProjectQuota(root, "/vz");
    FakeMachine[] machine = new FakeMachine[1];
    assertThatThrownBy(
            () -> {
              machine[0] = new FakeMachine(root, FakeMachine.HYBRID);
              plan(machine[0], true, quota, SHIFTED);
            })
        .isInstanceOfSatisfying(VzException.class, e -> assertThat(e.status()).isEqualTo(63))
        .hasMessage("Error: Not enough parameters, diskspace quota not set");
    assertThatThrownBy(
            () -> plan(machine[0], true, quota, with(SHIFTED, "DISKSPACE=\"1000:1100\"")))
        .isInstanceOfSatisfying(VzException.class, e -> assertThat(e.status()).isEqualTo(64));
  }

  @Test
  void theFilterIsTheLastThatNeedsRightsAndTheGateTheLastBeforeInit() throws Exception {
    List<String> plan = plan(SHIFTED);
    int filter = plan.indexOf("seccomp FILTER");
    assertThat(plan.get(filter + 1)).startsWith("capabilities ");
    assertThat(plan.subList(filter + 2, plan.size()))
        .containsExactly(
            "env HOME=/",
            "env TERM=linux",
            "env container=lxc",
            "gate",
            "try-exec /sbin/init init -z \\040\\040\\040\\040\\040\\040",
            "try-exec /etc/init init -z \\040\\040\\040\\040\\040\\040",
            "exec /bin/init init -z \\040\\040\\040\\040\\040\\040");
  }

  @Test
  void procAndSysAreMountedBeforeThePivotAndCoveredAfterwards() throws Exception {
    List<String> plan = plan(SHIFTED);
    int proc = plan.indexOf("mount proc ROOT/root/101/proc proc nosuid,nodev,noexec -");
    int mask = plan.indexOf("mask ROOT/root/101/proc/kcore");
    assertThat(plan.indexOf("inside")).isLessThan(proc);
    assertThat(proc).isLessThan(mask);
    assertThat(mask).isLessThan(plan.indexOf("pivot ROOT/root/101"));
  }

  @Test
  void whatIsMountedAlreadyIsNotMountedAgain() throws Exception {
    FakeMachine machine = new FakeMachine(root, FakeMachine.HYBRID);
    List<String> mounted = plan(machine, false, SHIFTED);
    List<String> unmounted = plan(machine, true, SHIFTED);
    assertThat(unmounted).contains("unmounted ROOT/root/101");
    assertThat(mounted).hasSize(unmounted.size() - 3).doesNotContain("unmounted ROOT/root/101");
    assertThat(starting(mounted, "mount")).noneMatch(line -> line.contains("private/101"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',CT101",
    "web,web",
    "web.example.org,web",
    ".web,.web",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxYY,"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  })
  void theHostNameIsWhatStandsBeforeTheDot(String configured, String name) throws Exception {
    assertThat(starting(plan(with(SHIFTED, "HOSTNAME=\"" + configured + "\"")), "hostname"))
        .containsExactly("hostname " + name);
  }

  @Test
  void aHostNameOfLongCharactersIsCutBetweenThem() throws Exception {
    String name =
        starting(plan(with(SHIFTED, "HOSTNAME=\"" + "ä".repeat(40) + "\"")), "hostname").getFirst();
    assertThat(name).isEqualTo("hostname " + "ä".repeat(32));
  }

  @Test
  void aDeviceOfTheHostIsMadeWithItsDirectories() throws Exception {
    List<String> plan = plan(with(SHIFTED, "DEVNODES=\"null:rw\""));
    assertThat(starting(plan, "mknod-beneath"))
        .endsWith("mknod-beneath ROOT/root/101 dev/null c 1 3 666 200000 300000");
    assertThat(starting(plan, "mknod-beneath")).hasSize(7);
  }

  @Test
  void aSystemWithEtcGetsAMachineId() throws Exception {
    assertThat(starting(plan(SHIFTED), "file")).noneMatch(line -> line.contains("/machine-id "));
    Files.createDirectories(root.resolve("private/101/etc"));
    assertThat(starting(plan(SHIFTED), "file")).contains("file /etc/machine-id 444 MACHINE-ID");
  }

  @Test
  void limitsOfMountsAndOfTheUserNamespaceAreInThePlan() throws Exception {
    List<String> plan =
        plan(
            with(
                SHIFTED,
                "NUMPTY=\"4:4\"",
                "SHMPAGES=\"0:50\"",
                "NUMSIGINFO=\"5\"",
                "LOCKEDPAGES=\"2\""));
    long page = Pages.hostPageSize();
    assertThat(plan)
        .contains(
            "mount devpts ROOT/root/101/dev/pts devpts nosuid,noexec"
                + " newinstance,ptmxmode=0666,mode=0620,gid=5,max=4",
            "mount tmpfs ROOT/root/101/dev/shm tmpfs nosuid,nodev mode=1777,size=" + 50 * page);
    assertThat(starting(plan, "rlimit"))
        .containsExactly("rlimit sigpending 5 5", "rlimit memlock " + 2 * page + " " + 2 * page);
    // The kernel takes a user namespace's limits from the one who makes it.
    assertThat(plan.indexOf("rlimit sigpending 5 5"))
        .isLessThan(plan.indexOf(starting(plan, "clone").getFirst()));
  }

  @Test
  void unlimitedIsAsIfNothingWereSaid() throws Exception {
    List<String> plan =
        plan(
            with(
                SHIFTED,
                "NUMPTY=\"unlimited\"",
                "SHMPAGES=\"unlimited\"",
                "NUMSIGINFO=\"2147483647\"",
                "LOCKEDPAGES=\"9223372036854775807\""));
    // Only that it was said is noted down.
    assertThat(plan.stream().filter(line -> !line.startsWith("file ROOT/run/101/limits ")))
        .containsExactlyElementsOf(plan(SHIFTED));
  }

  @Test
  void aPrivilegedContainerWouldShareItsSignalLimitWithTheHost() throws Exception {
    assertThat(starting(plan("LOCAL_UID=\"0\"", "LOCAL_GID=\"0\"", "NUMSIGINFO=\"5\""), "rlimit"))
        .isEmpty();
  }
}

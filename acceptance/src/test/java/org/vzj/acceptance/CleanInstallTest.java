package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built packages on machines that have never seen us: they arrive whole and leave nothing. */
@Tag("root")
class CleanInstallTest {
  private static final String[] DIRECTORIES = {
    "drwxr-xr-x root:root /vz",
    "drwx------ root:root /vz/dump",
    "drwx------ root:root /vz/lock",
    "drwx------ root:root /vz/private",
    "drwx------ root:root /vz/root",
    "drwxr-xr-x root:root /vz/template",
    "drwxr-xr-x root:root /vz/template/cache"
  };

  @ParameterizedTest
  @ValueSource(strings = {"minbase", "minbase-13"})
  void debComesAndGoes(String root) {
    try (CleanMachine machine = CleanMachine.of(root)) {
      String deb = machine.put("deb");
      Set<String> before = machine.paths();

      machine.run("apt-get", "-q", "-y", "--no-install-recommends", "install", deb).expect(0);
      assertInstalled(machine);
      assertThat(machine.run("dpkg", "--verify", "vzj").ok()).isEmpty();

      Result removal = machine.run("dpkg", "--remove", "vzj").expect(0);
      assertThat(removal.err()).doesNotContain("keep running");
      machine.run("test", "-e", "/usr/sbin/vzctl").expect(1);
      machine.run("test", "-e", "/etc/vz/vz.conf").expect(0);

      Result purge = machine.run("dpkg", "--purge", "vzj").expect(0);
      assertThat(purge.err())
          .contains("vzj: kept are /vz, with the configurations of 0 containers");
      assertThat(stayed(machine, before)).containsExactlyElementsOf(vz());
    }
  }

  /**
   * With Debian's rpm, for want of a distribution of rpms: its plugins ask for more than a
   * container may, its database knows none of the packages that ours needs, and directories that
   * all such distributions have are made first.
   */
  @Test
  void rpmComesAndGoes() {
    try (CleanMachine machine = CleanMachine.of("minbase-13")) {
      String rpm = machine.put("rpm");
      machine
          .run(
              "mkdir",
              "-p",
              "/etc/init.d",
              "/usr/lib/sysctl.d",
              "/usr/lib/systemd/system-preset",
              "/usr/share/licenses",
              "/usr/share/man/man5",
              "/usr/share/man/man7",
              "/usr/share/man/man8",
              "/usr/share/zsh/site-functions")
          .expect(0);
      Set<String> before = machine.paths();

      machine.run("rpm", "--noplugins", "--nosignature", "--nodeps", "--install", rpm).expect(0);
      assertInstalled(machine);
      assertThat(machine.run("rpm", "--verify", "--nodeps", "vzj").ok()).isEmpty();

      Result removal = machine.run("rpm", "--noplugins", "--erase", "vzj").expect(0);
      assertThat(removal.toString()).contains("vzj: kept are /vz");
      assertThat(stayed(machine, before)).containsExactlyElementsOf(vz());
    }
  }

  private static void assertInstalled(CleanMachine machine) {
    assertThat(
            machine
                .run("sh", "-c", "find /vz -type d -printf '%M %u:%g %p\\n' | sort -k 3")
                .lines())
        .containsExactly(DIRECTORIES);
    String ours = "/etc/vz /etc/init.d/vz /usr/lib/vzj /usr/lib/systemd/system/vz.service";
    assertThat(machine.run("sh", "-c", "find " + ours + " ! -user 0 -o ! -group 0").ok()).isEmpty();
    assertThat(machine.run("sh", "-c", "find " + ours + " ! -type l -perm /022").ok()).isEmpty();
    Result version = machine.run("vzctl", "--version").expect(0);
    assertThat(version.out()).startsWith("vzctl version 4.11.1 (vzj ");
    assertThat(version.err()).isEmpty();
    assertThat(machine.run("vzlist", "-a", "-H").toString()).contains("status 0");
    assertThat(machine.run("vzctl", "check").out())
        .containsPattern("(?m)^ +ok +start-up cache ")
        .contains("/usr/lib/vzj/vzlaunch");
    // No unit runs here, so none was started; but it will be at the next boot.
    assertThat(machine.run("vzctl", "service", "status").expect(3).out())
        .isEqualTo("OpenVZ is stopped.\n");
    machine.run("sh", "-n", "/etc/init.d/vz").expect(0);
    assertThat(machine.run("sh", "-c", "command -v java").status()).isNotZero();
  }

  /** What is there, or gone, that was not so before. */
  private static Set<String> stayed(CleanMachine machine, Set<String> before) {
    Set<String> now = machine.paths();
    Set<String> difference = new TreeSet<>(before);
    difference.removeAll(now);
    now.removeAll(before);
    difference.addAll(now);
    return difference;
  }

  private static Set<String> vz() {
    Set<String> paths = new TreeSet<>();
    for (String directory : DIRECTORIES) {
      paths.add(directory.substring(directory.indexOf('/')));
    }
    return paths;
  }
}

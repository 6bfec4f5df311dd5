package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.process.CommandResult;

class ProgramProbesTest {
  @TempDir Path root;

  @Test
  void programInThePath() throws Exception {
    FakeHost host = FakeHost.complete(root).program("rsync", 0, "");

    assertThat(host.ask("rsync").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("nft"))
        .isEqualTo(Finding.missing("not found in PATH", "apt-get install nftables"));
  }

  @Test
  void aFileThatIsNotExecutableIsNoProgram() throws Exception {
    FakeHost host = FakeHost.complete(root).program("rsync", 0, "");
    Files.setPosixFilePermissions(
        host.at("/usr/bin/rsync"), PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(host.ask("rsync").verdict()).isEqualTo(Verdict.MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "'ID=ubuntu', apt-get install iproute2",
    "'ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"', dnf install iproute",
    "'ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"', zypper install iproute",
    "'ID=gentoo', 'apt-get install iproute2, or dnf install iproute'"
  })
  void remedyOfTheDistribution(String osRelease, String remedy) {
    assertThat(Packages.of(osRelease).install("iproute2", "iproute")).isEqualTo(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "3.17.1, 6.1, MISSING",
    "4.0, 6.12, MISSING",
    "4.1.1, 6.12, OK",
    "4.1.1, 6.15, OK",
    "4.1.1, 6.16, MISSING",
    "4.2, 6.18, OK",
    "5.0, 7.1, OK"
  })
  void criu(String version, String kernel, Verdict verdict) throws Exception {
    CommandResult result = new CommandResult(0, "Version: " + version + "\nGitID: v1\n", "");

    assertThat(ProgramProbes.criu(result, DottedVersion.parse(kernel)).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void criuThatSaysNothing() {
    assertThatThrownBy(() -> ProgramProbes.criu(new CommandResult(1, "", "no"), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no");
  }

  @Test
  void lxcfs() {
    List<MountInfo> one = MountInfo.parse("40 1 0:40 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw\n");
    List<MountInfo> none = List.of();
    Path file = Path.of("/usr/bin/lxcfs");

    assertThat(ProgramProbes.lxcfs(file, one, none, true, Packages.APT).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(ProgramProbes.lxcfs(file, none, none, true, Packages.APT).fact())
        .startsWith("installed, does not run");
    assertThat(ProgramProbes.lxcfs(file, none, one, true, Packages.APT).fact())
        .startsWith("has ended at /var/lib/lxcfs");
    assertThat(ProgramProbes.lxcfs(null, none, none, true, Packages.DNF).remedy())
        .isEqualTo("dnf install lxcfs");
  }

  @Test
  void lxcfsOfAHost() throws Exception {
    FakeHost host =
        FakeHost.complete(root)
            .file("/proc/self/mountinfo", "40 1 0:40 / /l rw - fuse.lxcfs lxcfs rw\n")
            .program("lxcfs", 0, "");
    assertThat(host.ask("lxcfs").verdict()).isEqualTo(Verdict.LIMITED);
    assertThat(host.file("/l/proc/uptime", "").ask("lxcfs").fact()).isEqualTo("runs at /l");
    host.file("/proc/loadavg", "0.50 0.40 0.30 1/200 4711\n");
    host.file("/l/proc/loadavg", "0.50 0.40 0.30 2/200 4712\n");
    assertThat(host.ask("lxcfs").fact()).startsWith("runs at /l without -l: ");
    host.file("/l/proc/loadavg", "0.10 0.10 0.00 1/20 4712\n");
    assertThat(host.ask("lxcfs").verdict()).isEqualTo(Verdict.OK);
    host.file("/proc/loadavg", "0.00 0.00 0.00 1/200 4711\n");
    host.file("/l/proc/loadavg", "0.00 0.00 0.00 1/200 4711\n");
    assertThat(host.ask("lxcfs").verdict()).isEqualTo(Verdict.OK);
    host.file("/etc/vz/vz.conf", "LXCFS=no\n");
    assertThat(host.ask("lxcfs").fact()).isEqualTo("not wanted: LXCFS=no");
  }

  @Test
  void inflaters() {
    Path file = Path.of("/usr/bin/pigz");

    assertThat(ProgramProbes.inflater(file, null, Packages.APT).verdict()).isEqualTo(Verdict.OK);
    assertThat(ProgramProbes.inflater(null, file, Packages.APT).verdict())
        .isEqualTo(Verdict.LIMITED);
    assertThat(ProgramProbes.inflater(null, null, Packages.APT).remedy())
        .isEqualTo("apt-get install isal");
  }

  @ParameterizedTest
  @CsvSource({"127, 128, LIMITED", "128, 128, OK", "9223372036854775807, 1000000, OK"})
  void limits(String value, long wanted, Verdict verdict) throws Exception {
    assertThat(LimitProbes.limit("a.b", value + "\n", wanted).verdict()).isEqualTo(verdict);
  }

  @Test
  void limitsGrowWithTheContainers() throws Exception {
    FakeHost host = FakeHost.complete(root).file("/proc/sys/kernel/pty/max", "4096\n");
    assertThat(host.ask("kernel.pty.max").verdict()).isEqualTo(Verdict.OK);
    for (int id = 1000; id < 1300; id++) {
      host.file("/etc/vz/conf/" + id + ".conf", "");
    }

    assertThat(host.ask("kernel.pty.max").fact()).isEqualTo("4096, better 4800");
    assertThat(host.ask("fs.aio-max-nr").fact()).isEqualTo("this kernel has no such limit");
  }

  @Test
  void aLimitThatIsNoNumber() {
    assertThatThrownBy(() -> LimitProbes.limit("a.b", "many", 1)).isInstanceOf(IOException.class);
  }
}

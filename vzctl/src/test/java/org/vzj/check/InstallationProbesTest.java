package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.process.CommandResult;

class InstallationProbesTest {
  @TempDir Path root;

  @Test
  void launcher() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("vzlaunch").verdict()).isEqualTo(Verdict.OK);

    Files.setPosixFilePermissions(
        host.at("/usr/lib/vzj/vzlaunch"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(host.ask("vzlaunch").remedy()).startsWith("chmod 755 ");
    Files.delete(host.at("/usr/lib/vzj/vzlaunch"));
    assertThat(host.ask("vzlaunch").verdict()).isEqualTo(Verdict.MISSING);
  }

  @Test
  void image() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("run-time image").verdict()).isEqualTo(Verdict.LIMITED);

    host.file("/usr/lib/vzj/lib/modules", "").file("/usr/lib/vzj/lib/server/libjvm.so", "");
    assertThat(host.ask("run-time image").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void startUpCache() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("start-up cache").verdict()).isEqualTo(Verdict.MISSING);
    host.file("/usr/lib/vzj/lib/everyday.aot", "").file("/usr/lib/vzj/lib/vzj.aot", "");
    assertThat(host.ask("start-up cache").verdict()).isEqualTo(Verdict.LIMITED);

    assertThat(InstallationProbes.cache(new CommandResult(0, "", "")).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(InstallationProbes.cache(new CommandResult(1, "", "x")).fact()).startsWith("stale");
  }

  @Test
  void classPathHasOursFirst() {
    List<String> jars = List.of("a.jar", "notes.txt", "vzj-linux.jar", "vzj-vzctl.jar", "xz.jar");

    assertThat(InstallationProbes.classPath(Path.of("/l"), jars))
        .isEqualTo(
            "/l/lib/app/vzj-linux.jar:/l/lib/app/vzj-vzctl.jar:/l/lib/app/a.jar:/l/lib/app/xz.jar");
  }

  @Test
  void globalConfiguration() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("vz.conf").verdict()).isEqualTo(Verdict.OK);

    host.file("/etc/vz/vz.conf", "VE_ROOT=/vz/root/$VEID\nLOCKDIR=lock\nTEMPLATE=/t\n");
    assertThat(host.ask("vz.conf"))
        .isEqualTo(Finding.missing("no path for VE_PRIVATE, LOCKDIR", "set it in /etc/vz/vz.conf"));
    Files.delete(host.at("/etc/vz/vz.conf"));
    assertThat(host.ask("vz.conf").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("private areas").remedy()).isEqualTo("set VE_PRIVATE in vz.conf");
  }

  @Test
  void brokenLines() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/etc/vz/conf/101.conf", "A=1\nno assignment\n");

    assertThat(host.ask("container files").fact())
        .isEqualTo("/etc/vz/conf/101.conf:2 '=' not found");
  }

  @ParameterizedTest
  @CsvSource({
    "rwxr-xr-x, 0, false",
    "rwxrwxr-x, 0, true",
    "rwxr-xrwx, 0, true",
    "rwx------, 1000, true"
  })
  void whoMayWrite(String mode, int owner, boolean open) {
    assertThat(ConfigurationProbes.open(PosixFilePermissions.fromString(mode), owner))
        .isEqualTo(open);
  }

  @Test
  void lockDirectory() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("lock directory").verdict()).isEqualTo(Verdict.OK);

    host.mounts("ext4", "ro", "rw");
    assertThat(host.ask("lock directory").verdict()).isEqualTo(Verdict.MISSING);
    host.mounts("ext4", "rw", "rw");
    Files.delete(host.at("/vz/lock"));
    assertThat(host.ask("lock directory").verdict()).isEqualTo(Verdict.OK);
    host.file("/vz/lock", "");
    assertThat(host.ask("lock directory").fact()).endsWith("is no directory");
  }

  @Test
  void stateDirectory() throws Exception {
    FakeHost host = FakeHost.complete(root).directory("/run/vz");
    assertThat(host.ask("state directory").fact()).isEqualTo("/run/vz on tmpfs");

    host.file("/proc/self/mountinfo", "21 1 254:0 / / rw - ext4 /dev/vda rw\n");
    assertThat(host.ask("state directory").verdict()).isEqualTo(Verdict.LIMITED);
  }

  @Test
  void templatesAndSample() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("templates").fact()).isEqualTo("debian-12");
    assertThat(host.ask("default sample").fact()).isEqualTo("vswap-256m");

    Files.delete(host.at("/vz/template/cache/debian-12.tar.gz"));
    host.file("/vz/template/cache/.tar.gz", "").file("/vz/template/cache/x.iso", "");
    Files.delete(host.at("/etc/vz/conf/ve-vswap-256m.conf-sample"));
    assertThat(host.ask("templates").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(host.ask("default sample").verdict()).isEqualTo(Verdict.MISSING);
  }
}

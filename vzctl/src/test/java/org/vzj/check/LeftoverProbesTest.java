package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoverProbesTest {
  @TempDir Path root;
  private FakeHost host;

  @BeforeEach
  void aHostWithOneProcess() throws Exception {
    host = FakeHost.complete(root);
    process(77, 'S', 4242);
  }

  private void process(int pid, char state, int start) throws Exception {
    host.file(
        "/proc/" + pid + "/stat",
        pid + " (a) b) " + state + " 1 77 77 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 " + start + " 0 0\n");
  }

  @Test
  void locks() throws Exception {
    host.file("/vz/lock/101.lck", "77\n\n4242\n").file("/vz/lock/102.lck", "77\n\n");
    assertThat(host.ask("stale locks").verdict()).isEqualTo(Verdict.OK);

    host.file("/vz/lock/103.lck", "78\n\n").file("/vz/lock/104.lck", "77\n\n1\n");
    host.file("/vz/lock/105.lck", "garbage").file("/vz/lock/106.lck.tmp", "1");
    assertThat(host.ask("stale locks").fact())
        .isEqualTo("/vz/lock/103.lck, /vz/lock/104.lck, /vz/lock/105.lck");
  }

  @Test
  void aZombieHoldsNoLock() throws Exception {
    process(78, 'Z', 1);
    host.file("/vz/lock/103.lck", "78\n\n");

    assertThat(host.ask("stale locks").verdict()).isEqualTo(Verdict.LIMITED);
  }

  @Test
  void states() throws Exception {
    host.file("/run/vz/101/init", "77 4242\n").directory("/run/vz/plans");
    assertThat(host.ask("dead containers").verdict()).isEqualTo(Verdict.OK);

    host.file("/run/vz/102/init", "77 4243\n").directory("/run/vz/103");
    assertThat(host.ask("dead containers").remedy()).isEqualTo("cd /run/vz && rm -r 102 103");
    host.file("/etc/vz/conf/102.conf", "").file("/etc/vz/conf/103.conf", "");
    assertThat(host.ask("dead containers").remedy()).isEqualTo("vzctl stop 102 103");
  }

  @Test
  void aStartInProgressIsNoLeftover() throws Exception {
    host.directory("/run/vz/101").file("/vz/lock/101.lck", "77\n\n4242\n");

    assertThat(host.ask("dead containers").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void groups() throws Exception {
    host.directory("/sys/fs/cgroup/vz/101/init.scope").directory("/sys/fs/cgroup/vz/lost+found");
    host.directory("/sys/fs/cgroup/vz/102").file("/run/vz/102/init", "77 4242\n");
    host.file("/sys/fs/cgroup/vz/103/cgroup.procs", "");
    host.file("/sys/fs/cgroup/vz/103/a/b/cgroup.procs", "4711\n");

    assertThat(host.ask("control groups").fact()).isEqualTo("101");
    assertThat(host.ask("control groups").remedy())
        .isEqualTo(
            "find /sys/fs/cgroup -depth -type d '(' -false -o -path '*/vz/101' -o -path"
                + " '*/vz/101/*' ')' -exec rmdir {} ';'");
    host.file("/etc/vz/conf/101.conf", "");
    assertThat(host.ask("control groups").remedy()).isEqualTo("vzctl stop 101");
  }

  @Test
  void privateAreas() throws Exception {
    host.directory("/vz/private/101").directory("/vz/private/102.tmp");
    host.directory("/vz/private/.vzctl-rm-me.103.77");

    assertThat(host.ask("half-made private areas").fact()).isEqualTo("/vz/private/102.tmp");
    assertThat(host.ask("half-removed private areas").fact())
        .isEqualTo("/vz/private/.vzctl-rm-me.103.77");
  }

  @Test
  void names() throws Exception {
    host.file("/etc/vz/conf/101.conf", "").directory("/etc/vz/names");
    Files.createSymbolicLink(
        host.at("/etc/vz/names/web"), Path.of("/etc/sysconfig/vz-scripts/101.conf"));
    assertThat(host.ask("names").verdict()).isEqualTo(Verdict.OK);

    Files.createSymbolicLink(host.at("/etc/vz/names/it's old"), Path.of("/etc/vz/conf/9.conf"));
    assertThat(host.ask("names").remedy()).isEqualTo("rm '/etc/vz/names/it'\\''s old'");
  }

  @Test
  void manyAreCut() throws Exception {
    for (int i = 0; i < 9; i++) {
      host.file("/vz/lock/20" + i + ".lck", "");
    }

    assertThat(host.ask("stale locks").fact()).endsWith("/vz/lock/204.lck and 4 more");
  }
}

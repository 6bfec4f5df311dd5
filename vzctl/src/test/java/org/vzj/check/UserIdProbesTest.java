package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserIdProbesTest {
  @TempDir Path root;

  @Test
  void twoContainersWithTheSameIds() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/etc/vz/conf/101.conf", "LOCAL_UID=\"100000\"\n");
    host.file("/etc/vz/conf/102.conf", "LOCAL_UID=\"165535\"\n");
    host.file("/etc/vz/conf/103.conf", "LOCAL_UID=\"300000\"\n");

    assertThat(host.ask("containers among themselves").fact())
        .isEqualTo("container 101 and container 102 share ids from 165535 on");

    host.file("/etc/vz/conf/102.conf", "LOCAL_UID=\"165536\"\n");
    assertThat(host.ask("containers among themselves").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aContainerWithoutIdsHasThoseOfTheGlobalFile() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/etc/vz/conf/101.conf", "").file("/etc/vz/conf/102.conf", "");

    assertThat(host.ask("containers among themselves").verdict()).isEqualTo(Verdict.LIMITED);
  }

  @Test
  void privileged() throws Exception {
    FakeHost host = FakeHost.complete(root).file("/etc/vz/conf/101.conf", "LOCAL_UID=0\n");
    host.file("/etc/passwd", "root:x:0:0::/root:/bin/sh\n");

    assertThat(host.ask("privileged containers").fact()).startsWith("container 101: ");
    assertThat(host.ask("users of the host").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void subordinateIds() throws Exception {
    FakeHost host = FakeHost.complete(root).file("/etc/vz/conf/101.conf", "LOCAL_UID=100000\n");
    host.file("/etc/subuid", "# users\nadmin:200000:65536\nbroken:1\n:x:y\n");
    assertThat(host.ask("subordinate ids").verdict()).isEqualTo(Verdict.OK);

    host.file("/etc/subgid", "admin:165000:65536\n");
    assertThat(host.ask("subordinate ids").fact())
        .isEqualTo("user admin has ids of container 101 from 165000 on");
  }

  @Test
  void accounts() throws Exception {
    FakeHost host = FakeHost.complete(root).file("/etc/vz/conf/101.conf", "LOCAL_UID=100000\n");
    host.file("/etc/passwd", "a:x:1000:1000:::\nnobody:x:-2:1::\n\nshort\n");
    assertThat(host.ask("users of the host").verdict()).isEqualTo(Verdict.OK);

    host.file("/etc/group", "ldap:x:100033:\n");
    assertThat(host.ask("users of the host").fact())
        .isEqualTo("group ldap has ids of container 101 from 100033 on");
  }

  @Test
  void hugeNumbers() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/etc/vz/conf/101.conf", "LOCAL_UID=99999999999999999999\n");
    host.file("/etc/vz/conf/102.conf", "LOCAL_UID=-5\n");
    host.file("/etc/subuid", "a:99999999999999999999:99999999999999999999\n");

    assertThat(host.ask("containers among themselves").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("subordinate ids").fact()).isNotEmpty();
  }
}

package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.capability.Capability;

class RightsProbesTest {
  private static final String ALL = "000001ffffffffff";
  private static final String NO_RESOURCE = "000001fffeffffff";

  @TempDir Path root;

  @Test
  void root() {
    assertThat(RightsProbes.root(FakeHost.status(0, ALL)).verdict()).isEqualTo(Verdict.OK);
    assertThat(RightsProbes.root(FakeHost.status(1000, ALL)).fact()).startsWith("no, user 1000");
    assertThat(RightsProbes.root(null).verdict()).isEqualTo(Verdict.LIMITED);
  }

  @Test
  void capabilities() {
    assertThat(RightsProbes.capabilities(FakeHost.status(0, NO_RESOURCE)).verdict())
        .isEqualTo(Verdict.OK);
    assertThat(RightsProbes.capabilities(FakeHost.status(0, "00000000a80425fb")).fact())
        .isEqualTo("root lacks CAP_DAC_READ_SEARCH, CAP_SYS_PTRACE, CAP_SYS_ADMIN");
  }

  @Test
  void oneCapability() {
    assertThat(
            RightsProbes.one(FakeHost.status(0, NO_RESOURCE), Capability.SYS_RESOURCE, "")
                .verdict())
        .isEqualTo(Verdict.LIMITED);
    assertThat(RightsProbes.one(FakeHost.status(0, ALL), Capability.NET_ADMIN, "").verdict())
        .isEqualTo(Verdict.OK);
  }

  @Test
  void filters() {
    assertThat(RightsProbes.filters("kill trap errno allow\n").verdict()).isEqualTo(Verdict.OK);
    assertThat(RightsProbes.filters("kill_errno\n").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(RightsProbes.filters(null).remedy()).contains("CONFIG_SECCOMP_FILTER");
    assertThat(RightsProbes.notification("errno\n").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(RightsProbes.notification("errno user_notif\n").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void aForgedStatusIsNoAnswer() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/proc/self/status", "Name:\tx\nUid:\t0 0\n");

    assertThat(host.ask("root").fact()).startsWith("could not be found out");
    assertThat(host.ask("capabilities").verdict()).isEqualTo(Verdict.LIMITED);
  }
}

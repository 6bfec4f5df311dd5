package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamespaceProbesTest {
  @TempDir Path root;

  @Test
  void aKindThatIsNotThere() throws Exception {
    FakeHost host = FakeHost.complete(root);
    Files.delete(host.at("/proc/self/ns/user"));

    assertThat(host.ask("user namespace"))
        .isEqualTo(Finding.missing("this kernel has none", "a kernel with CONFIG_USER_NS=y"));
    assertThat(host.ask("uts namespace").verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void numberOfUserNamespaces() throws Exception {
    assertThat(NamespaceProbes.maximum("0\n", 0).remedy())
        .isEqualTo("sysctl -w user.max_user_namespaces=63000");
    assertThat(NamespaceProbes.maximum("0\n", 0).verdict()).isEqualTo(Verdict.MISSING);
    assertThat(NamespaceProbes.maximum("1500\n", 10).verdict()).isEqualTo(Verdict.OK);
    assertThat(NamespaceProbes.maximum("1500\n", 100).verdict()).isEqualTo(Verdict.LIMITED);
    assertThat(NamespaceProbes.maximum(null, 0).verdict()).isEqualTo(Verdict.MISSING);
    assertThatThrownBy(() -> NamespaceProbes.maximum("-1", 0)).isInstanceOf(IOException.class);
  }

  @Test
  void switchesForUnprivilegedUsers() throws Exception {
    FakeHost host = FakeHost.complete(root);
    assertThat(host.ask("AppArmor and user namespaces").verdict()).isEqualTo(Verdict.OK);

    host.file("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1\n");
    host.file("/proc/sys/kernel/unprivileged_userns_clone", "0\n");

    assertThat(host.ask("AppArmor and user namespaces").remedy())
        .isEqualTo("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    assertThat(host.ask("unprivileged user namespaces").remedy())
        .isEqualTo("sysctl -w kernel.unprivileged_userns_clone=1");
  }

  @Test
  void insideAContainer() {
    assertThat(NamespaceProbes.ownMap("0 0 4294967295\n").verdict()).isEqualTo(Verdict.OK);
    assertThat(NamespaceProbes.ownMap("0 100000 65536\n").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(NamespaceProbes.ownMap("").verdict()).isEqualTo(Verdict.MISSING);
    assertThat(NamespaceProbes.ownMap(null).verdict()).isEqualTo(Verdict.LIMITED);
  }
}

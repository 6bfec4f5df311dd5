package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices, features and packet filters of a container that has its own user ids. */
@Tag("root")
class DevicesTest {
  private final Sandbox sandbox = Sandbox.open();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Result inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command);
  }

  @ParameterizedTest
  @CsvSource({"net/tun, 10:200", "fuse, 10:229"})
  void aNodeIsThereAndOpensAsLongAsItIsGiven(String name, String number) {
    assumeTrue(Files.exists(Path.of("/dev", name)), "needs /dev/" + name);
    int id = sandbox.start("busybox");
    assertThat(inside(id, "test -e /dev/" + name).status()).isNotZero();
    String[] words = number.split(":");
    // A node of one's own making is of no use in a user namespace.
    assertThat(inside(id, "mknod /own c " + words[0] + " " + words[1] + " && : <>/own").status())
        .isNotZero();
    sandbox.vzctl("set", "" + id, "--devnodes", name + ":rw", "--save").expect(0);
    opens(id, name);
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
    opens(id, name);
    sandbox.vzctl("set", "" + id, "--devnodes", name + ":none", "--save").expect(0);
    assertThat(inside(id, ": <>/dev/" + name).status()).isNotZero();
  }

  private void opens(int id, String name) {
    assertThat(inside(id, ": <>/dev/" + name).err()).isEmpty();
    assertThat(inside(id, "stat -c %u:%g:%a /dev/" + name).ok()).isEqualTo("0:0:666\n");
  }

  @Test
  void aTunnelWorksInside() {
    assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
    int id = sandbox.create("debian-12-x86_64");
    sandbox.vzctl("set", "" + id, "--devnodes", "net/tun:rw", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    inside(id, "ip tuntap add dev tun7 mode tun").expect(0);
    assertThat(inside(id, "ip -o link show tun7").ok()).contains("tun7");
    assertThat(Files.exists(Path.of("/sys/class/net/tun7"))).isFalse();
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void featuresCountFromTheNextStart() {
    int id = sandbox.start("busybox");
    assertThat(inside(id, "test -e /dev/ppp").status()).isNotZero();
    Result set = sandbox.vzctl("set", "" + id, "--features", "ppp:on", "--save");
    assertThat(set.expect(0).err()).contains("Unable to set features on a running container");
    sandbox.vzctl("restart", "" + id, "--fast").expect(0);
    assertThat(inside(id, "stat -c %t:%T:%u /dev/ppp").ok()).isEqualTo("6c:0:0\n");
  }

  @Test
  void itsOwnPacketFilterIsItsOwn() {
    int id = sandbox.create("minbase-13");
    Path script = sandbox.base().resolve("filter.sh");
    Installation.write(
        script,
        """
        command -v nft >/dev/null || { echo no nft; exit 0; }
        nft add table inet vztest || exit 1
        nft 'add chain inet vztest in { type filter hook input priority 0 ; }' || exit 2
        nft add rule inet vztest in tcp dport 22 counter drop || exit 3
        nft list ruleset
        nft flush ruleset
        echo after: $(nft list ruleset)
        """,
        "rw-r--r--");
    Result result = sandbox.vzctl("runscript", "" + id, script.toString());
    assumeTrue(!result.out().contains("no nft"), "needs nft in the root minbase-13");
    assumeTrue(!result.err().contains("not supported"), "needs nf_tables in the kernel");
    assertThat(result.expect(0).out())
        .contains("table inet vztest {")
        .contains("tcp dport 22 counter packets 0 bytes 0 drop")
        .endsWith("after:\n");
    assertThat(Host.run("nft", "list", "tables").out()).doesNotContain("vztest");
    sandbox
        .vzctl("set", "" + id, "--netfilter", "disabled", "--save", "--setmode", "restart")
        .expect(0);
    Result without = sandbox.vzctl("runscript", "" + id, script.toString()).expect(1);
    assertThat(without.err()).contains("Protocol not supported");
  }
}

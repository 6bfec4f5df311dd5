package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real distributions keep the addresses, names and passwords that the host gives them. */
@Tag("root")
@Timeout(300)
class DistributionTest {
  private static final Duration BOOT = Duration.ofSeconds(90);

  private static NetworkWorld world;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    sandbox = world.sandbox();
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  private static String inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).out();
  }

  private static void awaitBoot(int id) {
    Host.await(
        "CT " + id + " has booted",
        BOOT,
        () -> inside(id, "systemctl is-system-running --wait").matches("running\\n|degraded\\n"));
    assertThat(inside(id, "systemctl --failed --no-legend --plain")).isEmpty();
  }

  /** It answers, and its device has this address and no other of this network. */
  private static void awaitAddress(int id, String address) {
    world.awaitPing(address.substring(0, address.indexOf('/')));
    assertThat(inside(id, "ip -o -4 addr show venet0").lines())
        .singleElement()
        .asString()
        .contains(" " + address + " ");
    world.awaitPing("fd77::" + id);
    assertThat(sandbox.vzctl("exec2", "" + id, "ip route get 10.77.0.2").ok())
        .contains("dev venet0 src " + address.substring(0, address.indexOf('/')));
  }

  @ParameterizedTest
  @CsvSource({
    "debian-12-x86_64,networking,etc/network/interfaces,10.77.0.101",
    "debian-13,systemd-networkd,etc/systemd/network/10-venet0.network,10.77.0.102"
  })
  void keepsItsAddressesWhateverIsRestarted(
      String template, String service, String file, String address) {
    int id = sandbox.create(template);
    String second = address.replace("10.77.0.1", "10.77.0.2");
    sandbox
        .vzctl(
            ("set " + id + " --ipadd " + address + "/24 --ipadd fd77::" + id + " --save")
                .concat(" --hostname web.example.org --nameserver 10.77.0.2")
                .concat(" --searchdomain example.org")
                .split(" "))
        .expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    inside(id, "systemctl enable --now " + service);
    awaitBoot(id);
    awaitAddress(id, address + "/24");
    assertThat(Host.read(sandbox.privateArea(id).resolve(file))).contains(address + "/24");
    assertThat(inside(id, "cat /etc/hostname; hostname")).isEqualTo("web\nweb\n");
    assertThat(inside(id, "cat /etc/hosts")).contains(address + " web.example.org web\n");
    assertThat(inside(id, "cat /etc/resolv.conf"))
        .contains("search example.org\n")
        .contains("nameserver 10.77.0.2\n");

    sandbox.vzctl("restart", "" + id).expect(0);
    awaitBoot(id);
    awaitAddress(id, address + "/24");
    sandbox.vzctl("exec2", "" + id, "systemctl restart " + service).expect(0);
    awaitAddress(id, address + "/24");

    sandbox
        .vzctl("set", "" + id, "--ipdel", address, "--ipadd", second + "/24", "--save")
        .expect(0);
    awaitAddress(id, second + "/24");
    sandbox.vzctl("exec2", "" + id, "systemctl restart " + service).expect(0);
    awaitAddress(id, second + "/24");
    assertThat(world.pings(address)).isFalse();

    sandbox.vzctl("set", "" + id, "--ipdel", "all", "--save").expect(0);
    assertThat(Host.read(sandbox.privateArea(id).resolve(file))).doesNotContain("venet0");
    sandbox.vzctl("restart", "" + id).expect(0);
    awaitBoot(id);
    assertThat(inside(id, "ip -o link")).doesNotContain("venet0");
    sandbox.vzctl("stop", "" + id).expect(0);
  }

  @Test
  void setsPasswordsOfAContainerThatRunsOrNot() {
    int id = sandbox.create("debian-13");
    Path shadow = sandbox.privateArea(id).resolve("etc/shadow");
    Result stopped =
        sandbox.vzctl(
            "set", "" + id, "--userpasswd", "root:first one", "--userpasswd", "vztest:a:b");
    assertThat(stopped.expect(0).out()).isEmpty();
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.assertNothingRemains(id);
    String first = entry(shadow, "root");
    assertThat(first).startsWith("root:$");
    assertThat(entry(shadow, "vztest")).startsWith("vztest:$");
    assertThat(Host.read(sandbox.config(id))).doesNotContain("first one").doesNotContain("a:b");

    sandbox.vzctl("start", "" + id, "--wait").expect(0);
    assertThat(inside(id, "id -un vztest; stat -c %U /home/vztest")).isEqualTo("vztest\nvztest\n");
    sandbox.vzctl("set", "" + id, "--userpasswd", "root:second $(x) 'one", "--save").expect(0);
    assertThat(entry(shadow, "root")).startsWith("root:$").isNotEqualTo(first);
    String check =
        "import crypt,spwd,sys; h=spwd.getspnam('root').sp_pwdp;"
            + " sys.exit(crypt.crypt(sys.argv[1],h)!=h)";
    if (inside(id, "command -v python3 && python3 -c 'import crypt' && echo yes")
        .endsWith("yes\n")) {
      assertThat(
              sandbox.vzctl("exec3", "" + id, "python3", "-c", check, "second $(x) 'one").status())
          .isZero();
    }

    String before = Host.read(shadow);
    Result failed =
        sandbox.vzctl("set", "" + id, "--userpasswd", "no/such:x", "--onboot", "yes", "--save");
    assertThat(failed.expect(74).out()).contains("Password change failed");
    assertThat(failed.err()).contains("not saving configuration file!");
    assertThat(Host.read(shadow)).isEqualTo(before);
    assertThat(Host.read(sandbox.config(id))).doesNotContain("ONBOOT");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  private static String entry(Path shadow, String user) {
    for (String line : Host.read(shadow).split("\n", -1)) {
      if (line.startsWith(user + ":")) {
        return line.substring(0, line.indexOf(':', user.length() + 1));
      }
    }
    return "";
  }

  @Test
  void setsNamesOfAContainerThatRuns() throws IOException {
    int id = sandbox.start("busybox");
    Path resolver = sandbox.privateArea(id).resolve("etc/resolv.conf");
    Files.writeString(resolver, "# mine\nnameserver 192.0.2.9\n");
    Result result =
        sandbox.vzctl("set", "" + id, "--nameserver", "192.0.2.1", "--nameserver", "2001:db8::1");
    assertThat(result.expect(0).out()).contains("WARNING: Settings were not saved to config");
    assertThat(inside(id, "cat /etc/resolv.conf"))
        .isEqualTo("# mine\nnameserver 192.0.2.1\nnameserver 2001:db8::1\n");
    sandbox
        .vzctl("set", "" + id, "--searchdomain", "a.example", "--hostname", "b.example", "--save")
        .expect(0);
    assertThat(inside(id, "cat /etc/resolv.conf; hostname"))
        .isEqualTo("search a.example\n# mine\nnameserver 192.0.2.1\nnameserver 2001:db8::1\nb\n");
    assertThat(Host.read(sandbox.config(id)))
        .contains("SEARCHDOMAIN=\"a.example\"")
        .doesNotContain("NAMESERVER");
    sandbox.vzctl("set", "" + id, "--nameserver", "inherit", "--save").expect(0);
    assertThat(Host.read(sandbox.config(id))).contains("NAMESERVER=\"inherit\"");
    String wanted =
        Host.read(Path.of("/etc/resolv.conf"))
            .lines()
            .filter(line -> line.startsWith("nameserver ") && !line.contains(" 127."))
            .findFirst()
            .orElse("nameserver");
    assertThat(inside(id, "cat /etc/resolv.conf")).contains(wanted);
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void aStoppedContainerIsOnlyConfigured() {
    int id = sandbox.create("busybox");
    sandbox.vzctl("set", "" + id, "--nameserver", "192.0.2.1", "--save").expect(0);
    assertThat(Host.read(sandbox.privateArea(id).resolve("etc/resolv.conf")))
        .doesNotContain("192.0.2.1");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /etc/resolv.conf")).contains("nameserver 192.0.2.1\n");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  /** The same paths as on OpenVZ's host, but of the container, and by its root. */
  @Test
  void postCreateIsRunInside() throws IOException {
    Path dists = sandbox.etc().resolve("dists");
    Installation.write(dists.resolve("minbase.conf"), "POST_CREATE=made.sh\n", "rw-r--r--");
    Path script = dists.resolve("scripts/made.sh");
    Installation.write(
        script, "[ -n \"$VE_ROOT\" ] && id -u >$VE_ROOT/etc/vztest-made\n", "rw-r--r--");
    int id = sandbox.create("minbase");
    Path made = sandbox.privateArea(id).resolve("etc/vztest-made");
    assertThat(Host.read(made)).isEqualTo("0\n");
    assertThat((int) Files.getAttribute(made, "unix:uid")).isGreaterThan(0);
    sandbox.assertNothingRemains(id);
    Installation.write(script, "exit 7\n", "rw-r--r--");
    int other = sandbox.id();
    Result failed = sandbox.vzctl("create", "" + other, "--ostemplate", "minbase").expect(7);
    assertThat(failed.err())
        .contains("Error executing the POST_CREATE script\n")
        .contains("Creation of container private area failed");
    assertThat(sandbox.privateArea(other)).doesNotExist();
    assertThat(sandbox.config(other)).doesNotExist();
    sandbox.assertNothingRemains(other);
  }
}

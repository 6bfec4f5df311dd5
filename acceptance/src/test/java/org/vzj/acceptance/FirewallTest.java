package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The administrator's firewall, on a host and with a client made of network namespaces. */
@Tag("root")
@Timeout(120)
class FirewallTest {
  private static final String FIRST = "10.77.0.21";
  private static final String FIRST6 = "fd77::21";

  /** The client knows no way to these. */
  private static final String HIDDEN = "10.99.0.5";

  private static final String HIDDEN6 = "fd99::5";
  private static final String CLIENT = "10.77.0.2";

  @TempDir private static Path directory;
  private static NetworkWorld world;
  private static Sandbox sandbox;
  private static int first;
  private static int hidden;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    sandbox = world.sandbox();
    world.compile(directory);
    first = sandbox.create("busybox", "--ipadd", FIRST, "--ipadd", FIRST6);
    hidden = sandbox.create("busybox", "--ipadd", HIDDEN, "--ipadd", HIDDEN6);
    world.putInto(sandbox, first);
    sandbox.vzctl("start", first + "").expect(0);
    sandbox.vzctl("start", hidden + "").expect(0);
    NetworkWorld.serve(sandbox, first, "first");
    NetworkWorld.serve(sandbox, hidden, "hidden");
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  private static boolean inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).status() == 0;
  }

  private static String tables() {
    return world.onHost("nft", "list", "tables").ok();
  }

  /** What a rule has counted: packets. */
  private static int count(int id, String rule) {
    for (String line : sandbox.vzctl("fw", "" + id).ok().split("\n", -1)) {
      String[] words = line.strip().split(" +", 4);
      if (words.length == 4 && words[3].equals(rule)) {
        return Integer.parseInt(words[0]);
      }
    }
    throw new AssertionError("no rule " + rule);
  }

  @Test
  void whatComesInIsHeldToTheRulesAndCounted() {
    world.awaitPing(FIRST);
    world.awaitPing(FIRST6);
    sandbox
        .set(first, "--fw_rule", "allow in tcp port 80 from " + CLIENT + ",fd77::2; deny in")
        .expect(0);
    try {
      assertThat(world.pings(FIRST)).isFalse();
      assertThat(world.pings(FIRST6)).isFalse();
      world.awaitPage(FIRST, "first");
      world.awaitPage(FIRST6, "first");
      assertThat(inside(hidden, "timeout 1 wget -q -O - http://" + FIRST)).isFalse();
      assertThat(count(first, "deny in")).isGreaterThanOrEqualTo(3);
      assertThat(count(first, "allow in tcp port 80 from 10.77.0.2,fd77::2"))
          .as("the first packet of each connection")
          .isGreaterThanOrEqualTo(2);
      assertThat(inside(first, "ping -c 1 -W 5 " + CLIENT)).as("its own questions").isTrue();
      assertThat(inside(first, "ping6 -c 1 -W 5 fd77::2")).isTrue();
      assertThat(inside(first, "timeout 10 wget -q -O - http://" + HIDDEN)).isTrue();
    } finally {
      sandbox.set(first, "--fw_del", "all").expect(0);
    }
    world.awaitPing(FIRST);
    assertThat(tables()).doesNotContain("netdev vz" + first + "\n");
  }

  @Test
  void answersByUdpComeInAndNothingElse() {
    sandbox.set(first, "--fw_rule", "deny in").expect(0);
    String mac = sandbox.vzctl("exec2", first + "", "cat /sys/class/net/venet0/address").ok();
    String link = world.onHost("ip", "-o", "link", "show", NetworkWorld.UPLINK).ok();
    String router = link.substring(link.indexOf("ether ") + 6).split(" ", 2)[0];
    String question =
        Frames.frame(
            mac.strip(), mac.strip(), "0800", Frames.udp4(FIRST, CLIENT, 5000, 6000, "question"));
    try (Running listener =
        sandbox.background("exec2", first + "", "/packets listen venet0 vztest: end")) {
      Host.await("it listens", Sandbox.LIMIT, () -> listener.outSoFar().startsWith("listening\n"));
      assertThat(inside(first, "/packets send venet0 " + question)).isTrue();
      world
          .onClient(
              directory.resolve("packets").toString(),
              "send",
              "eth0",
              answer(router, 6001, 5000, "other-port"),
              answer(router, 6000, 5001, "other-target"),
              answer(router, 6000, 5000, "answer"),
              answer(router, 6000, 5000, "end"))
          .expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines())
          .as("besides what the client's refusal of the question quotes")
          .filteredOn(line -> !line.equals("question"))
          .containsExactly("listening", "answer", "end");
    } finally {
      sandbox.set(first, "--fw_del", "deny in").expect(0);
    }
  }

  private static String answer(String router, int from, int to, String name) {
    return Frames.frame(
        router, "02:77:00:00:00:02", "0800", Frames.udp4(CLIENT, FIRST, from, to, name));
  }

  @Test
  void whatGoesOutIsHeldToTheRules() {
    assertThat(sandbox.vzctl("--dry-run", "set", "" + first, "--fw_rule", "deny out").ok())
        .contains("apply FW_RULE=\"deny out\"\n", "nft: ", "counter name r1 drop");
    sandbox.set(first, "--fw_rule", "deny out to " + HIDDEN + "," + HIDDEN6).expect(0);
    try {
      assertThat(inside(first, "ping -c 1 -W 1 " + HIDDEN)).isFalse();
      assertThat(inside(first, "timeout 1 wget -q -O - http://" + HIDDEN)).isFalse();
      assertThat(inside(first, "ping6 -c 1 -W 1 " + HIDDEN6)).isFalse();
      assertThat(inside(first, "ping -c 1 -W 5 " + CLIENT)).isTrue();
      assertThat(inside(hidden, "timeout 10 wget -q -O - http://" + FIRST))
          .as("an answer")
          .isTrue();
    } finally {
      sandbox.set(first, "--fw_del", "all").expect(0);
    }
  }

  @Test
  void privateAddressesGoOutAndPortsOfTheHostLeadToThem() {
    assertThat(inside(hidden, "ping -c 1 -W 1 " + CLIENT)).as("without").isFalse();
    assertThat(inside(hidden, "ping6 -c 1 -W 1 fd77::2")).as("without").isFalse();
    sandbox
        .set(
            hidden,
            "--fw_rule",
            "nat",
            "--fw_rule",
            "forward tcp port 8080 to port 80",
            "--fw_rule",
            "forward tcp port 80 at fd77::1")
        .expect(0);
    try {
      assertThat(inside(hidden, "ping -c 1 -W 5 " + CLIENT)).isTrue();
      assertThat(inside(hidden, "ping6 -c 1 -W 5 fd77::2")).isTrue();
      world.awaitPage("10.77.0.1", 8080, "hidden");
      world.awaitPage("fd77::1", 80, "hidden");
      assertThat(inside(first, "timeout 10 wget -q -O - http://10.77.0.1:8080")).isTrue();
      assertThat(world.onHost(NetworkWorld.page("10.77.0.1", 8080)).out()).contains("hidden");
      assertThat(count(hidden, "nat")).isGreaterThanOrEqualTo(2);
      assertThat(count(hidden, "forward tcp port 8080 to port 80")).isGreaterThanOrEqualTo(3);
    } finally {
      sandbox.set(hidden, "--fw_del", "all").expect(0);
    }
    assertThat(tables()).doesNotContain("inet vz" + hidden + "\n");
    assertThat(inside(hidden, "ping -c 1 -W 1 " + CLIENT)).isFalse();
  }

  @Test
  void whatIsSavedSurvivesARestartAndGoesWithTheContainer() throws IOException {
    world
        .onHost(
            "nft",
            "table inet vztest_other { chain c { type filter hook forward priority 0; policy"
                + " accept; ip daddr 192.0.2.77 counter drop; }; }")
        .ok();
    String other = world.onHost("nft", "-s", "list", "table", "inet", "vztest_other").ok();
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.29");
    Path file = sandbox.etc().resolve("conf/" + id + ".fw");
    Files.writeString(file, "# all else\ndeny in\n");
    assertThat(sandbox.set(id, "--fw_rule", "allow in  tcp port 22", "--save").ok())
        .contains("CT configuration saved");
    assertThat(Host.read(sandbox.config(id))).contains("FW_RULE=\"allow in tcp port 22\"");
    assertThat(sandbox.vzctl("fw", id + "").ok().lines().map(String::strip))
        .contains("-            -  set         allow in tcp port 22");
    for (int i = 0; i < 2; i++) {
      sandbox.vzctl("start", id + "").expect(0);
      assertThat(world.pings("10.77.0.29")).isFalse();
      assertThat(count(id, "deny in")).isPositive();
      assertThat(tables()).contains("netdev vz" + id + "\n");
      sandbox.vzctl("stop", id + "", "--fast").expect(0);
      assertThat(tables()).doesNotContain("vz" + id);
    }
    sandbox.vzctl("start", id + "").expect(0);
    Files.writeString(file, "allow in icmp\n");
    assertThat(sandbox.vzctl("--dry-run", "fw", id + "").ok()).contains("nft: ", "icmp");
    assertThat(world.pings("10.77.0.29")).isFalse();
    assertThat(sandbox.vzctl("fw", id + "", "--apply").ok()).contains("file        allow in icmp");
    world.awaitPing("10.77.0.29");
    assertThat(sandbox.vzctl("fw", id + "", "--json").ok())
        .contains("\"rule\": \"allow in icmp\"", "\"from\": \"file\"", "\"reason\": \"spoofed\"");
    sandbox.set(id, "--ipadd", "10.77.0.28").expect(0);
    assertThat(count(id, "allow in icmp")).as("it stays as it is").isPositive();
    assertThat(world.onHost("nft", "-s", "list", "table", "inet", "vztest_other").ok())
        .isEqualTo(other);
    world.onHost("nft", "delete", "table", "inet", "vztest_other").ok();
    sandbox.vzctl("stop", id + "", "--fast").expect(0);
    sandbox.vzctl("destroy", id + "").expect(0);
    assertThat(file).doesNotExist();
  }

  @Test
  void badRulesChangeNothing() throws IOException {
    String before = world.onHost("nft", "-s", "list", "ruleset").ok();
    Result bad = sandbox.set(first, "--fw_rule", "deny in tcp prot 25", "--save");
    bad.expect(21);
    assertThat(bad.err())
        .contains("\"prot\" is out of place")
        .contains("Bad parameter for --fw_rule: deny in tcp prot 25");
    sandbox.set(first, "--fw_rule", "deny in; flush ruleset").expect(21);
    Path file = sandbox.etc().resolve("conf/" + first + ".fw");
    try {
      Files.writeString(file, "deny in\nallow tcp\n");
      assertThat(sandbox.vzctl("fw", first + "", "--apply").expect(85).err())
          .contains(file + ":2: Firewall rule \"allow tcp\": \"tcp\" is out of place");
      sandbox.set(first, "--fw_rule", "nat", "--save").expect(85);
      assertThat(Host.read(sandbox.config(first))).doesNotContain("FW_RULE");
    } finally {
      Files.delete(file);
    }
    assertThat(world.onHost("nft", "-s", "list", "ruleset").ok()).isEqualTo(before);
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.27");
    Files.writeString(
        sandbox.config(id), "FW_RULE=\"deny it\"\n", java.nio.file.StandardOpenOption.APPEND);
    assertThat(sandbox.vzctl("start", id + "").expect(85).err()).contains("\"it\" is out of place");
    assertThat(sandbox.remains(id)).as("without its rules it does not run").isEmpty();
  }
}

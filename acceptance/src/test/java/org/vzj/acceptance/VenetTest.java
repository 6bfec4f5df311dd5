package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers with addresses of venet, on a host and with a client made of network namespaces. */
@Tag("root")
@Timeout(120)
class VenetTest {
  private static final String FIRST = "10.77.0.11";
  private static final String FIRST6 = "fd77::11";
  private static final String SECOND = "10.77.0.12";

  @TempDir private static Path directory;
  private static NetworkWorld world;
  private static Sandbox sandbox;
  private static int first;
  private static int second;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    sandbox = world.sandbox();
    world.compile(directory);
    first = sandbox.create("busybox", "--ipadd", FIRST, "--ipadd", FIRST6 + "/64");
    second = sandbox.create("busybox", "--ipadd", SECOND + "/24");
    world.putInto(sandbox, first);
    sandbox.vzctl("start", "" + first).expect(0);
    sandbox.vzctl("start", "" + second).expect(0);
    NetworkWorld.serve(sandbox, first, "first");
    NetworkWorld.serve(sandbox, second, "second");
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  private static int inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).status();
  }

  private static String mac(int id) {
    return sandbox.vzctl("exec2", "" + id, "cat /sys/class/net/venet0/address").ok().strip();
  }

  @Test
  void theClientReachesThemByBothProtocols() {
    for (String address : List.of(FIRST, FIRST6)) {
      world.awaitPing(address);
      world.awaitPage(address, "first");
    }
    world.awaitPage(SECOND, "second");
  }

  @Test
  void theyReachEachOtherTheHostAndTheClient() {
    for (String address : List.of(SECOND, "10.77.0.1", "10.77.0.2")) {
      assertThat(inside(first, "ping -c 1 -W 5 " + address)).as(address).isZero();
    }
    // A neighbour that is not known yet may cost the first ones.
    Host.await(
        "the client answers",
        Duration.ofSeconds(30),
        () -> inside(first, "ping6 -c 1 -W 5 fd77::2") == 0);
    assertThat(sandbox.vzctl("exec2", "" + first, "wget -q -O - http://" + SECOND).ok())
        .isEqualTo("second\n");
  }

  @Test
  void aHostWithoutAnIpv6AddressOfItsOwnReachesThem() {
    world.onHost("ip", "addr", "del", "fd77::1/64", "dev", NetworkWorld.UPLINK).ok();
    try {
      world.onHost("busybox", "ping6", "-c", "1", "-W", "5", FIRST6).ok();
    } finally {
      world.onHost("ip", "addr", "add", "fd77::1/64", "dev", NetworkWorld.UPLINK, "nodad").ok();
    }
    world.awaitPing(FIRST6);
  }

  @Test
  void aStartAddsThemAndAStopLeavesNothing() {
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.20");
    for (int i = 0; i < 2; i++) {
      assertThat(sandbox.vzctl("start", "" + id).ok())
          .contains("Adding IP address(es): 10.77.0.20\n");
      world.awaitPing("10.77.0.20");
      sandbox.vzctl("stop", "" + id, "--fast").expect(0);
      assertThat(world.about(id)).doesNotContain("" + id).doesNotContain("10.77.0.20");
      assertThat(world.onHost("ip", "route").ok()).doesNotContain("10.77.0.20");
    }
  }

  @Test
  void anAddressMovesFromOneToAnotherWhileBothRun() {
    String address = "10.77.0.30";
    sandbox.set(first, "--ipadd", address).expect(0);
    world.awaitPage(address, "first");
    assertThat(sandbox.set(first, "--ipdel", address).ok())
        .contains("Deleting IP address(es): " + address);
    sandbox.set(second, "--ipadd", address).expect(0);
    world.awaitPage(address, "second");
    sandbox.set(second, "--ipdel", address).expect(0);
    assertThat(world.onHost("ip", "route").ok()).doesNotContain(address);
    world.awaitPage(SECOND, "second");
  }

  @Test
  void anAddressHasOneContainer() {
    Result result = sandbox.set(second, "--ipadd", FIRST);
    result.expect(78);
    assertThat(result.err())
        .contains("Unable to add IP " + FIRST + ": Address already in use by container " + first);
    int third = sandbox.create("busybox", "--ipadd", FIRST6);
    assertThat(sandbox.vzctl("start", "" + third).expect(78).err())
        .contains("Unable to add IP " + FIRST6);
    assertThat(sandbox.status(third)).isEqualTo("exist unmounted down");
    world.awaitPage(FIRST, "first");
    assertThat(sandbox.remains(third)).isEmpty();
  }

  @Test
  void twoHundredAddressesComeAndGo() {
    int id = sandbox.create("busybox");
    StringBuilder list = new StringBuilder();
    for (int i = 1; i <= 200; i++) {
      list.append("10.78.0.").append(i).append(' ');
    }
    world.onClient("ip", "route", "add", "10.78.0.0/24", "via", "10.77.0.1").ok();
    sandbox.set(id, "--ipadd", list.toString().strip(), "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    world.awaitPing("10.78.0.1");
    world.awaitPing("10.78.0.200");
    assertThat(sandbox.vzctl("exec2", "" + id, "ip addr show venet0 | grep -c 'inet '").ok())
        .isEqualTo("200\n");
    assertThat(sandbox.set(id, "--ipdel", "all", "--save").ok())
        .contains("Deleting all IP address(es): ");
    assertThat(world.onHost("ip", "route").ok()).doesNotContain("10.78.0.");
    assertThat(world.about(id)).doesNotContain("venet0." + id).doesNotContain("10.78.0.");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void whatCannotBeAppliedChangesNothing() {
    world.onHost("ip", "route", "add", "10.77.0.40", "dev", NetworkWorld.UPLINK).ok();
    String before = world.onHost("ip", "route").ok();
    Result result = sandbox.set(first, "--ipadd", "10.77.0.41", "--ipadd", "10.77.0.40", "--save");
    result.expect(34);
    assertThat(result.err())
        .contains("Unable to add route ip route add 10.77.0.40 dev venet0." + first)
        .contains("not saving configuration file");
    assertThat(world.onHost("ip", "route").ok()).isEqualTo(before);
    assertThat(sandbox.vzctl("exec2", "" + first, "ip addr show venet0").ok())
        .doesNotContain("10.77.0.4");
    assertThat(Host.read(sandbox.config(first))).doesNotContain("10.77.0.4");
    sandbox.set(second, "--ipadd", "10.77.0.41").expect(0);
    sandbox.set(second, "--ipdel", "10.77.0.41").expect(0);
    world.onHost("ip", "route", "del", "10.77.0.40").ok();
  }

  @Test
  void anAddressThatSomebodyElseHasIsToldOrRefused() throws IOException {
    Result warned = sandbox.set(first, "--ipadd", "10.77.0.2");
    warned.expect(0);
    assertThat(warned.err())
        .contains("10.77.0.2 is detected on another computer : ")
        .contains("vps-net_add WARNING: arpsend -c 1 -w 1 -D -e 10.77.0.2 up0 FAILED");
    sandbox.set(first, "--ipdel", "10.77.0.2").expect(0);
    Path file = sandbox.etc().resolve("vz.conf");
    String text = Files.readString(file);
    try {
      Files.writeString(file, text.replace("ERROR_ON_ARPFAIL=\"no\"", "ERROR_ON_ARPFAIL=\"yes\""));
      assertThat(sandbox.set(first, "--ipadd", "10.77.0.2").expect(1).err())
          .contains("vps-net_add ERROR: ");
      sandbox.set(first, "--ipadd", "10.77.0.2", "--skip_arpdetect").expect(0);
      sandbox.set(first, "--ipdel", "10.77.0.2").expect(0);
    } finally {
      Files.writeString(file, text);
    }
    assertThat(world.onHost("ip", "neigh", "show", "proxy").ok()).doesNotContain("10.77.0.2 ");
  }

  @Test
  void whatIsNotItsOwnDoesNotLeaveIt() {
    String mac = mac(first);
    String client = "10.77.0.2";
    int before = world.dropped(first, "venet0");
    List<String> frames =
        List.of(
            Frames.frame(mac, mac, "0800", Frames.udp4(SECOND, client, 9, 9, "neighbours-address")),
            Frames.frame(mac, mac, "0800", Frames.udp4("10.77.0.1", client, 9, 9, "hosts-address")),
            Frames.frame(mac, mac, "0800", Frames.udp4("0.0.0.0", client, 68, 67, "no-address")),
            Frames.frame(mac, mac, "86dd", Frames.udp6("fd77::12", "fd77::2", "other-v6")),
            Frames.frame(mac, mac, "86dd", Frames.advertisement(FIRST6, "fd77::1", mac, "advert")),
            Frames.tagged(mac, mac, "0800", Frames.udp4(FIRST, client, 9, 9, "tagged")),
            Frames.frame(mac, mac, "0806", Frames.arp(2, mac, FIRST, client, "arp")),
            Frames.frame(mac, mac, "88cc", new byte[60]));
    List<String> good =
        List.of(
            Frames.frame(mac, mac, "86dd", Frames.udp6(FIRST6, "fd77::2", "own-v6")),
            Frames.frame(mac, mac, "0800", Frames.udp4(FIRST, client, 9, 9, "end")));
    List<String> words = new ArrayList<>(frames);
    words.addAll(good);
    world.awaitPing(FIRST);
    world.awaitPing(FIRST6);
    try (Running listener = world.listen(Frames.MARK, "end")) {
      assertThat(inside(first, "/packets send venet0 " + String.join(" ", words))).isZero();
      assertThat(listener.await(Sandbox.LIMIT).lines())
          .as("what came to the client")
          .containsExactly("listening", "own-v6", "end");
    }
    assertThat(world.dropped(first, "venet0") - before).isGreaterThanOrEqualTo(frames.size() - 2);
  }

  @Test
  void noAddressIsGainedInside() {
    assertThat(inside(first, "ip addr add 10.77.0.60/32 dev venet0")).isZero();
    world.onHost("ip", "route", "add", "10.77.0.60", "dev", "venet0." + first).ok();
    int before = world.dropped(first, "venet0");
    assertThat(inside(first, "ping -c 1 -W 1 -I 10.77.0.60 10.77.0.2")).isNotZero();
    assertThat(world.dropped(first, "venet0")).isGreaterThan(before);
    world.onHost("ip", "route", "del", "10.77.0.60").ok();
    assertThat(inside(first, "ip addr del 10.77.0.60/32 dev venet0")).isZero();
  }

  @Test
  void anAddressIsGivenAnotherPrefixWhileItRuns() {
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.77", "--ipadd", "fd77::78/64");
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.set(id, "--ipadd", "10.77.0.77/24", "--ipadd", "fd77::78").expect(0);
    assertThat(sandbox.vzctl("exec2", "" + id, "ip addr show venet0").ok())
        .contains("10.77.0.77/24", "fd77::78/128")
        .doesNotContain("10.77.0.77/32", "fd77::78/64");
    world.awaitPing("10.77.0.77");
    world.awaitPing("fd77::78");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void rootInsideCannotKeepAnAddress() {
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.75");
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.set(id, "--ipadd", "10.77.0.76", "--ipadd", "fd77::76").expect(0);
    assertThat(inside(id, "ip addr flush dev venet0")).isZero();
    sandbox.set(id, "--ipdel", "10.77.0.76", "--ipdel", "fd77::76").expect(0);
    assertThat(inside(id, "ip link set venet0 down && ip link set venet0 name mine")).isZero();
    sandbox.set(id, "--ipadd", "10.77.0.76").expect(34);
    Result gone = sandbox.set(id, "--ipdel", "10.77.0.75", "--ipadd", "10.77.0.75");
    assertThat(gone.status()).as("nothing has changed for the host").isZero();
    sandbox.set(first, "--ipadd", "10.77.0.76").expect(0);
    sandbox.set(first, "--ipdel", "10.77.0.76").expect(0);
    sandbox.set(id, "--ipdel", "10.77.0.75").expect(0);
    assertThat(world.onHost("ip", "route").ok()).doesNotContain("10.77.0.75");
    assertThat(world.about(id)).doesNotContain("venet0." + id).doesNotContain("vz" + id);
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void theDistributionsScriptsSetAddressesInsideWhereItHasSome() throws IOException {
    Path dists = sandbox.etc().resolve("dists");
    Files.writeString(dists.resolve("scripted.conf"), "ADD_IP=vztest-ip.sh\nDEL_IP=vztest-ip.sh\n");
    Files.writeString(
        dists.resolve("scripts/vztest-ip.sh"),
        "echo \"$VE_STATE|$IP_ADDR|$IPDELALL|$IPV6\" >>/asked; type put_param >/dev/null\n");
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.80/24", "--ipadd", "fd77::80");
    sandbox.set(id, "--ostemplate", "scripted", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "ip addr show venet0 | grep -q 10.77.0.80")).isNotZero();
    sandbox.set(id, "--ipadd", "10.77.0.81", "--ipdel", "10.77.0.80", "--save").expect(0);
    sandbox.set(id, "--ipdel", "all", "--save").expect(0);
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(sandbox.vzctl("exec2", "" + id, "cat /asked").lines())
        .containsExactly(
            "starting|10.77.0.80/24 fd77::80||yes",
            "running|10.77.0.80/24||yes",
            "running|10.77.0.81||yes",
            "running|fd77::80 10.77.0.81|yes|yes",
            "starting|||yes");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void oneWithoutAddressesHasNothing() throws IOException {
    int id = sandbox.create("busybox");
    Files.writeString(sandbox.config(id), "STOP_TIMEOUT=\"1\"\n", StandardOpenOption.APPEND);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "ip link show venet0")).isNotZero();
    assertThat(world.about(id)).doesNotContain("" + id);
    assertThat(sandbox.state(id).resolve("network")).doesNotExist();
    assertThat(sandbox.vzctl("--dry-run", "set", "" + id, "--ipadd", "10.77.0.70").ok())
        .contains("IP_ADDRESS=\"10.77.0.70\"");
    sandbox.vzctl("stop", "" + id).expect(0);
  }
}

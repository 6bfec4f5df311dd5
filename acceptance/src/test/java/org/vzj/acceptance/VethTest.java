package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Containers with virtual Ethernet devices in a bridge of a host made of network namespaces. */
@Tag("root")
@Timeout(120)
class VethTest {
  private static final String BRIDGE = "br77";
  private static final String MAC = "00:18:51:77:00:51";
  private static final String BROADCAST = "ff:ff:ff:ff:ff:ff";
  private static final String CLIENT = "10.77.0.2";

  @TempDir private static Path directory;
  private static NetworkWorld world;
  private static Sandbox sandbox;
  private static int first;
  private static int second;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    world.bridge(BRIDGE);
    sandbox = world.sandbox();
    world.compile(directory);
    first = sandbox.create("busybox");
    second = sandbox.create("busybox");
    world.putInto(sandbox, first);
    sandbox.set(first, "--netif_add", "eth0," + MAC + ",,," + BRIDGE, "--save").expect(0);
    sandbox.set(second, "--netif_add", "eth0,,,," + BRIDGE, "--save").expect(0);
    sandbox.vzctl("start", "" + first).expect(0);
    sandbox.vzctl("start", "" + second).expect(0);
    configure(first, "51");
    configure(second, "52");
    NetworkWorld.serve(sandbox, first, "first");
    NetworkWorld.serve(sandbox, second, "second");
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  private static Result inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command);
  }

  /** The administrator of a container gives it its addresses. */
  private static void configure(int id, String number) {
    inside(
            id,
            "ip link set lo up; ip link set eth0 up; ip addr add 10.77.0."
                + number
                + "/24 dev eth0; ip addr add fd77::"
                + number
                + "/64 dev eth0 nodad || ip addr add fd77::"
                + number
                + "/64 dev eth0")
        .expect(0);
  }

  private static String rules(int id, String device) {
    return world.onHost("nft", "list", "table", "netdev", "vz" + id + "." + device).ok();
  }

  @Test
  void theClientReachesThemByBothProtocols() {
    for (String address : List.of("10.77.0.51", "fd77::51")) {
      world.awaitPing(address);
      world.awaitPage(address, "first");
    }
    world.awaitPage("10.77.0.52", "second");
    assertThat(inside(first, "ping -c 1 -W 5 10.77.0.52").status()).isZero();
    assertThat(inside(first, "ping -c 1 -W 5 10.77.0.1").status()).isZero();
    assertThat(inside(first, "cat /sys/class/net/eth0/address").ok()).isEqualTo(MAC + "\n");
  }

  @Test
  void aDeviceComesAtTheStartAndGoesWithTheContainer() {
    int id = sandbox.create("busybox");
    sandbox.set(id, "--netif_add", "eth3,,vztest-h" + id + ",," + BRIDGE, "--save").expect(0);
    for (int i = 0; i < 2; i++) {
      assertThat(sandbox.vzctl("start", "" + id).ok())
          .contains("Configure veth devices: vztest-h" + id + " \n");
      assertThat(world.onHost("bridge", "link").ok()).contains("vztest-h" + id);
      assertThat(inside(id, "ip link show eth3").status()).isZero();
      sandbox.vzctl("stop", "" + id, "--fast").expect(0);
      assertThat(world.onHost("ip", "link").ok()).doesNotContain("vztest-h" + id);
      assertThat(world.onHost("nft", "list", "tables").ok()).doesNotContain("vz" + id);
    }
  }

  @Test
  void devicesComeAndGoWhileItRuns() {
    assertThat(sandbox.set(first, "--netif_add", "eth1,,,," + BRIDGE, "--netif_add", "eth2").ok())
        .contains("Configure veth devices: veth" + first + ".1 veth" + first + ".2 \n");
    assertThat(inside(first, "ip link show eth1; ip link show eth2").status()).isZero();
    assertThat(sandbox.set(first, "--netif_del", "eth1", "--netif_del", "eth2").ok())
        .contains("Deleting veth devices: veth" + first + ".1 veth" + first + ".2 \n");
    assertThat(inside(first, "ip link").ok()).contains("eth0").doesNotContain("eth1", "eth2");
    assertThat(world.onHost("nft", "list", "tables").ok())
        .contains("vz" + first + ".eth0")
        .doesNotContain("vz" + first + ".eth1");
    assertThat(world.onHost("bridge", "link").ok()).contains(NetworkWorld.UPLINK);
    world.awaitPage("10.77.0.51", "first");
  }

  @Test
  void allDevicesGoAtOnce() {
    int id = sandbox.create("busybox");
    sandbox.set(id, "--netif_add", "eth0,,,," + BRIDGE, "--netif_add", "eth1", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(world.onHost("ip", "link").ok()).contains("veth" + id + ".0", "veth" + id + ".1");
    assertThat(sandbox.set(id, "--netif_del", "all", "--save").ok())
        .contains("Deleting veth devices: veth" + id + ".0 veth" + id + ".1 \n");
    assertThat(world.about(id)).doesNotContain("veth" + id, "vz" + id);
    assertThat(inside(id, "ip link").ok()).doesNotContain("eth");
    assertThat(Host.read(sandbox.config(id))).contains("NETIF=\"\"");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(sandbox.vzctl("start", "" + id).ok()).doesNotContain("veth devices");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void whatIsSaidOfADeviceIsAppliedAtOnce() {
    sandbox.set(second, "--netif_add", "eth5,,,," + BRIDGE, "--save").expect(0);
    sandbox
        .set(second, "--ifname", "eth5", "--mac", "00:18:51:00:00:05", "--mtu", "1400")
        .expect(0);
    assertThat(inside(second, "ip link show eth5").ok()).contains("mtu 1400", "00:18:51:00:00:05");
    assertThat(rules(second, "eth5")).contains("ether saddr != 00:18:51:00:00:05");
    sandbox
        .set(second, "--ifname", "eth5", "--mac_filter", "off", "--rate_down", "10000")
        .expect(0);
    assertThat(rules(second, "eth5")).doesNotContain("ether saddr");
    assertThat(world.onHost("tc", "qdisc", "show", "dev", "veth" + second + ".5").ok())
        .contains("tbf", "rate 10Mbit");
    sandbox.set(second, "--ifname", "eth5", "--rate_down", "0").expect(0);
    assertThat(world.onHost("tc", "qdisc", "show", "dev", "veth" + second + ".5").ok())
        .doesNotContain("tbf");
    sandbox.set(second, "--netif_del", "eth5", "--save").expect(0);
  }

  @Test
  void aBridgeIsMadeIfItIsMissingAndIsLeft() {
    sandbox.set(second, "--netif_add", "eth6,,,,vztest-br").expect(0);
    assertThat(world.onHost("bridge", "link").ok()).contains("veth" + second + ".6", "vztest-br");
    sandbox.set(second, "--netif_del", "eth6").expect(0);
    assertThat(world.onHost("ip", "link", "show", "vztest-br").ok()).contains("vztest-br");
    world.onHost("ip", "link", "del", "vztest-br").ok();
  }

  @Test
  void whatCannotBeMadeChangesNothing() throws IOException {
    world.onHost("ip", "link", "add", "vztest-d", "type", "bridge").ok();
    Result taken = sandbox.set(second, "--netif_add", "eth7,,vztest-d", "--save");
    assertThat(taken.expect(130).err()).contains("File exists");
    int third = sandbox.create("busybox");
    sandbox.set(third, "--netif_add", "eth7,,vztest-d", "--save").expect(0);
    assertThat(sandbox.vzctl("start", "" + third).expect(130).err()).contains("File exists");
    world.onHost("ip", "link", "show", "vztest-d").ok();
    world.onHost("ip", "link", "del", "vztest-d").ok();
    Path script = directory.resolve("hook");
    Files.writeString(script, "#!/bin/sh\necho \"$VEID $*\" >>" + directory + "/hooked\nexit 3\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path file = sandbox.etc().resolve("vznet.conf");
    Files.writeString(file, "EXTERNAL_SCRIPT=\"" + script + "\"\n");
    try {
      sandbox.set(second, "--netif_add", "eth7", "--save").expect(130);
    } finally {
      Files.delete(file);
    }
    assertThat(directory.resolve("hooked"))
        .hasContent(second + " init veth veth" + second + ".7\n");
    assertThat(world.onHost("ip", "link").ok()).doesNotContain("veth" + second + ".7");
    assertThat(Host.read(sandbox.config(second))).doesNotContain("eth7");
    assertThat(inside(second, "ip link").ok()).contains("eth0").doesNotContain("eth7");
  }

  @Test
  void theScriptForBridgesPutsADeviceIntoTheOneOfNetif() throws IOException {
    world.onHost("ip", "link", "add", "vmbr0", "type", "bridge").ok();
    int id = sandbox.create("busybox");
    sandbox.set(id, "--netif_add", "eth0", "--netif_add", "eth1,,,," + BRIDGE, "--save").expect(0);
    Path file = sandbox.etc().resolve("vznet.conf");
    Path script = sandbox.base().resolve("lib/bin/vznetaddbr");
    Files.writeString(file, "EXTERNAL_SCRIPT=\"" + script + "\"\n");
    String name = "veth" + id;
    try {
      assertThat(sandbox.vzctl("start", "" + id).ok())
          .contains("Adding interface " + name + ".0 to bridge vmbr0 on CT0 for CT" + id + "\n")
          .contains("Adding interface " + name + ".1 to bridge " + BRIDGE + " on CT0 for CT" + id);
    } finally {
      Files.delete(file);
    }
    assertThat(world.onHost("bridge", "link", "show", "dev", name + ".0").ok())
        .contains(" master vmbr0 ");
    assertThat(world.onHost("bridge", "link", "show", "dev", name + ".1").ok())
        .contains(" master " + BRIDGE + " ");
    world.onHost("ip", "link", "set", name + ".0", "down").ok();
    sandbox.tool("vznetcfg", "init", "veth", name + ".0").expect(0);
    assertThat(world.onHost("ip", "link", "show", name + ".0").ok()).contains(",UP");
    assertThat(sandbox.tool("vznetcfg", "exit", "veth", name + ".0").expect(1).err())
        .contains("invalid action");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    world.onHost("ip", "link", "del", "vmbr0").ok();
  }

  @Test
  void whatIsNotItsOwnDoesNotLeaveIt() {
    String other = "00:18:51:77:00:99";
    sandbox
        .set(first, "--ifname", "eth0", "--filter_ip", "10.77.0.51", "--filter_ip", "fd77::51")
        .expect(0);
    int before = world.dropped(first, "eth0");
    String local = "fe80::218:51ff:fe77:51";
    List<String> frames =
        List.of(
            Frames.frame(BROADCAST, other, "0800", own4(9, "mac")),
            Frames.frame(BROADCAST, MAC, "0800", udp4("10.77.0.1", 9, "address")),
            Frames.frame(BROADCAST, MAC, "86dd", Frames.udp6("fd77::1", "ff02::1", "address6")),
            Frames.frame(BROADCAST, MAC, "0806", Frames.arp(2, MAC, "10.77.0.1", CLIENT, "arp")),
            Frames.frame(
                BROADCAST, MAC, "0806", Frames.arp(2, other, "10.77.0.51", CLIENT, "arp-mac")),
            Frames.frame(
                BROADCAST, MAC, "86dd", Frames.advertisement(local, "fd77::1", MAC, "advert")),
            Frames.frame(BROADCAST, MAC, "86dd", Frames.router(local, "router")),
            Frames.frame(BROADCAST, MAC, "0800", own4(67, "dhcp-answer")),
            Frames.tagged(BROADCAST, MAC, "0800", own4(9, "tagged")),
            Frames.frame(
                BROADCAST, MAC, "88cc", "vztest:lldp\0".getBytes(StandardCharsets.US_ASCII)));
    List<String> words = new ArrayList<>(frames);
    words.add(
        Frames.frame(
            BROADCAST, MAC, "86dd", Frames.advertisement(local, "fd77::51", MAC, "own-advert")));
    words.add(
        Frames.frame(BROADCAST, MAC, "0806", Frames.arp(1, MAC, "10.77.0.51", CLIENT, "own-arp")));
    words.add(Frames.frame(BROADCAST, MAC, "0800", own4(9, "end")));
    try (Running listener = world.listen(Frames.MARK, "end")) {
      inside(first, "/packets send eth0 " + String.join(" ", words)).expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines())
          .as("what came to the client")
          .containsExactly("listening", "own-advert", "own-arp", "end");
    }
    assertThat(world.dropped(first, "eth0") - before).isGreaterThanOrEqualTo(frames.size());
    world.awaitPage("10.77.0.51", "first");
    world.awaitPage("fd77::51", "first");
    sandbox.set(first, "--ifname", "eth0", "--filter_ip", "all").expect(0);
    assertThat(rules(first, "eth0")).doesNotContain("addresses4");
  }

  @Test
  void aVlanPartsWhatABridgeCarries() {
    Result able =
        world.onHost("ip", "link", "add", "vztest-vf", "type", "bridge", "vlan_filtering", "1");
    assumeTrue(able.status() == 0, "needs a kernel with BRIDGE_VLAN_FILTERING");
    world.onHost("ip", "link", "del", "vztest-vf").ok();
    int id = sandbox.create("busybox");
    sandbox
        .set(id, "--netif_add", "eth0,,,,vztest-vl", "--ifname", "eth0", "--vlan", "5", "--save")
        .expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(world.onHost("bridge", "vlan", "show", "dev", "veth" + id + ".0").ok())
        .contains("5 PVID Egress Untagged")
        .doesNotContain(" 1 ");
    world.onHost("ip", "addr", "add", "10.88.0.1/24", "dev", "vztest-vl").ok();
    inside(id, "ip link set eth0 up; ip addr add 10.88.0.2/24 dev eth0").expect(0);
    String ping = "ping -c 1 -W 1 10.88.0.1";
    assertThat(inside(id, ping).status()).as("the host is in VLAN 1").isNotZero();
    sandbox.set(id, "--ifname", "eth0", "--vlan", "0").expect(0);
    assertThat(inside(id, ping).status()).isZero();
    sandbox.set(id, "--ifname", "eth0", "--vlan", "6").expect(0);
    assertThat(inside(id, ping).status()).isNotZero();
    world
        .onHost("bridge", "vlan", "add", "dev", "vztest-vl", "vid", "6", "pvid", "untagged", "self")
        .ok();
    assertThat(inside(id, ping).status()).as("both in VLAN 6").isZero();
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    world.onHost("ip", "link", "del", "vztest-vl").ok();
  }

  @Test
  void aBridgeThatDoesNotFilterByVlanIsLeftSo() {
    assertThat(sandbox.set(second, "--ifname", "eth0", "--vlan", "5").expect(130).err())
        .contains("bridge " + BRIDGE + " does not filter by VLAN");
    sandbox
        .set(second, "--netif_add", "eth8", "--ifname", "eth8", "--vlan", "5", "--save")
        .expect(20);
    sandbox.set(second, "--ifname", "eth0", "--vlan", "4095").expect(21);
    world.awaitPage("10.77.0.52", "second");
  }

  @Test
  void aFirewallHoldsWhatABridgeCarries() {
    sandbox.set(second, "--fw_rule", "allow in tcp port 80 from " + CLIENT + "; deny in").expect(0);
    try {
      world.awaitPage("10.77.0.52", "second");
      assertThat(world.pings("10.77.0.52")).isFalse();
      assertThat(world.pings("fd77::52")).isFalse();
      assertThat(inside(first, "ping -c 1 -W 1 10.77.0.52").status()).isNotZero();
      assertThat(inside(second, "ping -c 1 -W 5 10.77.0.51").status()).isZero();
      assertThat(inside(second, "ping6 -c 1 -W 5 fd77::2").status()).isZero();
      assertThat(sandbox.vzctl("fw", "" + second).ok()).contains("  deny in\n");
    } finally {
      sandbox.set(second, "--fw_del", "all").expect(0);
    }
    world.awaitPing("10.77.0.52");
  }

  private static byte[] udp4(String source, int port, String name) {
    return Frames.udp4(source, "10.77.0.255", port, port == 67 ? 68 : 9, name);
  }

  private static byte[] own4(int port, String name) {
    return udp4("10.77.0.51", port, name);
  }

  @Test
  void itDoesNotSeeItsNeighboursTraffic() {
    try (Running listener =
        sandbox.background("exec2", "" + first, "/packets listen eth0 vztest: end")) {
      Host.await(
          "it listens",
          Duration.ofSeconds(30),
          () -> listener.outSoFar().startsWith("listening\n"));
      // Nobody knows where the first one is: a bridge sends it everywhere.
      String source = "02:77:00:00:00:02";
      world
          .onClient(
              directory.resolve("packets").toString(),
              "send",
              "eth0",
              Frames.frame("02:77:00:00:00:98", source, "0800", udp4(CLIENT, 9, "neighbours")),
              Frames.frame(MAC, source, "0800", Frames.udp4(CLIENT, "10.77.0.51", 9, 9, "own")),
              Frames.frame(BROADCAST, source, "0800", udp4(CLIENT, 9, "end")))
          .expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines()).containsExactly("listening", "own", "end");
    }
  }

  /** Seconds that it takes to fetch 12,000,000 bytes: 4 of them at 24,000 kbit/s. */
  private static double seconds(Supplier<Result> fetch) {
    long start = System.nanoTime();
    assertThat(fetch.get().ok()).isEqualTo("12000000\n");
    return (System.nanoTime() - start) / 1e9;
  }

  @Test
  void bothWaysHaveTheirRates() throws IOException {
    Path page = Files.createDirectories(directory.resolve("www")).resolve("much");
    Files.write(page, new byte[12_000_000]);
    inside(second, "head -c 12000000 /dev/zero >/www/much").expect(0);
    String[] server = {
      "busybox", "httpd", "-f", "-p", "10.77.0.1:8070", "-h", page.getParent() + ""
    };
    try (Running running = Running.start(new ProcessBuilder(world.command(server)))) {
      assertThat(running.process().isAlive()).isTrue();
      world.awaitOnHost("10.77.0.1", 8070);
      String down = "wget -q -O - http://10.77.0.1:8070/much | wc -c";
      String up = "busybox wget -q -O - http://10.77.0.52/much | wc -c";
      assertThat(seconds(() -> inside(second, down))).as("without").isLessThan(2);
      sandbox
          .set(second, "--ifname", "eth0", "--rate_down", "24000", "--rate_up", "24000")
          .expect(0);
      // Down it may be faster by a tenth of a second's worth, up by a whole one's, which is what
      // nft's
      // bucket holds; slower is what TCP makes of losses.
      assertThat(seconds(() -> inside(second, down))).isBetween(3.6, 8.0);
      assertThat(seconds(() -> world.onHost("sh", "-c", up))).isBetween(2.8, 12.0);
      sandbox.set(second, "--ifname", "eth0", "--rate_down", "0", "--rate_up", "0").expect(0);
      assertThat(seconds(() -> world.onHost("sh", "-c", up))).as("lifted").isLessThan(2);
    }
  }

  @Test
  void whatIsBeyondItsRateIsDropped() {
    sandbox.set(second, "--ifname", "eth0", "--rate_up", "64").expect(0);
    inside(second, "ping -c 3 -W 1 -s 60000 10.77.0.1 >/dev/null; true").expect(0);
    String text =
        world.onHost("nft", "list", "counter", "netdev", "vz" + second + ".eth0", "limited").ok();
    assertThat(text).doesNotContain("packets 0 ");
    sandbox.set(second, "--ifname", "eth0", "--rate_up", "0").expect(0);
    world.awaitPage("10.77.0.52", "second");
  }
}

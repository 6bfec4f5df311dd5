package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways that lead to a container, and what they outlive: the host is in a bridge with a wire to the
 * client; the first container has addresses of venet, the second a device in that bridge.
 */
@Tag("root")
@Timeout(180)
class NetworkPathsTest {
  private static final String BRIDGE = "br77";
  private static final String ROUTED = "10.77.0.91";
  private static final String ROUTED6 = "fd77::91";
  private static final String BRIDGED = "10.77.0.92";
  private static final String CLIENT = "10.77.0.2";

  @TempDir private static Path directory;
  private static NetworkWorld world;
  private static Sandbox sandbox;
  private static int routed;
  private static int bridged;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    world.bridge(BRIDGE);
    sandbox = world.sandbox();
    world.compile(directory);
    routed = sandbox.create("busybox", "--ipadd", ROUTED, "--ipadd", ROUTED6);
    bridged = sandbox.create("busybox");
    world.putInto(sandbox, routed);
    sandbox.vzctl("set", "" + bridged, "--netif_add", "eth0,,,," + BRIDGE, "--save").expect(0);
    sandbox.vzctl("start", "" + routed, "" + bridged).expect(0);
    configure();
    NetworkWorld.serve(sandbox, routed, "routed");
    NetworkWorld.serve(sandbox, bridged, "bridged");
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

  private static void configure() {
    inside(bridged, "ip link set eth0 up; ip addr add " + BRIDGED + "/24 dev eth0").expect(0);
  }

  @Test
  void containersReachEachOtherWhateverTheyHave() {
    world.awaitPage(ROUTED, "routed");
    world.awaitPage(BRIDGED, "bridged");
    Host.await(
        "the routed one reaches the bridged one",
        Sandbox.LIMIT,
        () -> inside(routed, "ping -c 1 -W 1 " + BRIDGED).status() == 0);
    assertThat(inside(bridged, "wget -q -O - http://" + ROUTED).ok()).isEqualTo("routed\n");
  }

  @Test
  void theUplinkGoesAndComesBack() {
    world.awaitPing(ROUTED);
    world.onHost("ip", "link", "set", NetworkWorld.UPLINK, "down").ok();
    assertThat(world.pings(ROUTED)).isFalse();
    world.onHost("ip", "link", "set", NetworkWorld.UPLINK, "up").ok();
    world.awaitPage(ROUTED, "routed");
    world.awaitPage(ROUTED6, "routed");
    world.awaitPage(BRIDGED, "bridged");
  }

  @Test
  void aRestartFromInsideGivesItItsNetworkAgain() {
    long before = sandbox.init(bridged);
    inside(bridged, "reboot -f; true");
    Host.await(
        "another init runs",
        Sandbox.LIMIT,
        () -> sandbox.init(bridged) != before && sandbox.init(bridged) != 0);
    sandbox.awaitUnlocked(bridged);
    sandbox.awaitStatus(bridged, "exist mounted running");
    configure();
    NetworkWorld.serve(sandbox, bridged, "bridged");
    world.awaitPage(BRIDGED, "bridged");
  }

  @Test
  void oneByVenetDoesNotSeeItsNeighboursTraffic() {
    try (Running listener =
        sandbox.background("exec2", "" + routed, "/packets listen venet0 vztest: end")) {
      Host.await("it listens", Sandbox.LIMIT, () -> listener.outSoFar().startsWith("listening\n"));
      String mac = hardware(BRIDGE);
      world
          .onClient(
              directory.resolve("packets").toString(),
              "send",
              "eth0",
              to(mac, BRIDGED, "neighbours"),
              to("ff:ff:ff:ff:ff:ff", "10.77.0.255", "to-all"),
              to(mac, ROUTED, "own"),
              to(mac, ROUTED, "end"))
          .expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines()).containsExactly("listening", "own", "end");
    }
  }

  private static String to(String mac, String address, String name) {
    return Frames.frame(mac, "02:77:00:00:00:02", "0800", Frames.udp4(CLIENT, address, 9, 9, name));
  }

  private static String hardware(String device) {
    String link = world.onHost("ip", "-o", "link", "show", device).ok();
    return link.substring(link.indexOf("ether ") + 6).split(" ", 2)[0];
  }

  @Test
  void whatABridgedOneForgesIsDroppedAndShown() {
    String mac = inside(bridged, "cat /sys/class/net/eth0/address").ok().strip();
    world.putInto(sandbox, bridged);
    String all = "ff:ff:ff:ff:ff:ff";
    sandbox.vzctl("set", "" + bridged, "--ifname", "eth0", "--filter_ip", BRIDGED).expect(0);
    List<String> frames =
        List.of(
            Frames.frame(all, mac, "0806", Frames.arp(1, mac, "10.77.0.1", CLIENT, "arp-request")),
            Frames.frame(all, mac, "0806", Frames.arp(2, mac, "10.77.0.1", CLIENT, "arp-answer")));
    String good = Frames.frame(all, mac, "0806", Frames.arp(1, mac, BRIDGED, CLIENT, "end"));
    try (Running listener = world.listen(Frames.MARK, "end")) {
      inside(bridged, "/packets send eth0 " + String.join(" ", frames) + " " + good).expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines()).containsExactly("listening", "end");
    }
    sandbox.vzctl("set", "" + bridged, "--ifname", "eth0", "--mac_filter", "off").expect(0);
    try (Running listener = world.listen(Frames.MARK, "end")) {
      inside(bridged, "/packets send eth0 " + String.join(" ", frames) + " " + good).expect(0);
      assertThat(listener.await(Sandbox.LIMIT).lines())
          .as("they would arrive, were they not dropped")
          .containsExactly("listening", "arp-request", "arp-answer", "end");
    }
    sandbox.vzctl("set", "" + bridged, "--ifname", "eth0", "--mac_filter", "on").expect(0);
    inside(bridged, "/packets send eth0 " + frames.getFirst()).expect(0);
    assertThat(sandbox.vzctl("fw", "" + bridged).ok())
        .containsPattern(" [1-9][0-9]* +[1-9][0-9]*  eth0 +spoofed: dropped\n");
    sandbox.vzctl("set", "" + bridged, "--ifname", "eth0", "--filter_ip", "all").expect(0);
  }

  @Test
  void debianIsReachedByBoth() throws IOException {
    int id = sandbox.create("debian-12-x86_64", "--ipadd", "10.77.0.95", "--ipadd", "fd77::95");
    Host.run("cp", "/bin/busybox", sandbox.privateArea(id).resolve("busybox").toString()).expect(0);
    sandbox.vzctl("set", "" + id, "--netif_add", "eth0,,,," + BRIDGE, "--save").expect(0);
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
    inside(id, "mkdir -p /www; echo debian >/www/index.html; /busybox httpd -p 8088 -h /www")
        .expect(0);
    world.awaitPage("10.77.0.95", 8088, "debian");
    world.awaitPage("fd77::95", 8088, "debian");
    world.awaitPing("10.77.0.95");
    // Of a network of its own: the host's route to the other one is not touched.
    world.onClient("ip", "addr", "add", "10.88.0.2/24", "dev", "eth0").ok();
    inside(id, "/busybox ip link set eth0 up; /busybox ip addr add 10.88.0.95/24 dev eth0")
        .expect(0);
    world.awaitPage("10.88.0.95", 8088, "debian");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(world.onHost("nft", "list", "tables").ok()).doesNotContain("vz" + id);
  }
}

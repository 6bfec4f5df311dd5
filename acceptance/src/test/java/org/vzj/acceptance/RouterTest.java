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

/** Containers and a client with a router between them and their host. */
@Tag("root")
@Timeout(180)
class RouterTest {
  private static final String BRIDGE = "br77";
  private static final String ROUTED = "10.77.0.61";
  private static final String ROUTED6 = "fd77::61";
  private static final String BRIDGED = "10.77.0.62";
  private static final String BRIDGED6 = "fd77::62";
  private static final String PRIVATE = "10.99.0.63";
  private static final String CLIENT = "10.76.0.2";
  private static final String CLIENT6 = "fd76::2";

  @TempDir private static Path directory;
  private static NetworkWorld world;
  private static Sandbox sandbox;
  private static int routed;
  private static int bridged;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.openBehindRouter();
    world.bridge(BRIDGE);
    world.route();
    sandbox = world.sandbox();
    world.compile(directory);
    routed = sandbox.create("busybox", "--ipadd", ROUTED, "--ipadd", ROUTED6);
    bridged = sandbox.create("busybox");
    sandbox.set(bridged, "--netif_add", "eth0,,,," + BRIDGE, "--save").expect(0);
    sandbox.vzctl("start", "" + routed, "" + bridged).expect(0);
    inside(
            bridged,
            "ip link set lo up; ip link set eth0 up; ip addr add "
                .concat(BRIDGED)
                .concat("/24 dev eth0; ip addr add " + BRIDGED6)
                .concat("/64 dev eth0; ip route add default via 10.77.0.2; ip route add ::/0 via")
                .concat(" fd77::2"))
        .expect(0);
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

  private static void awaitPages() {
    for (String address : List.of(ROUTED, ROUTED6)) {
      world.awaitPage(address, "routed");
    }
    for (String address : List.of(BRIDGED, BRIDGED6)) {
      world.awaitPage(address, "bridged");
    }
  }

  @Test
  void theClientReachesThemAndTheyTheClient() {
    awaitPages();
    for (int id : List.of(routed, bridged)) {
      inside(id, "ping -c 1 -W 5 " + CLIENT).expect(0);
      inside(id, "ping6 -c 1 -W 5 " + CLIENT6).expect(0);
    }
    assertThat(inside(routed, "traceroute -n -q 1 -w 2 " + CLIENT).out())
        .as("the host and the router are hops")
        .contains("10.77.0.1", "10.77.0.2", CLIENT);
  }

  @Test
  void theUplinkGoesDownAndComesUp() {
    world.awaitPage(ROUTED, "routed");
    world.onHost("ip", "link", "set", NetworkWorld.UPLINK, "down").ok();
    assertThat(world.pings(ROUTED)).isFalse();
    world.onHost("ip", "link", "set", NetworkWorld.UPLINK, "up").ok();
    awaitPages();
    world.onHost("ip", "link", "set", BRIDGE, "down").ok();
    assertThat(world.pings(ROUTED)).isFalse();
    world.onHost("ip", "link", "set", BRIDGE, "up").ok();
    // Its addresses of IPv6 and its routes went with it: ifup sets them.
    world.onHost("ip", "addr", "replace", "fd77::1/64", "dev", BRIDGE, "nodad").ok();
    world.route();
    awaitPages();
  }

  @Test
  void itsInterfacesGoDownAndComeUp() {
    world.awaitPage(BRIDGED, "bridged");
    inside(bridged, "ip link set eth0 down").expect(0);
    assertThat(world.pings(BRIDGED)).isFalse();
    inside(bridged, "ip link set eth0 up; ip route add default via 10.77.0.2").expect(0);
    inside(bridged, "ip addr add " + BRIDGED6 + "/64 dev eth0; ip route add ::/0 via fd77::2");
    awaitPages();
  }

  @Test
  void debianTakesItsInterfaceDownAndUp() {
    int id = sandbox.create("debian-12-x86_64", "--ipadd", "10.77.0.64", "--ipadd", "fd77::64");
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
    world.awaitPing("10.77.0.64");
    world.awaitPing("fd77::64");
    for (int i = 0; i < 2; i++) {
      inside(id, "ifdown venet0").expect(0);
      assertThat(world.pings("10.77.0.64")).isFalse();
      assertThat(world.pings("fd77::64")).isFalse();
      inside(id, "ifup venet0").expect(0);
      world.awaitPing("10.77.0.64");
      world.awaitPing("fd77::64");
    }
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void aPrivateAddressGoesOutAsTheHosts() {
    int id = sandbox.create("busybox", "--ipadd", PRIVATE);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "ping -c 1 -W 1 " + CLIENT).status()).as("nobody knows it").isNotZero();
    sandbox.set(id, "--fw_rule", "nat; forward tcp port 8080 to port 80", "--save").expect(0);
    NetworkWorld.serve(sandbox, id, "private");
    for (int i = 0; i < 2; i++) {
      inside(id, "ping -c 1 -W 5 " + CLIENT).expect(0);
      world.awaitPage("10.77.0.1", 8080, "private");
      sandbox.vzctl("restart", "" + id, "--fast").expect(0);
      NetworkWorld.serve(sandbox, id, "private");
    }
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two network namespaces with a wire between them: one stands for the host that the tools work on,
 * the other for a client on its network, or for a router with a client behind it. The machine's own
 * network is not touched.
 */
final class NetworkWorld implements AutoCloseable {
  /** The wire's end on the host. */
  static final String UPLINK = "up0";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String host = "vztest-host-" + ProcessHandle.current().pid();
  private final String client = "vztest-client-" + ProcessHandle.current().pid();
  private final String router = "vztest-router-" + ProcessHandle.current().pid();
  private Path packets = Path.of("/nonexistent");
  private @Nullable Sandbox sandbox;

  private NetworkWorld() {}

  /** Makes the networks 10.77.0.0/24 and fd77::/64: the host is number 1, the client 2. */
  static NetworkWorld open() {
    NetworkWorld world = make();
    world.wire(world.host, UPLINK, world.client, "eth0");
    world.configure(world.host, UPLINK, 77, "1");
    world.configure(world.client, "eth0", 77, "2");
    world.forward();
    return world;
  }

  /**
   * The same with a router as number 2: the client is number 2 of the networks 10.76.0.0/24 and
   * fd76::/64 behind it.
   */
  static NetworkWorld openBehindRouter() {
    NetworkWorld world = make();
    ip("netns", "add", world.router);
    world.wire(world.host, UPLINK, world.router, "eth0");
    world.wire(world.router, "eth1", world.client, "eth0");
    world.configure(world.host, UPLINK, 77, "1");
    world.configure(world.router, "eth0", 77, "2");
    world.configure(world.router, "eth1", 76, "1");
    world.configure(world.client, "eth0", 76, "2");
    run(world.router, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
        .ok();
    ip("-n", world.client, "route", "add", "default", "via", "10.76.0.1");
    ip("-n", world.client, "route", "add", "::/0", "via", "fd76::1");
    world.forward();
    world.route();
    return world;
  }

  private static NetworkWorld make() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/ip")), "needs iproute2");
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nft")), "needs nftables");
    assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "needs busybox");
    NetworkWorld world = new NetworkWorld();
    ip("netns", "add", world.host);
    ip("netns", "add", world.client);
    return world;
  }

  private void wire(String one, String device, String other, String peer) {
    ip(
        ("-n " + one + " link add " + device + " type veth peer name " + peer + " netns ")
            .concat(other)
            .split(" "));
  }

  private void forward() {
    onHost("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1").ok();
    // The kernel waits up to 0.8 s with an answer for somebody else.
    onHost(
            "sysctl",
            "-qw",
            "net.ipv4.neigh." + UPLINK + ".proxy_delay=0",
            "net.ipv6.neigh." + UPLINK + ".proxy_delay=0")
        .ok();
  }

  /** The host's ways by the router, which go when the wire's end is down. */
  void route() {
    ip("-n", host, "route", "replace", "default", "via", "10.77.0.2");
    ip("-n", host, "route", "replace", "::/0", "via", "fd77::2");
  }

  private void configure(String namespace, String device, int net, String number) {
    ip("-n", namespace, "link", "set", "lo", "up");
    ip("-n", namespace, "link", "set", device, "up");
    ip("-n", namespace, "addr", "add", "10." + net + ".0." + number + "/24", "dev", device);
    ip("-n", namespace, "addr", "add", "fd" + net + "::" + number + "/64", "dev", device, "nodad");
  }

  private static void ip(String... words) {
    List<String> all = new ArrayList<>(List.of("ip"));
    all.addAll(List.of(words));
    Host.run(all.toArray(String[]::new)).expect(0);
  }

  /** Makes the wire and the host's addresses those of a bridge. */
  void bridge(String name) {
    onHost("ip", "link", "add", name, "type", "bridge").ok();
    onHost("ip", "addr", "flush", "dev", UPLINK).ok();
    onHost("ip", "link", "set", UPLINK, "master", name).ok();
    configure(host, name, 77, "1");
  }

  /** The sandbox whose tools work on this host; its busyboxes have a distribution's scripts. */
  Sandbox sandbox() throws IOException {
    Sandbox open = sandbox;
    if (open == null) {
      // Not ip netns exec: that mounts another /sys, where there are no cgroups.
      open = Sandbox.open(enter(host));
      sandbox = open;
      Path dists = open.etc().resolve("dists");
      Files.copy(dists.resolve("default"), dists.resolve("busybox.conf"));
    }
    return open;
  }

  private static List<String> enter(String namespace) {
    return List.of("nsenter", "--net=/run/netns/" + namespace);
  }

  private static Result run(String namespace, String... words) {
    return Host.run(inside(namespace, words));
  }

  private static String[] inside(String namespace, String... words) {
    List<String> all = new ArrayList<>(enter(namespace));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  /** The words that run a program on the host. */
  String[] command(String... words) {
    return inside(host, words);
  }

  /** Runs a program on the host. */
  Result onHost(String... words) {
    return run(host, words);
  }

  /** Runs a program on the client. */
  Result onClient(String... words) {
    return run(client, words);
  }

  /** Waits until an address answers the client. */
  void awaitPing(String address) {
    Host.await(address + " answers", LIMIT, () -> pings(address));
  }

  /** Whether an address answers the client within a second. */
  boolean pings(String address) {
    String ping = address.indexOf(':') >= 0 ? "ping6" : "ping";
    return onClient("busybox", ping, "-c", "1", "-W", "1", address).status() == 0;
  }

  /** Waits until the page that a container serves arrives at the client. */
  void awaitPage(String address, String text) {
    awaitPage(address, 80, text);
  }

  /** The same at another port. */
  void awaitPage(String address, int port, String text) {
    Host.await(
        "http://" + address + ":" + port + " gives " + text,
        LIMIT,
        () -> onClient(page(address, port)).out().endsWith("\n" + text + "\n"));
  }

  /** Waits until something answers at a port of the host. */
  void awaitOnHost(String address, int port) {
    Host.await(
        address + ":" + port + " answers",
        LIMIT,
        () -> onHost(page(address, port)).out().startsWith("HTTP/"));
  }

  /** The words of a command that prints a page with what comes before it. */
  static String[] page(String address, int port) {
    // Neither wget nor curl: one may be missing, both may have been told of a proxy.
    String script =
        "exec 3<>/dev/tcp/"
            + address
            + "/"
            + port
            + "; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
    return new String[] {"timeout", "5", "bash", "-c", script};
  }

  /** Makes a container serve a page with a text of one word. */
  static void serve(Sandbox sandbox, int id, String text) {
    sandbox
        .vzctl("exec2", "" + id, "mkdir -p /www; echo " + text + " >/www/index.html; httpd -h /www")
        .expect(0);
  }

  /** Compiles the program that sends and receives raw frames, static, so that it runs inside. */
  void compile(Path directory) {
    packets = GuestProgram.compile("packets", directory);
  }

  /** Puts that program into a container's files, as /packets. */
  void putInto(Sandbox sandbox, int id) {
    Path target = sandbox.privateArea(id).resolve("packets");
    Host.run("cp", packets.toString(), target.toString()).expect(0);
  }

  /** Listens on the client for frames with a mark; see packets.c. */
  Running listen(String mark, String end) {
    Running running =
        Running.start(
            new ProcessBuilder(inside(client, packets.toString(), "listen", "eth0", mark, end)));
    Host.await("it listens", LIMIT, () -> running.outSoFar().startsWith("listening\n"));
    return running;
  }

  /** The rules, links, routes and neighbours of the host that concern a container. */
  String about(int id) {
    StringBuilder found = new StringBuilder();
    onHost("nft", "list", "tables")
        .ok()
        .lines()
        .filter(l -> l.contains("vz" + id + "."))
        .forEach(found::append);
    onHost("ip", "link")
        .ok()
        .lines()
        .filter(l -> l.contains("." + id) || l.contains("veth" + id))
        .forEach(found::append);
    return found.append(onHost("ip", "neigh", "show", "proxy").ok()).toString();
  }

  /** How many packets of a container's device were dropped. */
  int dropped(int id, String device) {
    String text =
        onHost("nft", "list", "counter", "netdev", "vz" + id + "." + device, "spoofed").ok();
    String[] words = text.substring(text.indexOf("packets ")).split("\\s+");
    return Integer.parseInt(words[1]);
  }

  @Override
  public void close() {
    try {
      if (sandbox != null) {
        sandbox.close();
      }
    } finally {
      end();
    }
  }

  private void end() {
    for (String namespace : List.of(host, client, router)) {
      if (!Files.exists(Path.of("/run/netns", namespace))) {
        continue;
      }
      Result result = Host.run("ip", "netns", "del", namespace);
      assertThat(result.status()).as(result::toString).isZero();
    }
  }
}

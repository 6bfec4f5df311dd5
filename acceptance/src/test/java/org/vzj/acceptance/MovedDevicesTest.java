package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices of the host's that containers get, and what a container leaves behind. */
@Tag("root")
@Timeout(120)
class MovedDevicesTest {
  private static NetworkWorld world;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    sandbox = world.sandbox();
    // Virtual ones, which the kernel would destroy with a container's network.
    for (String name : new String[] {"vztest-a", "vztest-b"}) {
      world.onHost("ip", "link", "add", name, "type", "veth", "peer", "name", name + "p").ok();
    }
  }

  @AfterAll
  static void end() {
    if (world != null) {
      world.close();
    }
  }

  private static String onHost() {
    return world.onHost("ip", "-o", "link").ok();
  }

  private static String inside(int id) {
    return sandbox.vzctl("exec2", "" + id, "ip -o link").ok();
  }

  @Test
  void aDeviceGoesInAndComesBackHoweverItEnds() {
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.31");
    sandbox.set(id, "--netdev_add", "vztest-a", "--save").expect(0);
    assertThat(Host.read(sandbox.config(id))).contains("NETDEV=\"vztest-a\"");
    assertThat(sandbox.vzctl("--dry-run", "start", "" + id).ok())
        .contains("ip link set vztest-a netns ");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id)).contains("vztest-a@");
    assertThat(onHost()).doesNotContain("vztest-a@").contains("vztest-ap@");
    world.onHost("ip", "link", "set", "vztest-ap", "up").ok();
    world.onHost("ip", "addr", "add", "10.79.0.1/24", "dev", "vztest-ap").ok();
    sandbox
        .vzctl("exec2", "" + id, "ip link set vztest-a up; ip addr add 10.79.0.2/24 dev vztest-a")
        .expect(0);
    world.onHost("busybox", "ping", "-c", "1", "-W", "5", "10.79.0.2").ok();
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    assertThat(onHost()).contains("vztest-a@");
    assertThat(sandbox.remains(id)).isEmpty();

    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.vzctl("exec2", "" + id, "poweroff -f; true");
    sandbox.awaitStatus(id, "exist unmounted down");
    sandbox.awaitUnlocked(id);
    assertThat(onHost()).contains("vztest-a@");

    sandbox.vzctl("start", "" + id).expect(0);
    Host.kill("KILL", sandbox.init(id));
    sandbox.awaitStatus(id, "exist unmounted down");
    sandbox.awaitUnlocked(id);
    assertThat(onHost()).contains("vztest-a@");
    assertThat(sandbox.remains(id)).isEmpty();
  }

  @Test
  void aRunningContainerIsGivenOneAndGivesItBack() {
    int id = sandbox.create("busybox");
    int other = sandbox.create("busybox");
    assertThat(sandbox.set(id, "--netdev_add", "vztest-b").status()).isEqualTo(31);
    sandbox.vzctl("start", "" + id, "" + other).expect(0);
    sandbox.set(id, "--netdev_add", "vztest-b").expect(0);
    assertThat(inside(id)).contains("vztest-b@");
    assertThat(sandbox.set(other, "--netdev_add", "vztest-b", "--save").expect(104).err())
        .contains("Unable to add netdev vztest-b: ")
        .contains("not saving configuration file");
    sandbox.set(other, "--netdev_add", "vztest-none").expect(104);
    sandbox.set(other, "--netdev_add", "venet0").expect(21);
    sandbox.set(id, "--netdev_del", "vztest-b").expect(0);
    assertThat(inside(id)).doesNotContain("vztest-b@");
    assertThat(onHost()).contains("vztest-b@");
    sandbox.set(other, "--netdev_add", "vztest-b", "--save").expect(0);
    sandbox.vzctl("exec2", "" + other, "ip link set vztest-b name else").expect(0);
    assertThat(sandbox.set(other, "--netdev_del", "vztest-b").expect(104).err())
        .contains("Unable to delete netdev vztest-b: Cannot find device");
    sandbox.vzctl("exec2", "" + other, "ip link set else name vztest-b").expect(0);
    sandbox.vzctl("stop", "" + other, "" + id, "--fast").expect(0);
    assertThat(onHost()).contains("vztest-b@");
    sandbox.set(id, "--netdev_add", "vztest-none", "--save").expect(0);
    assertThat(sandbox.vzctl("start", "" + id).expect(104).err())
        .contains("Unable to add netdev vztest-none: the host has no such network device");
    assertThat(sandbox.remains(id)).isEmpty();
  }

  @Test
  void whatCannotBeRemovedIsToldAndRemovedByTheNextCommand() throws IOException {
    int id = sandbox.create("busybox", "--ipadd", "10.77.0.32");
    sandbox.vzctl("start", "" + id).expect(0);
    String table = "netdev vz" + id + ".venet0";
    // A table has its owner while that runs: nobody else may delete it.
    try (Running owner = Running.start(new ProcessBuilder(world.command("nft", "-i")))) {
      owner
          .input()
          .write(
              ("delete table " + table + "; add table " + table + " { flags owner; }\n")
                  .getBytes(StandardCharsets.UTF_8));
      owner.input().flush();
      Host.await(
          "it owns the table",
          Sandbox.LIMIT,
          () ->
              world.onHost("nft", "list", "tables").ok().contains(table)
                  && world
                      .onHost("nft", "list", "table", "netdev", "vz" + id + ".venet0")
                      .out()
                      .contains("owner"));
      Result stop = sandbox.vzctl("stop", "" + id, "--fast");
      assertThat(stop.expect(3).err())
          .contains("Unable to remove what the container had on the network: table " + table)
          .contains("vzctl stop " + id + " tries again");
      assertThat(world.onHost("ip", "neigh", "show", "proxy").ok()).doesNotContain("10.77.0.32");
      assertThat(world.onHost("ip", "route").ok()).doesNotContain("10.77.0.32");
      assertThat(sandbox.vzctl("start", "" + id).expect(3).err()).contains(table);
    }
    assertThat(Files.exists(sandbox.state(id))).isTrue();
    sandbox.vzctl("stop", "" + id, "--fast");
    assertThat(sandbox.remains(id)).isEmpty();
    assertThat(world.about(id)).doesNotContain("vz" + id);
    sandbox.vzctl("start", "" + id).expect(0);
    world.awaitPing("10.77.0.32");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }
}

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

/** What our scripts write, in the hands of the tools that it is written for. */
@Tag("root")
@Timeout(300)
class NetworkToolsTest {
  private static final String ROOT = "netplan";

  private static NetworkWorld world;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    world = NetworkWorld.open();
    sandbox = world.sandbox();
    sandbox.template(ROOT);
    Path dists = sandbox.etc().resolve("dists");
    Files.copy(dists.resolve("debian.conf"), dists.resolve(ROOT + ".conf"));
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

  private static void awaitBoth(String number) {
    world.awaitPing("10.77.0." + number);
    world.awaitPing("fd77::" + number);
  }

  @Test
  void netplanTellsNetworkd() {
    int id = sandbox.create(ROOT, "--ipadd", "10.77.0.45/24", "--ipadd", "fd77::45/64");
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
    awaitBoth("45");
    Host.await(
        "networkd has configured it",
        Sandbox.LIMIT,
        () -> inside(id, "networkctl list venet0").out().contains(" configured"));
    assertThat(inside(id, "cat /run/systemd/network/10-netplan-venet0.network").ok())
        .contains("Address=10.77.0.45/24", "Address=fd77::45/64");
    // From the file alone.
    inside(id, "ip addr flush dev venet0; networkctl reconfigure venet0").expect(0);
    awaitBoth("45");
    sandbox.set(id, "--ipadd", "10.77.0.46", "--ipadd", "fd77::46").expect(0);
    sandbox.set(id, "--ipdel", "10.77.0.45", "--ipdel", "fd77::45").expect(0);
    inside(id, "ip addr flush dev venet0; networkctl reconfigure venet0").expect(0);
    awaitBoth("46");
    assertThat(inside(id, "ip addr show venet0").ok()).doesNotContain("10.77.0.45", "fd77::45");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }

  @Test
  void networkManagerReadsItsKeyfile() throws IOException {
    int id = sandbox.create(ROOT, "--ipadd", "10.77.0.47/24", "--ipadd", "fd77::47/64");
    Path area = sandbox.privateArea(id);
    Host.run(
            "rm",
            "-r",
            area.resolve("etc/netplan").toString(),
            area.resolve("usr/lib/systemd/system-generators/netplan").toString())
        .expect(0);
    sandbox.vzctl("start", "" + id, "--wait").expect(0);
    awaitBoth("47");
    Host.await(
        "NetworkManager has its file",
        Sandbox.LIMIT,
        () ->
            inside(id, "nmcli -g FILENAME connection show")
                .out()
                .contains("/etc/NetworkManager/system-connections/venet0.nmconnection"));
    // From the file alone.
    String up =
        "u=$(sed -n s/^uuid=//p /etc/NetworkManager/system-connections/venet0.nmconnection);"
            + " ip addr flush dev venet0; nmcli connection up uuid $u";
    inside(id, up).expect(0);
    awaitBoth("47");
    sandbox.set(id, "--ipadd", "10.77.0.48", "--ipadd", "fd77::48").expect(0);
    sandbox.set(id, "--ipdel", "10.77.0.47", "--ipdel", "fd77::47").expect(0);
    inside(id, up).expect(0);
    awaitBoth("48");
    assertThat(inside(id, "ip addr show venet0").ok()).doesNotContain("10.77.0.47", "fd77::47");
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
  }
}

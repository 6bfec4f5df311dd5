package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeighbourDevicesTest {
  private static final String SHOW =
      """
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
          inet 127.0.0.1/8 scope host lo
      2: eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
          link/ether 7a:93:f1:8c:71:9d brd ff:ff:ff:ff:ff:ff link-netnsid 0
          inet 192.0.2.2/24 brd 192.0.2.255 scope global eth0
             valid_lft forever preferred_lft forever
          inet 192.0.2.3/24 scope global secondary eth0
      3: venet0.101@if2: <BROADCAST,MULTICAST,NOARP,UP,LOWER_UP> mtu 1500
          link/ether 00:18:51:00:00:65 brd ff:ff:ff:ff:ff:ff
          inet 10.1.1.1/24 scope global venet0.101
      4: veth102.0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
          inet 10.1.2.1/24 scope global veth102.0
      5: eth1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
          inet6 fe80::1/64 scope link
      6: vethbr: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500
          inet6 2001:db8::1/64 scope global
      7: eth2: <BROADCAST,MULTICAST,SLAVE,UP,LOWER_UP> mtu 1500
          inet 10.1.3.1/24 scope global eth2
      """;

  @Test
  void neighboursAreWhereTheHostHasAnAddress() {
    assertThat(NeighbourDevices.candidates(SHOW)).containsExactly("eth0", "vethbr");
    assertThat(NeighbourDevices.candidates("")).isEmpty();
  }

  @Test
  void aListNamesThem() {
    assertThat(NeighbourDevices.named("list:eth0  br1")).containsExactly("eth0", "br1");
    assertThat(NeighbourDevices.named("list:")).isEmpty();
  }

  @Test
  void aRouteTellsWhetherAnAddressIsOnALink() {
    String direct = "192.0.2.9 dev eth0 src 192.0.2.2 uid 0 \n    cache \n";
    String routed = "10.9.9.9 via 192.0.2.254 dev eth0 src 192.0.2.2 uid 0 \n    cache \n";
    assertThat(NeighbourDevices.direct(direct, "192.0.2.9")).isEqualTo("eth0");
    assertThat(NeighbourDevices.direct(routed, "10.9.9.9")).isNull();
    assertThat(NeighbourDevices.direct("", "10.9.9.9")).isNull();
  }

  @Test
  void theFirstAddressOfADevice() {
    assertThat(
            NeighbourDevices.firstAddress(
                """
                2: eth0    inet 192.0.2.2/24 brd 192.0.2.255 scope global eth0
                2: eth0    inet 192.0.2.3/24 scope global secondary eth0
                """))
        .isEqualTo("192.0.2.2");
    assertThat(NeighbourDevices.firstAddress("")).isNull();
  }
}

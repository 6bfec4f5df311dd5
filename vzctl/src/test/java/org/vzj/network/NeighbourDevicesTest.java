package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeighbourDevicesTest {
  private static final String ROUTES =
      """
      Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
      eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
      eth0	000200C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
      eth0	000300C0	00000000	0001	0	0	0	00FFFFFF	0	0	0
      venet0.101	0100000A	00000000	0001	0	0	0	FFFFFFFF	0	0	0
      veth102.0	0000010A	00000000	0001	0	0	0	00FFFFFF	0	0	0
      eth9	0000020A	0100000A	0003	0	0	0	00FFFFFF	0	0	0
      """;

  private static final String ADDRESSES =
      """
      00000000000000000000000000000001 01 80 10 80       lo
      fe800000000000007893f1fffe8c719d 03 40 20 80     eth2
      20010db8000000000000000000000001 02 40 00 80     eth0
      20010db8000000000000000000000002 0a 40 00 80   vethbr
      """;

  @Test
  void neighboursAreWhereTheHostHasANetwork() {
    assertThat(NeighbourDevices.withNetwork(ROUTES, ADDRESSES)).containsExactly("eth0", "vethbr");
    assertThat(NeighbourDevices.withNetwork("", "")).isEmpty();
  }

  @Test
  void nobodyAsksWhereNothingIsResolved() {
    assertThat(NeighbourDevices.isFit("0x1003\n")).isTrue();
    assertThat(NeighbourDevices.isFit("0x10c3\n")).as("NOARP").isFalse();
    assertThat(NeighbourDevices.isFit("0x1803\n")).as("part of a bond").isFalse();
    assertThat(NeighbourDevices.isFit("0x9\n")).as("loopback").isFalse();
    assertThat(NeighbourDevices.isFit("")).as("not told").isTrue();
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

package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vzj.container.CtId;

class LeftoversTest {
  private static final NetworkState STATE =
      NetworkState.parse(
          """
          address 10.0.0.1
          address fd00::1
          proxy 10.0.0.1 eth0
          proxy fd00::1 br-lan
          veth ifname=eth0,mac=00:18:51:00:00:01,host_ifname=veth101.0
          """);

  private static Iterable<String> left(String devices, String neighbours, String tables) {
    return new Leftovers(devices, neighbours, tables)
        .of(NetworkChange.of(new CtId(101), true), STATE);
  }

  @Test
  void allThatIsLeftIsNamed() {
    assertThat(
            left(
                "Inter-|\n face |\n    lo: 0 0\nvenet0.101: 1 2\nveth101.0: 3 4\n",
                "10.0.0.1 dev eth0  proxy \nfd00::1 dev br-lan  proxy \n",
                """
                table netdev vz101.venet0
                table netdev vz101.eth0
                table netdev vz101
                table inet vz101
                """))
        .containsExactly(
            "device venet0.101",
            "device veth101.0",
            "proxy entry 10.0.0.1 dev eth0",
            "proxy entry fd00::1 dev br-lan",
            "table netdev vz101.venet0",
            "table netdev vz101.eth0",
            "table netdev vz101",
            "table inet vz101");
  }

  @Test
  void whatOthersHaveIsNotOurs() {
    assertThat(
            left(
                "    lo: 0 0\nvenet0.1011: 1 2\nveth101.01: 3 4\n",
                "10.0.0.11 dev eth0  proxy \n10.0.0.1 dev eth00  proxy \n110.0.0.1 dev eth0  proxy \n",
                "table netdev vz1011.venet0\ntable inet vz1010\ntable ip vz101\n"))
        .isEmpty();
  }
}

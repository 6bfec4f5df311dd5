package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.container.CtId;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.unit.IpAddress;

class NetworkChangeTest {
  private static final NetworkChange PLAIN = new NetworkChange(new CtId(101), null, false, false);

  static List<IpAddress> addresses(String... words) {
    List<IpAddress> list = new ArrayList<>();
    for (String word : words) {
      IpAddress address = IpAddress.parse(word);
      assertThat(address).as(word).isNotNull();
      if (address != null) {
        list.add(address);
      }
    }
    return list;
  }

  private static NetworkState venet(String... words) {
    return NetworkState.NONE.withAddresses(addresses(words), List.of());
  }

  private static NetworkPlan plan(NetworkState before, NetworkState after) {
    return PLAIN.plan(before, after, false);
  }

  @Test
  void aStartMakesThePairTheRoutesAndTheRules() {
    NetworkPlan plan = plan(NetworkState.NONE, venet("10.0.0.1", "10.0.0.2/24", "2001:db8::1/64"));
    assertThat(plan.links())
        .isEqualTo(
            """
            link add venet0.101 address 00:18:51:00:00:65 type veth peer name venet0\
             address 00:18:51:00:00:65 netns /proc/self/fd/3
            link set venet0.101 arp off addrgenmode none up
            route add 10.0.0.1 dev venet0.101
            route add 10.0.0.2 dev venet0.101
            route add 2001:db8::1 dev venet0.101
            """);
    assertThat(plan.rules())
        .isEqualTo(
            """
            add table netdev vz101.venet0
            delete table netdev vz101.venet0
            table netdev vz101.venet0 {
              set addresses4 {
                type ipv4_addr
                elements = { 10.0.0.1, 10.0.0.2 }
              }
              set addresses6 {
                type ipv6_addr
                elements = { 2001:db8::1 }
              }
              counter spoofed {
              }
              chain from {
                type filter hook ingress device "venet0.101" priority -500; policy accept;
                ip saddr @addresses4 accept
                ip6 saddr @addresses6 accept
                counter name spoofed drop
              }
            }
            """);
    assertThat(plan.inside())
        .isEqualTo(
            """
            link set lo up
            link set venet0 arp off addrgenmode none up
            addr add 10.0.0.1/32 dev venet0
            addr add 10.0.0.2/32 dev venet0
            addr add 2001:db8::1/128 dev venet0 nodad
            route replace default dev venet0
            route replace ::/0 dev venet0
            """);
  }

  @Test
  void aScriptOfTheDistributionSetsTheAddressesInside() {
    NetworkChange scripted = new NetworkChange(new CtId(101), null, false, true);
    assertThat(scripted.plan(NetworkState.NONE, venet("10.0.0.1"), false).inside())
        .isEqualTo(
            """
            link set lo up
            link set venet0 arp off addrgenmode none up
            """);
    assertThat(scripted.plan(venet("10.0.0.1"), venet("10.0.0.2"), false).inside()).isEmpty();
  }

  @Test
  void aChangeLeavesWhatStaysAlone() {
    NetworkPlan plan = plan(venet("10.0.0.1", "fd00::1"), venet("10.0.0.2", "fd00::1"));
    assertThat(plan.links())
        .isEqualTo(
            """
            route del 10.0.0.1 dev venet0.101
            route add 10.0.0.2 dev venet0.101
            """);
    assertThat(plan.rules())
        .isEqualTo(
            """
            delete element netdev vz101.venet0 addresses4 { 10.0.0.1 }
            add element netdev vz101.venet0 addresses4 { 10.0.0.2 }
            """);
    assertThat(plan.inside())
        .as("the default route goes with the last address, so the new one comes first")
        .isEqualTo(
            """
            addr add 10.0.0.2/32 dev venet0
            addr del 10.0.0.1/32 dev venet0
            """);
  }

  @Test
  void nothingChangedIsNothingToDo() {
    assertThat(plan(venet("10.0.0.1"), venet("10.0.0.1/24")).isEmpty()).isTrue();
    assertThat(plan(NetworkState.NONE, NetworkState.NONE).isEmpty()).isTrue();
  }

  @Test
  void withTheLastAddressTheDeviceGoes() {
    NetworkPlan plan = plan(venet("10.0.0.1", "fd00::1"), NetworkState.NONE);
    assertThat(plan.links()).isEqualTo("link del venet0.101\n");
    assertThat(plan.rules())
        .isEqualTo(
            """
            add table netdev vz101.venet0
            delete table netdev vz101.venet0
            """);
    assertThat(plan.inside()).isEmpty();
  }

  @Test
  void routesHaveTheSourceThatWasChosenAndReplaceWhatIsThere() {
    NetworkChange change = new NetworkChange(new CtId(101), "192.0.2.1", true, false);
    assertThat(
            change.plan(venet("10.0.0.1"), venet("10.0.0.1", "10.0.0.2", "fd00::1"), false).links())
        .isEqualTo(
            """
            route replace 10.0.0.2 dev venet0.101 src 192.0.2.1
            route replace fd00::1 dev venet0.101
            """);
  }

  @Test
  void theHostAnswersForAddressesAndEndsThat() {
    NetworkState.Proxy old = new NetworkState.Proxy("10.0.0.1", "eth0");
    NetworkState.Proxy kept = new NetworkState.Proxy("10.0.0.2", "eth0");
    NetworkState.Proxy added = new NetworkState.Proxy("10.0.0.2", "eth1");
    NetworkState before =
        NetworkState.NONE.withAddresses(addresses("10.0.0.2"), List.of(old, kept));
    NetworkState after =
        NetworkState.NONE.withAddresses(addresses("10.0.0.2"), List.of(kept, added));
    assertThat(plan(before, after).links())
        .isEqualTo(
            """
            neigh del proxy 10.0.0.1 dev eth0
            neigh replace proxy 10.0.0.2 dev eth1
            """);
  }

  @Test
  void aLongNumberStillFitsIntoTheNameOfADevice() {
    NetworkChange change = new NetworkChange(new CtId(CtId.MAX), null, false, false);
    assertThat(change.plan(NetworkState.NONE, venet("10.0.0.1"), false).links())
        .startsWith("link add vn2147483644 address 00:18:51:FF:FF:FC ");
  }

  @Test
  void aFailureIsToldWithTheCommandThatFailed() {
    NetworkPlan plan = plan(NetworkState.NONE, venet("10.0.0.1"));
    assertThat(
            plan.explain(
                new LaunchReport.Failed(
                    30,
                    "begin host link... ip -batch -",
                    "EIO",
                    "RTNETLINK answers: File exists|Command failed -:3")))
        .isEqualTo("ip route add 10.0.0.1 dev venet0.101: RTNETLINK answers: File exists");
    assertThat(
            plan.explain(
                new LaunchReport.Failed(
                    32,
                    "begin container link...",
                    "EIO",
                    "Cannot find device \"venet0\"|Command failed -:2")))
        .isEqualTo(
            "inside the container: ip link set venet0 arp off addrgenmode none up: Cannot find"
                + " device \"venet0\"");
    assertThat(
            plan.explain(
                new LaunchReport.Failed(31, "begin host add...", "EIO", "nft: No such file")))
        .isEqualTo("nft: No such file");
  }
}

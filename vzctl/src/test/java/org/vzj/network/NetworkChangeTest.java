package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.config.VethDevice;
import org.vzj.container.CtId;
import org.vzj.firewall.FirewallEntry;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Step;
import org.vzj.linux.unit.IpAddress;

class NetworkChangeTest {
  private static final NetworkChange PLAIN = NetworkChange.of(new CtId(101), false);

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
            addr replace fe80::1/128 dev venet0.101 nodad
            route add 10.0.0.1 dev venet0.101
            route add 10.0.0.2 dev venet0.101
            route add 2001:db8::1 dev venet0.101
            """);
    assertThat(plan.rules())
        .isEqualTo(
            """
            add table netdev vz101.venet0
            flush table netdev vz101.venet0
            add set netdev vz101.venet0 addresses4 { type ipv4_addr; }
            flush set netdev vz101.venet0 addresses4
            add set netdev vz101.venet0 addresses6 { type ipv6_addr; }
            flush set netdev vz101.venet0 addresses6
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
            addr add 10.0.0.2/24 dev venet0
            addr add 2001:db8::1/64 dev venet0 nodad
            route replace default dev venet0
            route replace ::/0 dev venet0
            """);
  }

  @Test
  void anAddressIsGivenAnotherPrefix() {
    NetworkPlan plan = plan(venet("10.0.0.1", "fd00::1"), venet("fd00::1/64", "10.0.0.1/24"));
    assertThat(plan.inside())
        .isEqualTo(
            """
            addr replace fd00::1/128 dev venet0
            addr del fd00::1/128 dev venet0
            addr add fd00::1/64 dev venet0 nodad
            addr add 10.0.0.1/24 dev venet0
            addr replace 10.0.0.1/32 dev venet0
            addr del 10.0.0.1/32 dev venet0
            addr replace 10.0.0.1/24 dev venet0
            """);
    assertThat(plan.links()).as("the host's side is the same").isEmpty();
    assertThat(plan.rules()).isEmpty();
  }

  @Test
  void devicesOfTheHostAreHandedOverAndBack() {
    NetworkState none = NetworkState.NONE;
    NetworkPlan there = plan(none, none.withMoved(List.of("eth1", "eth2")));
    assertThat(there.links())
        .isEqualTo(
            """
            link set eth1 netns /proc/self/fd/3
            link set eth2 netns /proc/self/fd/3
            """);
    assertThat(there.inside()).isEmpty();
    LaunchPlan.Builder steps = LaunchPlan.builder();
    there.keeping("/run/vz/101/netns").addTo(steps);
    assertThat(steps.build().steps().getFirst().text()).isEqualTo("netns-keep /run/vz/101/netns");
    NetworkPlan back =
        plan(none.withMoved(List.of("eth1", "eth2")), none.withMoved(List.of("eth2")));
    assertThat(back.inside()).isEqualTo("link set eth1 netns /proc/self/fd/3\n");
    assertThat(back.links()).isEmpty();
  }

  @Test
  void whatIsTakenAwayIsTakenAtOnceAndToItsEnd() {
    LaunchPlan.Builder steps = LaunchPlan.builder();
    PLAIN.plan(venet("10.0.0.1"), NetworkState.NONE, true).addRemovalTo(steps);
    assertThat(steps.build().steps())
        .extracting(Step::text)
        .containsExactly(
            "begin host link\\040del\\040venet0.101\\012 ip -force -batch -",
            "begin host add\\040table\\040netdev\\040vz101.venet0\\012"
                + "delete\\040table\\040netdev\\040vz101.venet0\\012 nft -f -",
            "await");
  }

  @Test
  void aScriptOfTheDistributionSetsTheAddressesInside() {
    NetworkChange scripted = NetworkChange.of(new CtId(101), true);
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
            addr replace 10.0.0.1/32 dev venet0
            addr del 10.0.0.1/32 dev venet0
            """);
  }

  @Test
  void addressesHaveTheirPrefixesInsideAndSurviveOneAnother() {
    NetworkState both = venet("10.0.0.1/24", "10.0.0.2/24", "10.0.0.3");
    assertThat(plan(NetworkState.NONE, venet("10.0.0.1/24", "fd00::1/64")).inside())
        .contains("addr add 10.0.0.1/24 dev venet0\n")
        .contains("addr add fd00::1/64 dev venet0 nodad\n");
    assertThat(plan(both, venet("10.0.0.2/24", "10.0.0.3")).inside())
        .isEqualTo(
            """
            addr replace 10.0.0.1/24 dev venet0
            addr del 10.0.0.1/24 dev venet0
            addr replace 10.0.0.2/24 dev venet0
            """);
  }

  @Test
  void nothingChangedIsNothingToDo() {
    assertThat(plan(venet("10.0.0.1"), venet("10.0.0.1/32")).isEmpty()).isTrue();
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
    NetworkChange change =
        new NetworkChange(new CtId(101), "192.0.2.1", true, false, true, List.of());
    assertThat(
            change.plan(venet("10.0.0.1"), venet("10.0.0.1", "10.0.0.2", "fd00::1"), false).links())
        .isEqualTo(
            """
            addr replace fe80::1/128 dev venet0.101 nodad
            route replace 10.0.0.2 dev venet0.101 src 192.0.2.1
            route replace fd00::1 dev venet0.101
            """);
  }

  @Test
  void aFirewallIsReplacedWhenItChangesAndThenOnly() throws Exception {
    NetworkState bare = venet("10.0.0.1");
    NetworkState filtered = bare.withFirewall(FirewallEntry.ofSetting("deny in"));
    assertThat(plan(bare, filtered).rules())
        .startsWith("add table netdev vz101\ndelete table netdev vz101\ntable netdev vz101 {\n")
        .contains("device \"venet0.101\"", "counter name r1 drop")
        .doesNotContain("inet vz101");
    assertThat(plan(filtered, bare).rules())
        .isEqualTo("add table netdev vz101\ndelete table netdev vz101\n");
    NetworkState more = venet("10.0.0.1", "10.0.0.2").withFirewall(filtered.firewall());
    assertThat(plan(filtered, more).rules())
        .isEqualTo("add element netdev vz101.venet0 addresses4 { 10.0.0.2 }\n");
    NetworkState hidden = more.withFirewall(FirewallEntry.ofSetting("nat"));
    assertThat(plan(filtered, hidden).rules())
        .contains("delete table netdev vz101\nadd table inet vz101\ndelete table inet vz101\n")
        .contains("ip saddr 10.0.0.2 counter name r1 masquerade");
    assertThat(plan(hidden, NetworkState.NONE).rules())
        .contains("delete table inet vz101\n")
        .doesNotContain("table netdev vz101\n");
    NetworkState nothing = NetworkState.NONE.withFirewall(filtered.firewall());
    assertThat(plan(NetworkState.NONE, nothing).isEmpty()).as("no device, no rules").isTrue();
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

  private static NetworkState veth(String netif) {
    List<VethDevice> devices = VethDevice.parseAll(netif);
    assertThat(devices).isNotNull();
    return NetworkState.NONE.withDevices(
        devices == null ? List.of() : devices.stream().map(d -> d.complete(101)).toList());
  }

  private static final String ETH0 =
      "ifname=eth0,bridge=br0,mac=00:18:51:AA:BB:CC,host_ifname=veth101.0,host_mac=FE:FF:FF:FF:FF:FF";

  @Test
  void aVirtualEthernetDeviceIsAPairOfABridge() {
    NetworkPlan plan = plan(NetworkState.NONE, veth(ETH0));
    assertThat(plan.links())
        .isEqualTo(
            """
            link add veth101.0 address FE:FF:FF:FF:FF:FF type veth peer name eth0 address\
             00:18:51:AA:BB:CC netns /proc/self/fd/3
            link set veth101.0 addrgenmode none master br0 up
            """);
    assertThat(plan.rules())
        .isEqualTo(
            """
            add table netdev vz101.eth0
            flush table netdev vz101.eth0
            table netdev vz101.eth0 {
              counter spoofed {
              }
              chain from {
                type filter hook ingress device "veth101.0" priority -500; policy accept;
                ether saddr != 00:18:51:AA:BB:CC counter name spoofed drop
                ether type != { ip, ip6, arp } counter name spoofed drop
                arp saddr ether != 00:18:51:AA:BB:CC counter name spoofed drop
                icmpv6 type { nd-router-advert, nd-redirect } counter name spoofed drop
                udp sport 67 udp dport 68 counter name spoofed drop
                udp sport 547 udp dport 546 counter name spoofed drop
              }
              chain to {
                type filter hook egress device "veth101.0" priority -500; policy accept;
                ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept
                ether daddr != 00:18:51:AA:BB:CC drop
              }
            }
            """);
    assertThat(plan.inside()).as("is its owner's business").isEmpty();
  }

  @Test
  void oneWhoseAddressesAreKnownUsesNoOthers() {
    assertThat(plan(NetworkState.NONE, veth(ETH0 + ",ip=10.0.0.5+2001:db8::5")).rules())
        .contains(
            """
                arp saddr ip != 0.0.0.0 arp saddr ip != @addresses4 counter name spoofed drop
                ip saddr 0.0.0.0 udp sport 68 udp dport 67 accept
                ip saddr != @addresses4 counter name spoofed drop
                icmpv6 type nd-neighbor-advert @th,64,128 !=\
             { 0xfe80000000000000021851fffeaabbcc, 0x20010db8000000000000000000000005 }\
             counter name spoofed drop
                ip6 saddr != { ::, fe80::218:51ff:feaa:bbcc } ip6 saddr != @addresses6\
             counter name spoofed drop
            """);
  }

  @Test
  void withoutAFilterOnlyItsRateIsHeld() {
    NetworkPlan plan =
        plan(NetworkState.NONE, veth(ETH0 + ",mac_filter=off,rate_up=8000,rate_down=16000"));
    assertThat(plan.rules())
        .contains(
            "limit rate over 1000000 bytes/second burst 65536 bytes counter name limited drop")
        .doesNotContain("spoofed drop")
        .doesNotContain("egress");
    assertThat(plan.shaping())
        .isEqualTo(
            "qdisc replace dev veth101.0 root tbf rate 16000kbit burst 192000 latency 500ms\n");
  }

  @Test
  void aVlanIsTheOnlyOneOfItsDevice() {
    String five = "vlan del dev veth101.0 vid 1-4094\nvlan add dev veth101.0 vid 5 pvid untagged\n";
    assertThat(plan(NetworkState.NONE, veth(ETH0 + ",vlan=5")).vlans()).isEqualTo(five);
    assertThat(plan(veth(ETH0), veth(ETH0 + ",vlan=5")).vlans()).isEqualTo(five);
    assertThat(plan(veth(ETH0 + ",vlan=5"), veth(ETH0 + ",vlan=5,mtu=1400")).vlans()).isEmpty();
    assertThat(plan(veth(ETH0 + ",vlan=5"), veth(ETH0)).vlans())
        .isEqualTo(five.replace("vid 5", "vid 1"));
    NetworkChange made = new NetworkChange(new CtId(101), null, false, false, true, List.of("br0"));
    NetworkPlan plan = made.plan(NetworkState.NONE, veth(ETH0 + ",vlan=5"), false);
    assertThat(plan.links()).startsWith("link add br0 type bridge vlan_filtering 1\n");
    assertThat(plan.lines()).contains("bridge vlan add dev veth101.0 vid 5 pvid untagged");
  }

  @Test
  void aKernelWithoutEgressAndABridgeThatIsMissing() {
    NetworkChange old = new NetworkChange(new CtId(101), null, false, false, false, List.of("br0"));
    NetworkPlan plan = old.plan(NetworkState.NONE, veth(ETH0), false);
    assertThat(plan.rules()).doesNotContain("egress");
    assertThat(plan.links()).startsWith("link add br0 type bridge\nlink set br0 up\nlink add veth");
    assertThat(HostDevices.hasEgress("5.15.0-91-generic")).isFalse();
    assertThat(HostDevices.hasEgress("5.16.0")).isTrue();
    assertThat(HostDevices.hasEgress("6.1.0-13-amd64")).isTrue();
    assertThat(HostDevices.hasEgress("4.18")).isFalse();
    assertThat(HostDevices.hasEgress("x")).isFalse();
  }

  @Test
  void aChangedDeviceStaysAndAnotherNameIsAnotherDevice() {
    NetworkPlan changed =
        plan(
            veth(ETH0),
            veth(ETH0.replace("br0", "br1").replace("AA:BB:CC", "00:00:07") + ",mtu=1400"));
    assertThat(changed.links()).isEqualTo("link set veth101.0 mtu 1400 master br1\n");
    assertThat(changed.inside()).isEqualTo("link set eth0 address 00:18:51:00:00:07 mtu 1400\n");
    assertThat(changed.rules()).contains("ether saddr != 00:18:51:00:00:07 ");
    NetworkPlan renamed = plan(veth(ETH0), veth(ETH0.replace("eth0", "eth1")));
    assertThat(renamed.links()).startsWith("link del veth101.0\nlink add veth101.0 ");
    NetworkPlan gone = plan(veth(ETH0), NetworkState.NONE);
    assertThat(gone.links()).isEqualTo("link del veth101.0\n");
    assertThat(gone.rules())
        .isEqualTo("add table netdev vz101.eth0\ndelete table netdev vz101.eth0\n");
  }

  @Test
  void aLongNumberStillFitsIntoTheNameOfADevice() {
    NetworkChange change = NetworkChange.of(new CtId(CtId.MAX), false);
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

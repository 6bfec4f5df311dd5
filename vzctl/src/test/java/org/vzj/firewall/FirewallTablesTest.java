package org.vzj.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.linux.unit.IpAddress;

class FirewallTablesTest {
  private static FirewallTables tables(String rules) throws BadRuleException {
    return new FirewallTables("vz101", FirewallEntry.ofSetting(rules));
  }

  private static List<IpAddress> own(String... words) {
    return List.of(words).stream().map(IpAddress::parse).toList();
  }

  @Test
  void theTableOfAFilter() throws Exception {
    assertThat(tables("allow in tcp port 80,443; nat; deny in").filter(List.of("venet0.101")))
        .isEqualTo(
            """
            add table netdev vz101
            delete table netdev vz101
            table netdev vz101 {
              set flows4 {
                type ipv4_addr . inet_service . ipv4_addr . inet_service
                size 65536
                flags dynamic,timeout
                timeout 3m
              }
              set flows6 {
                type ipv6_addr . inet_service . ipv6_addr . inet_service
                size 65536
                flags dynamic,timeout
                timeout 3m
              }
              set pairs4 {
                type ipv4_addr . inet_proto . ipv4_addr
                size 65536
                flags dynamic,timeout
                timeout 3m
              }
              set pairs6 {
                type ipv6_addr . inet_proto . ipv6_addr
                size 65536
                flags dynamic,timeout
                timeout 3m
              }
              counter r1 {
              }
              counter r3 {
              }
              chain out_open {
                update @flows4 { ip saddr . udp sport . ip daddr . udp dport }
                meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @pairs4\
             { ip saddr . meta l4proto . ip daddr }
                update @flows6 { ip6 saddr . udp sport . ip6 daddr . udp dport }
                meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @pairs6\
             { ip6 saddr . meta l4proto . ip6 daddr }
                accept
              }
              chain in_open {
                update @flows4 { ip daddr . udp dport . ip saddr . udp sport }
                meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @pairs4\
             { ip daddr . meta l4proto . ip saddr }
                update @flows6 { ip6 daddr . udp dport . ip6 saddr . udp sport }
                meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @pairs6\
             { ip6 daddr . meta l4proto . ip6 saddr }
                accept
              }
              chain out {
                ether type arp accept
                ip frag-off & 0x1fff != 0 accept
                frag frag-off != 0 accept
                tcp flags & (syn | ack) != syn accept
                icmp type != echo-request accept
                icmpv6 type != echo-request accept
                ip saddr . udp sport . ip daddr . udp dport @flows4 goto out_open
                ip saddr . meta l4proto . ip daddr @pairs4 goto out_open
                ip6 saddr . udp sport . ip6 daddr . udp dport @flows6 goto out_open
                ip6 saddr . meta l4proto . ip6 daddr @pairs6 goto out_open
                goto out_open
              }
              chain in {
                ether type arp accept
                ip frag-off & 0x1fff != 0 accept
                frag frag-off != 0 accept
                tcp flags & (syn | ack) != syn accept
                icmp type != echo-request accept
                icmpv6 type != echo-request accept
                udp sport 67 udp dport 68 accept
                udp sport 547 udp dport 546 accept
                ip daddr . udp dport . ip saddr . udp sport @flows4 goto in_open
                ip daddr . meta l4proto . ip saddr @pairs4 goto in_open
                ip6 daddr . udp dport . ip6 saddr . udp sport @flows6 goto in_open
                ip6 daddr . meta l4proto . ip6 saddr @pairs6 goto in_open
                tcp dport { 80, 443 } counter name r1 goto in_open
                counter name r3 drop
                goto in_open
              }
              chain from0 {
                type filter hook ingress device "venet0.101" priority -400; policy accept;
                jump out
              }
              chain to0 {
                type filter hook egress device "venet0.101" priority -400; policy accept;
                jump in
              }
            }
            """);
  }

  @Test
  void withoutRulesOrDevicesThereIsNone() throws Exception {
    assertThat(tables("nat").filter(List.of("venet0.101"))).isEmpty();
    assertThat(tables("deny in").filter(List.of())).isEmpty();
    assertThat(tables("deny in").nat(own("10.0.0.1"), List.of())).isEmpty();
    assertThat(tables("").filter(List.of("venet0.101"))).isEmpty();
  }

  @Test
  void aRuleBecomesALineForEachPairOfAddresses() throws Exception {
    String text =
        tables("deny out tcp port 25 from 10.0.0.5,fd00::5 to 192.0.2.0/24,2001:db8::/32,8.8.8.8")
            .filter(List.of("a", "b"));
    assertThat(text)
        .contains(
            """
                ip saddr 10.0.0.5 ip daddr 192.0.2.0/24 tcp dport { 25 } counter name r1 drop
                ip saddr 10.0.0.5 ip daddr 8.8.8.8 tcp dport { 25 } counter name r1 drop
                ip6 saddr fd00::5 ip6 daddr 2001:db8::/32 tcp dport { 25 } counter name r1 drop
            """)
        .contains("chain from1 {\n    type filter hook ingress device \"b\" ");
  }

  @Test
  void protocols() throws Exception {
    assertThat(
            tables(
                    "deny in icmp; deny in icmp from fd00::1; deny in gre; deny in port 53; deny in 4")
                .filter(List.of("a")))
        .contains(
            """
                meta l4proto { icmp, ipv6-icmp } counter name r1 drop
                ip6 saddr fd00::1 meta l4proto ipv6-icmp counter name r2 drop
                meta l4proto gre counter name r3 drop
                meta l4proto { tcp, udp } th dport { 53 } counter name r4 drop
                meta l4proto 4 counter name r5 drop
            """);
  }

  @Test
  void theTableThatTranslates() throws Exception {
    String rules =
        "forward tcp port 8080 to port 80; forward udp port 53 at 2001:db8::1 to port 5353;"
            + " forward tcp port 1000-1010; nat; nat through eth0 as 192.0.2.1; deny in";
    assertThat(tables(rules).nat(own("203.0.113.5", "10.0.0.5", "fd00::5/64"), List.of("br0")))
        .isEqualTo(
            """
            add table inet vz101
            delete table inet vz101
            table inet vz101 {
              counter r1 {
              }
              counter r2 {
              }
              counter r3 {
              }
              counter r4 {
              }
              counter r5 {
              }
              chain prerouting {
                type nat hook prerouting priority -100; policy accept;
                meta nfproto ipv4 fib daddr type local tcp dport 8080 counter name r1\
             dnat ip to 203.0.113.5:80
                meta nfproto ipv6 ip6 daddr 2001:db8::1 udp dport 53 counter name r2\
             dnat ip6 to [fd00::5]:5353
                meta nfproto ipv4 fib daddr type local tcp dport 1000-1010 counter name r3\
             dnat ip to 203.0.113.5
              }
              chain output {
                type nat hook output priority -100; policy accept;
                meta nfproto ipv4 fib daddr type local ip daddr != 127.0.0.0/8 tcp dport 8080\
             counter name r1 dnat ip to 203.0.113.5:80
                meta nfproto ipv6 ip6 daddr 2001:db8::1 ip6 daddr != ::1 udp dport 53\
             counter name r2 dnat ip6 to [fd00::5]:5353
                meta nfproto ipv4 fib daddr type local ip daddr != 127.0.0.0/8 tcp dport 1000-1010\
             counter name r3 dnat ip to 203.0.113.5
              }
              chain postrouting {
                type nat hook postrouting priority 100; policy accept;
                oifname "venet0.*" accept
                oifname "br0" accept
                ip saddr 10.0.0.5 counter name r4 masquerade
                ip6 saddr fd00::5 counter name r4 masquerade
                ip saddr 10.0.0.5 oifname "eth0" counter name r5 snat ip to 192.0.2.1
              }
            }
            """);
  }

  @Test
  void whoHasNoAddressIsNotForwardedTo() throws Exception {
    assertThat(tables("forward tcp port 80 at 192.0.2.1; nat").nat(own("2001:db8::1"), List.of()))
        .isEmpty();
    assertThat(tables("nat from 10.0.0.0/24").nat(List.of(), List.of()))
        .contains("ip saddr 10.0.0.0/24 counter name r1 masquerade");
  }

  @Test
  void privateAddressesAreThoseOfTheirRanges() {
    for (String word :
        List.of("10.0.0.1", "172.16.0.1", "172.31.1.1", "192.168.1.1", "100.64.0.1", "fd00::1")) {
      assertThat(NatRule.isPrivate(own(word).getFirst())).as(word).isTrue();
    }
    for (String word :
        List.of("172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1", "2001::1", "fd::1")) {
      assertThat(NatRule.isPrivate(own(word).getFirst())).as(word).isFalse();
    }
  }

  @Test
  void countersAreReadByTheirTable() {
    String text =
        """
        table netdev vz1010.venet0 {
        \tcounter spoofed {
        \t\tpackets 9 bytes 900
        \t}
        }
        table netdev vz101 {
        \tcounter r1 {
        \t\tpackets 5 bytes 300
        \t}
        \tcounter r2 {
        \t\tpackets 0 bytes 0
        \t}
        }
        table netdev vz101.eth0 {
        \tcounter spoofed {
        \t\tpackets 7 bytes 420
        \t}
        }
        """;
    assertThat(FirewallCounts.parse(text, "vz101"))
        .containsExactly(
            new FirewallCounts("vz101", "r1", 5, 300),
            new FirewallCounts("vz101", "r2", 0, 0),
            new FirewallCounts("vz101.eth0", "spoofed", 7, 420));
    assertThat(FirewallCounts.parse("", "vz101")).isEmpty();
  }
}

package org.vzj.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow in",
        "deny out",
        "allow in tcp port 80,443,8000-8010",
        "deny in udp from 10.0.0.0/8,2001:db8::/32",
        "deny out to 192.0.2.1",
        "allow in tcp port 22 from 192.0.2.0/24 to 10.0.0.5",
        "allow in port 53",
        "deny out icmp",
        "allow in 132",
        "allow in gre",
        "forward tcp port 8080",
        "forward tcp port 8080 to port 80",
        "forward udp port 5000-5010 at 192.0.2.1 to 10.0.0.5",
        "forward tcp port 8080 at 2001:db8::1 to 2001:db8::5 port 80",
        "nat",
        "nat from 10.0.0.5 through eth0 as 192.0.2.1",
        "nat from 10.0.0.0/24,fd00::/64"
      })
  void whatIsReadIsPrintedAgain(String rule) throws Exception {
    assertThat(RuleReader.read(rule).text()).isEqualTo(rule);
  }

  @Test
  void blanksTheOrderOfWordsAndFormsOfAddressesDoNotMatter() throws Exception {
    assertThat(RuleReader.read("  deny\tin  to 2001:DB8:0::1 port 80 tcp ").text())
        .isEqualTo("deny in tcp port 80 to 2001:db8::1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|it is empty",
        "accept in|it begins with none of the words allow, deny, forward and nat",
        "allow|in or out is missing",
        "allow both|\"both\" is out of place; the form is allow|deny in|out",
        "allow in tcp prot 80|\"prot\" is out of place",
        "allow in tcp udp|\"udp\" is out of place",
        "allow in 256|\"256\" is out of place",
        "allow in tcp port|a number is missing after port",
        "allow in tcp port 0|\"0\" are no ports",
        "allow in tcp port 65536|\"65536\" are no ports",
        "allow in tcp port 90-80|\"90-80\" are no ports",
        "allow in tcp port 80,70-90|each named once",
        "allow in tcp port 80,|are no ports",
        "allow in icmp port 80|icmp has no ports",
        "allow in from|an address is missing after from",
        "allow in from 10.0.0|\"10.0.0\" is no IP address",
        "allow in from 10.0.0.1/33|is no IP address",
        "allow in from 10.0.0.1 to fd00::1|no packet goes from IPv4 to IPv6",
        "allow in from 10.0.0.1 } ; flush ruleset|\"}\" is out of place",
        "forward|tcp or udp is missing",
        "forward sctp port 80|\"sctp\" is out of place",
        "forward tcp|the port is missing",
        "forward tcp port 80,81|\"80,81\" is no port",
        "forward tcp port 80-81 to port 90|several ports lead to the same ports",
        "forward tcp port 80 to port 90-91|is no single port",
        "forward tcp port 80 at 10.0.0.0/8|is no IP address",
        "forward tcp port 80 at 10.0.0.1 to fd00::1|no packet goes",
        "forward tcp port 80 to|an address is missing after to",
        "nat through|a device is missing",
        "nat through eth0\"|is no name of a network device",
        "nat through abcdefghijklmnop|is no name of a network device",
        "nat from fd00::1 as 192.0.2.1|no packet goes",
        "nat to 10.0.0.1|\"to\" is out of place"
      })
  void whatIsWrongIsNamed(String rule, String reason) {
    assertThatThrownBy(() -> RuleReader.read(rule))
        .isInstanceOf(BadRuleException.class)
        .hasMessageContaining(reason)
        .hasMessageStartingWith("Firewall rule \"" + rule.strip() + "\": ");
  }
}

package org.vzj.linux.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListsAndAddressesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "0-2,7|0-2,7",
        "7,0,1,2|0-2,7",
        "1-1|1",
        "0-3,2-5|0-5",
        "0,1|0-1",
        "8191|8191"
      })
  void printsTheShortestCpuList(String text, String canonical) {
    CpuList list = CpuList.parse(text);
    assertThat(list).hasToString(canonical).isEqualTo(CpuList.parse(canonical));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "1,", "-1", "1-", "2-1", "a", "1 2", "8192", "0-99999999999999"})
  void refusesOtherCpuLists(String text) {
    assertThat(CpuList.parse(text)).isNull();
  }

  @Test
  void cpuListsKnowTheirSize() {
    CpuList four = CpuList.parse("0-3");
    CpuList two = CpuList.parse("1,3");
    assertThat(four).isNotNull();
    assertThat(two).isNotNull();
    if (four != null && two != null) {
      assertThat(four.size()).isEqualTo(4);
      assertThat(two.isWithin(four)).isTrue();
      assertThat(four.isWithin(two)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.1",
    "10.0.0.1/24,10.0.0.1/24",
    "255.255.255.255/32,255.255.255.255/32",
    "2001:DB8::1,2001:db8::1",
    "2001:db8:0:0:0:0:0:1/64,2001:db8::1/64",
    "::,::",
    "::0,::",
    "0:0:0:0:0:0:0:0,::",
    "::1,::1",
    "1::,1::",
    "1:0:0:2:0:0:0:3,1:0:0:2::3",
    "1:0:2:0:3:0:4:0,1:0:2:0:3:0:4:0",
    "::ffff:1.2.3.4,::ffff:1.2.3.4",
    "::FFFF:0102:0304,::ffff:1.2.3.4",
    "::1.2.3.4,::1.2.3.4",
    "64:ff9b::1.2.3.4,64:ff9b::102:304",
    "1:2:3:4:5:6:7::,1:2:3:4:5:6:7:0",
    "fe80::1/128,fe80::1/128",
  })
  void printsAddressesAsInetNtop(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.1",
        "10.0.0",
        "10.0.0.0.1",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.-1",
        "10.0.0.1/",
        "10.0.0.1/33",
        "10.0.0.1/255.255.255.0",
        "10.0.0.1 ",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "::g",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::/129",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4::",
        "::1%eth0",
        "::1.2.3",
        ":1::",
        "1::2:",
        "a.b.c.d",
        "inherit"
      })
  void refusesOtherAddresses(String text) {
    assertThat(IpAddress.parse(text)).isNull();
  }

  @Test
  void agreesWithJavaOnRandomAddresses() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[16];
      for (int at = 0; at < 16; at++) {
        bytes[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
      }
      bytes[0] |= 1;
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      IpAddress address = IpAddress.parse(text);
      assertThat(address).as(text).isNotNull();
      if (address != null) {
        assertThat(InetAddress.getByName(address.address()).getAddress()).isEqualTo(bytes);
        assertThat(address.isV6()).isTrue();
      }
    }
  }

  @Test
  void knowsTheUnspecifiedAddresses() {
    for (String text : new String[] {"0.0.0.0", "::", "::0", "0.0.0.0/0"}) {
      IpAddress address = IpAddress.parse(text);
      assertThat(address != null && address.isUnspecified()).as(text).isTrue();
    }
  }

  @Test
  void macAddressesAreInCapitals() {
    assertThat(MacAddress.parse("00:18:51:aa:bB:Cc")).hasToString("00:18:51:AA:BB:CC");
    assertThat(MacAddress.of(0x001851, 0xabcdef)).hasToString("00:18:51:AB:CD:EF");
    assertThat(MacAddress.of(0x001851, -1)).hasToString("00:18:51:FF:FF:FF");
    for (String text :
        new String[] {
          "", "00:18:51:aa:bb", "00-18-51-aa-bb-cc", "00:18:51:aa:bb:cg", "0:18:51:aa:bb:ccc"
        }) {
      assertThat(MacAddress.parse(text)).as(text).isNull();
    }
  }
}

package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vzj.linux.conf.ConfFile;

class ClonedSettingsTest {
  private static Settings cloned(String text) {
    Settings settings = ConfigReader.settings(ConfFile.parse(text), Path.of("101.conf")).settings();
    return ClonedSettings.of(settings, 101, 202);
  }

  @Test
  void whatOnlyOneCanHaveIsLeftOut() {
    Settings settings =
        cloned(
            """
            NAME="web"
            IP_ADDRESS="10.0.0.1 10.0.0.2"
            LOCAL_UID="200000"
            LOCAL_GID="200000"
            ONBOOT="yes"
            NAMESERVER="10.0.0.53"
            DESCRIPTION="a web server"
            """);
    assertThat(settings.toString())
        .contains("ONBOOT=yes", "NAMESERVER=10.0.0.53", "DESCRIPTION=a web server")
        .contains("HOSTNAME=ct202")
        .doesNotContain("NAME=web", "10.0.0.1", "200000");
  }

  @Test
  void hostNamesStayInTheirDomain() {
    assertThat(cloned("HOSTNAME=\"web.example.com\"\n").get(Parameter.HOSTNAME))
        .isEqualTo("ct202.example.com");
    assertThat(cloned("HOSTNAME=\"web\"\n").get(Parameter.HOSTNAME)).isEqualTo("ct202");
  }

  @Test
  void placesAreItsOwn() {
    Settings pattern = cloned("VE_PRIVATE=\"/vz/private/$VEID\"\nVE_ROOT=\"/vz/root/101\"\n");
    assertThat(pattern.get(Parameter.VE_PRIVATE)).isEqualTo("/vz/private/$VEID");
    assertThat(pattern.get(Parameter.VE_ROOT)).isEqualTo("/vz/root/$VEID");
    assertThat(cloned("VE_PRIVATE=\"/disk2/web\"\n").get(Parameter.VE_PRIVATE)).isNull();
  }

  @Test
  void devicesGetOtherAddresses() {
    String netif =
        cloned(
                "NETIF=\"ifname=eth0,bridge=br0,mac=00:18:51:00:00:01,host_ifname=veth101.0,"
                    + "host_mac=00:18:51:00:00:02,mac_filter=on,mtu=1400,ip=10.0.0.7;"
                    + "ifname=eth1,mac=00:18:51:00:00:03,host_ifname=mine,"
                    + "host_mac=00:18:51:00:00:04\"\n")
            .get(Parameter.NETIF);
    assertThat(netif)
        .contains("ifname=eth0", "bridge=br0", "mac_filter=on", "mtu=1400", "ifname=eth1")
        .contains("host_ifname=veth202.0", "host_ifname=veth202.1")
        .doesNotContain("00:18:51:00:00:0", "101", "mine", "10.0.0.7");
  }
}

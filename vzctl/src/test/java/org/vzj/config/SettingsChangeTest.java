package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.vzj.linux.conf.ConfFile;

class SettingsChangeTest {

  private static Settings settings(String text) {
    return ConfigReader.settings(ConfFile.parse(text), Path.of("F")).settings();
  }

  private static Settings options(String... words) {
    Settings.Builder options = new Settings.Builder();
    for (int i = 0; i < words.length; i += 2) {
      assertThat(options.addOption(words[i], words[i + 1]))
          .isInstanceOf(OptionValue.Accepted.class);
    }
    return options.build();
  }

  private static String change(String before, String... words) throws Exception {
    return SettingsChange.apply(settings(before), options(words), 101).settings().toString();
  }

  @Test
  void replacesSingleValuesAndWholeLists() throws Exception {
    assertThat(
            change(
                "HOSTNAME=a\nNAMESERVER=10.0.0.1\nKMEMSIZE=1\nIPTABLES=ipt_tos\n",
                "hostname",
                "b",
                "nameserver",
                "10.0.0.2",
                "ram",
                "1P",
                "iptables",
                "ipt_LOG"))
        .isEqualTo("KMEMSIZE=1 PHYSPAGES=0:1 IPTABLES=ipt_LOG HOSTNAME=b NAMESERVER=10.0.0.2");
  }

  @Test
  void joinsSwitchesAndDevices() throws Exception {
    assertThat(
            change(
                """
                CAPABILITY="MKNOD:on CHOWN:on"
                FEATURES="nfs:on"
                DEVICES="c:1:1:r c:1:2:r"
                DEVNODES="null:r"
                """,
                "capability",
                "mknod:off",
                "features",
                "sysfs:off",
                "devices",
                "c:1:1:none",
                "devnodes",
                "zero:rw",
                "devnodes",
                "null:none"))
        .isEqualTo(
            "CAPABILITY=CHOWN:on MKNOD:off FEATURES=sysfs:off nfs:on DEVICES=c:1:2:r c:1:1:none"
                + " DEVNODES=zero:rw null:none");
  }

  @Test
  void deletesAddressesBeforeItAdds() throws Exception {
    String before = "IP_ADDRESS=\"10.0.0.1/24 10.0.0.2 2001:db8::1\"";
    assertThat(change(before, "ipadd", "10.0.0.1"))
        .isEqualTo("IP_ADDRESS=10.0.0.2 2001:db8::1 10.0.0.1");
    assertThat(change(before, "ipdel", "10.0.0.1", "ipdel", "10.9.9.9"))
        .isEqualTo("IP_ADDRESS=10.0.0.2 2001:db8::1");
    assertThat(change(before, "ipadd", "10.0.0.3", "ipdel", "all"))
        .isEqualTo("IP_ADDRESS=10.0.0.3");
    assertThat(change(before, "ipdel", "all")).isEqualTo("IP_ADDRESS=");
    assertThat(change("", "ipdel", "all")).isEmpty();
  }

  @Test
  void movesDevicesInAndOut() throws Exception {
    assertThat(change("NETDEV=\"eth1 eth2\"", "netdev_del", "eth1", "netdev_add", "eth3"))
        .isEqualTo("NETDEV=eth2 eth3");
    assertThat(change("PCI=\"1:2.3\"", "pci_del", "0000:01:02.3", "pci_add", "2:0.0"))
        .isEqualTo("PCI=0000:02:00.0");
  }

  @Test
  void neverSavesWhatIsForThisCallOnly() throws Exception {
    assertThat(
            change(
                "",
                "userpasswd",
                "root:x",
                "save",
                "",
                "force",
                "",
                "setmode",
                "restart",
                "applyconfig",
                "basic",
                "skip_arpdetect",
                "",
                "offline-resize",
                ""))
        .isEmpty();
    assertThat(change("", "layout", "ploop:raw")).isEqualTo("VE_LAYOUT=ploop");
    assertThat(change("NAME=web", "name", "")).isEqualTo("NAME=");
  }

  @Test
  void addsVirtualEthernetDevices() throws Exception {
    assertThat(change("", "netif_add", "eth0,00:18:51:aa:bb:cc"))
        .isEqualTo(
            "NETIF=ifname=eth0,mac=00:18:51:AA:BB:CC,host_ifname=veth101.0,"
                + "host_mac=00:18:51:AA:BB:CC");
    assertThat(change("", "netif_add", "lan12b3,00:18:51:AA:BB:CC,h0,FE:FF:FF:FF:FF:FF,vzbr0"))
        .isEqualTo(
            "NETIF=ifname=lan12b3,bridge=vzbr0,mac=00:18:51:AA:BB:CC,host_ifname=h0,"
                + "host_mac=FE:FF:FF:FF:FF:FF");
    assertThat(change("", "netif_add", "lan12b3")).contains("host_ifname=veth101.12,");
    String made = change("", "netif_add", "eth0");
    assertThat(made)
        .matches(
            "NETIF=ifname=eth0,mac=(00:18:51:..:..:..),host_ifname=veth101.0,"
                + "host_mac=(?!\\1)00:18:51:..:..:..")
        .isEqualTo(change("", "netif_add", "eth0"));
    assertThat(change("", "netif_add", "eth0,00:18:51:AA:BB:CC,,"))
        .contains("mac=00:18:51:AA:BB:CC")
        .doesNotContain("host_mac=00:18:51:AA:BB:CC");
    assertThat(change("NETIF=ifname=eth0", "netif_add", "eth1"))
        .startsWith("NETIF=ifname=eth0;ifname=eth1,");
  }

  @Test
  void changesAndRemovesVirtualEthernetDevices() throws Exception {
    String before =
        "NETIF=\"mac_filter=on,ip=1.2.3.4,ifname=eth0,mac=00:18:51:00:00:01;ifname=eth1\"";
    assertThat(
            change(
                before, "ifname", "eth0", "bridge", "br0", "mac_filter", "off", "host_ifname", "h"))
        .isEqualTo(
            "NETIF=ifname=eth0,bridge=br0,mac=00:18:51:00:00:01,host_ifname=h,mac_filter=off,"
                + "ip=1.2.3.4;ifname=eth1");
    assertThat(change(before, "netif_del", "eth0")).isEqualTo("NETIF=ifname=eth1");
    assertThat(change(before, "netif_del", "all")).isEqualTo("NETIF=");
    assertThat(SettingsChange.apply(settings(before), options("netif_del", "eth7"), 101).notes())
        .containsExactly("Container does not have configured veth: eth7, skipped");
    assertThat(change("", "netif_add", "eth0", "ifname", "eth0", "bridge", "br0"))
        .contains("bridge=br0");
  }

  @Test
  void refusesFieldsWithoutDevice() {
    assertThatThrownBy(() -> change("", "mac", "00:18:51:00:00:01"))
        .isInstanceOfSatisfying(
            SettingsChange.Refused.class,
            refused -> {
              assertThat(refused.reason().exitCode()).isEqualTo(20);
              assertThat(refused.reason().lines())
                  .containsExactly("Invalid usage.  Option --ifname not specified");
            });
    assertThatThrownBy(() -> change("", "ifname", "eth0", "bridge", "b"))
        .hasMessage(
            "Invalid usage: veth device eth0 is not configured, use --netif_add option first");
  }
}

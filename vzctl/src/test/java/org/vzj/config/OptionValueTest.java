package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.unit.Pages;

class OptionValueTest {

  @TempDir Path root;
  private HostFacts host = HostFacts.REAL;

  @BeforeEach
  void fourCpusAndTheRealDevices() throws IOException {
    Path cpu = Files.createDirectories(root.resolve("sys/devices/system/cpu"));
    Files.writeString(cpu.resolve("online"), "0-3\n");
    host = new HostFacts(root, Path.of("/dev"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kmemsize;1K:2K;KMEMSIZE;1024:2048",
        "k;1000;KMEMSIZE;1000",
        "numproc;240:240;NUMPROC;240",
        "vmguarpages;33792:unlimited;VMGUARPAGES;33792:unlimited",
        "ram;unlimited;PHYSPAGES;0:unlimited",
        "swap;0;SWAPPAGES;0",
        "vm_overcommit;1.5;VM_OVERCOMMIT;1.5",
        "cpuunits;8;CPUUNITS;8",
        "cpuunits;500000;CPUUNITS;500000",
        "cpulimit;200;CPULIMIT;200",
        "cpulimit;50%;CPULIMIT;200",
        "cpulimit;0;CPULIMIT;0",
        "cpus;2;CPUS;2",
        "cpumask;0,1,2,7;CPUMASK;0-2,7",
        "cpumask;all;CPUMASK;all",
        "cpumask;auto;CPUMASK;auto",
        "nodemask;0;NODEMASK;0",
        "nodemask;all;NODEMASK;all",
        "ioprio;7;IOPRIO;7",
        "iolimit;10;IOLIMIT;10485760",
        "iolimit;10K;IOLIMIT;10240",
        "iolimit;500B;IOLIMIT;500",
        "iolimit;0;IOLIMIT;0",
        "iolimit;unlimited;IOLIMIT;0",
        "iolimit;2047;IOLIMIT;2146435072",
        "iopslimit;100;IOPSLIMIT;100",
        "meminfo;none;MEMINFO;none",
        "meminfo;pages:256;MEMINFO;pages:256",
        "meminfo;privvmpages:2;MEMINFO;privvmpages:2",
        "iptables;ipt_REJECT,ipt_tos ipt_LOG;IPTABLES;ipt_REJECT ipt_tos ipt_LOG",
        "netfilter;full;NETFILTER;full",
        "capability;net_admin:on,CHOWN:off;CAPABILITY;CHOWN:off NET_ADMIN:on",
        "capability;setveid:on;CAPABILITY;VE_ADMIN:on",
        "capability;mknod:on,mknod:off;CAPABILITY;MKNOD:off",
        "features;nfs:on,sysfs:off;FEATURES;sysfs:off nfs:on",
        "ipadd;10.0.0.1/24;IP_ADDRESS;10.0.0.1/24",
        "ip;2001:DB8::1 10.0.0.2;IP_ADDRESS;2001:db8::1 10.0.0.2",
        "ipadd;0.0.0.0;IP_ADDRESS;''",
        "ipdel;all;IPDEL;all",
        "ipdel;10.0.0.1;IPDEL;10.0.0.1",
        "hostname;web.example.org;HOSTNAME;web.example.org",
        "nameserver;inherit;NAMESERVER;inherit",
        "nameserver;10.0.0.1 2001:DB8::1;NAMESERVER;10.0.0.1 2001:db8::1",
        "searchdomain;example.org a.b;SEARCHDOMAIN;example.org a.b",
        "netdev_add;eth5;NETDEV;eth5",
        "netif_add;eth0,,,,vzbr0;NETIF_ADD;eth0,,,,vzbr0",
        "netif_del;all;NETIF_DEL;all",
        "ifname;eth0;IFNAME;eth0",
        "mac;00:18:51:aa:bb:cc;MAC;00:18:51:AA:BB:CC",
        "mac_filter;off;MAC_FILTER;off",
        "devices;c:10:229:wr b:8:all:none;DEVICES;c:10:229:rw b:8:all:none",
        "devnodes;null:rw;DEVNODES;null:rw",
        "pci_add;1:2.3;PCI;0000:01:02.3",
        "pci_add;0001:0a:1F.0;PCI;0001:0a:1f.0",
        "root;/vz/root/$VEID/;VE_ROOT;/vz/root/$VEID",
        "private;/srv/ct;VE_PRIVATE;/srv/ct",
        "layout;ploop:plain;VE_LAYOUT;ploop:plain",
        "velayout;simfs;VE_LAYOUT;simfs",
        "diskquota;no;DISK_QUOTA;no",
        "diskspace;2G:2.2G;DISKSPACE;2097152:2306867",
        "diskinodes;1000;DISKINODES;1000:1000",
        "quotatime;600;QUOTATIME;600",
        "quotaugidlimit;0;QUOTAUGIDLIMIT;0",
        "offline;x;OFFLINE_RESIZE;yes",
        "ostemplate;debian-12-x86_64;OSTEMPLATE;debian-12-x86_64",
        "config;basic;ORIGIN_SAMPLE;basic",
        "onboot;yes;ONBOOT;yes",
        "bootorder;-5;BOOTORDER;-5",
        "name;my web-1_a.b+c;NAME;my web-1_a.b+c",
        "name;'';NAME;''",
        "description;any text, \"even\" this;DESCRIPTION;any text, \"even\" this",
        "stop-timeout;0;STOP_TIMEOUT;0",
        "local_uid;200000;LOCAL_UID;200000",
        "userpasswd;root:a:b c;USERPASSWD;root:a:b c",
        "save;'';SAVE;yes",
        "setmode;restart;SETMODE;restart",
        "skip_arpdetect;'';SKIP_ARPDETECT;yes",
      })
  void goodValues(String option, String text, Parameter parameter, String canonical) {
    assertThat(Parameters.parseOption(option, text, host))
        .isEqualTo(new OptionValue.Accepted(parameter, canonical, null));
    // What is written to a file must be read from it as the same.
    if (parameter.key() != null) {
      assertThat(Parameters.parseConfig(parameter, canonical)).isEqualTo(Value.of(canonical));
    }
  }

  @Test
  void memoryIsRoundedUpToPages() {
    long page = Pages.hostPageSize();
    assertThat(Parameters.parseOption("ram", "512M"))
        .isEqualTo(new OptionValue.Accepted(Parameter.PHYSPAGES, "0:" + (512L << 20) / page, null));
    assertThat(Parameters.parseOption("swap", "1"))
        .isEqualTo(new OptionValue.Accepted(Parameter.SWAPPAGES, "0:1", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kmemsize;x",
        "kmemsize;1:2:3",
        "kmemsize;9223372036854775808",
        "kmemsize;''",
        "numproc;1K",
        "ram;x",
        "ram;-1",
        "vm_overcommit;x",
        "vm_overcommit;-1",
        "vm_overcommit;1.",
        "cpuunits;7",
        "cpuunits;500001",
        "cpulimit;101%",
        "cpulimit;x",
        "cpulimit;1.5",
        "cpulimit;%",
        "cpus;-1",
        "cpus;2147483648",
        "cpumask;",
        "cpumask;3-1",
        "cpumask;9999",
        "nodemask;auto",
        "ioprio;8",
        "ioprio;-1",
        "iolimit;2048",
        "iolimit;2G",
        "iolimit;1.5",
        "iolimit;x",
        "iolimit;99999999999999999999",
        "iopslimit;unlimited",
        "iopslimit;-1",
        "meminfo;pages",
        "meminfo;pages:0",
        "meminfo;other:1",
        "netfilter;Full",
        "capability;net_admin",
        "capability;net_admin:yes",
        "features;nfs",
        "ipadd;10.0.0",
        "ipadd;10.0.0.1/33",
        "ipadd;all",
        "ipdel;x",
        "hostname;''",
        "hostname;a b",
        "hostname;$(reboot)",
        "hostname;-a",
        "nameserver;x",
        "nameserver;10.0.0.1/8",
        "searchdomain;a,b",
        "netdev_add;venet0",
        "netdev_add;tun1",
        "netdev_add;tap2",
        "netdev_add;lo",
        "netif_add;toolongdevicename",
        "netif_add;eth0,,,,,x",
        "netif_add;a/b",
        "netif_del;''",
        "mac_filter;yes",
        "devices;b:7:0:rw",
        "devices;x:1:1:r",
        "devices;c:1:1:",
        "devices;c:1:1:rr",
        "devices;c:1:1:x",
        "devices;c:1:1",
        "devices;c:4096:1:r",
        "devnodes;null",
        "devnodes;../x:r",
        "pci_add;1",
        "pci_add;1:2",
        "pci_add;1:2.8",
        "pci_add;1.2:3",
        "pci_add;g:2.3",
        "root;vz/root",
        "root;''",
        "layout;xfs",
        "layout;ploop:x",
        "mount_opts;a b",
        "diskquota;on",
        "diskspace;unlimited",
        "diskspace;1:99999999999999999999",
        "quotatime;-1",
        "ostemplate;''",
        "ostemplate;a/b",
        "config;..",
        "onboot;true",
        "onboot;YES",
        "bootorder;x",
        "name;a/b",
        "name;..",
        "name;a,b",
        "stop-timeout;-1",
        "userpasswd;root",
        "userpasswd;:x",
        "userpasswd;root:",
        "setmode;maybe",
        "local_uid;-1",
        "applyconfig_map;x"
      })
  void badValues(String option, String text) {
    String value = text == null ? "" : text;
    OptionValue read = Parameters.parseOption(option, value, host);
    assertThat(read)
        .isEqualTo(new BadValue(List.of("Bad parameter for --" + option + ": " + value), 21));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "capability;none:on;Capability none is unknown",
        "features;nfs:on,warp:on;Warning: Unknown feature: warp",
        "mac;00:18:51;Invalid container MAC address length",
        "mac;00:18:51:aa:bb:cg;Invalid container MAC address format",
        "netif_add;eth0,00:18;Invalid container MAC address length",
        "netif_add;eth0,,,00:18;Invalid host MAC address",
        "devnodes;nosuch:rw;Incorrect device name /dev/nosuch: No such file or directory",
        "devnodes;fd:rw;Incorrect device name /dev/fd: Not a device",
      })
  void badValuesThatSayMore(String option, String text, String more) {
    assertThat(Parameters.parseOption(option, text, host))
        .isEqualTo(new BadValue(List.of(more, "Bad parameter for --" + option + ": " + text), 21));
  }

  @Test
  void shortOptionsAreNamedAsSuch() {
    assertThat(Parameters.parseOption("k", "x"))
        .isEqualTo(new BadValue(List.of("Bad parameter for -k : x"), 21));
    assertThatThrownBy(() -> Parameters.parseOption("nosuch", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textOfTheCommandLineHasNoControlCharacters() {
    for (String text : List.of("a\nb", "a\u001b[31m", "a\0", "a\rb", "a\u0085b")) {
      assertThat(Parameters.parseOption("description", text)).isInstanceOf(BadValue.class);
      assertThat(Parameters.parseOption("hostname", text)).isInstanceOf(BadValue.class);
      assertThat(Parameters.parseOption("name", text)).isInstanceOf(BadValue.class);
      assertThat(Parameters.parseOption("private", "/" + text)).isInstanceOf(BadValue.class);
      assertThat(Parameters.parseOption("ostemplate", text)).isInstanceOf(BadValue.class);
    }
  }

  @Test
  void unknownModulesAreSkippedWithAWarning() {
    assertThat(Parameters.parseOption("iptables", "ipt_REJECT,nosuch"))
        .isEqualTo(
            new OptionValue.Accepted(
                Parameter.IPTABLES,
                "ipt_REJECT",
                "Warning: Unknown iptable module: nosuch, skipped"));
  }

  @Test
  void repeatedOptionsCountAsTheirRuleSays() {
    Settings.Builder options = new Settings.Builder();
    options.addOption("hostname", "first");
    options.addOption("hostname", "second");
    options.addOption("kmemsize", "1");
    options.addOption("k", "2");
    options.addOption("physpages", "7");
    options.addOption("ram", "1P");
    options.addOption("ipadd", "10.0.0.1/24");
    options.addOption("ip", "10.0.0.2");
    options.addOption("ipadd", "10.0.0.1");
    options.addOption("capability", "mknod:on");
    options.addOption("capability", "mknod:off,chown:on");
    options.addOption("features", "nfs:on");
    options.addOption("features", "sysfs:off");
    options.addOption("devices", "c:1:1:r");
    options.addOption("devices", "c:1:2:r");
    options.addOption("devices", "c:1:1:w");
    options.addOption("nameserver", "10.0.0.1");
    options.addOption("nameserver", "10.0.0.2");
    options.addOption("ipdel", "10.0.0.9");
    options.addOption("ipdel", "all");
    options.addOption("userpasswd", "a:b c");
    options.addOption("userpasswd", "d:e");
    options.addOption("bridge", "br0");
    assertThat(options.addOption("bridge", "br1"))
        .isEqualTo(new BadValue(List.of("Multiple use of --bridge option not allowed"), 21));
    assertThat(options.build().toString())
        .isEqualTo(
            "KMEMSIZE=2 PHYSPAGES=0:1 CAPABILITY=CHOWN:on MKNOD:off FEATURES=sysfs:off nfs:on"
                + " IP_ADDRESS=10.0.0.2 10.0.0.1 IPDEL=all BRIDGE=br0 HOSTNAME=first"
                + " NAMESERVER=10.0.0.1 10.0.0.2 DEVICES=c:1:2:r c:1:1:w USERPASSWD=a:b c\nd:e");
  }
}

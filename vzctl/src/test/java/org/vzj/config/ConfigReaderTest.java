package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.unit.IpAddress;
import org.vzj.quota.DiskLimit;

class ConfigReaderTest {

  @TempDir Path directory;

  private static ConfigReader.SettingsReading read(String text) {
    return ConfigReader.settings(ConfFile.parse(text), Path.of("F"));
  }

  private ContainerConfig container(String global, String own) throws IOException {
    Path vzConf = Files.writeString(directory.resolve("vz.conf"), global);
    Path conf = Files.writeString(directory.resolve("101.conf"), own);
    return ConfigReader.readContainer(101, conf, ConfigReader.readGlobal(vzConf).config()).config();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ONBOOT|-1|Warning: can't parse F:1 ('=' not found), skipping",
        "ONBOOT=\"yes|-1|Warning: can't parse F:1 (unmatched quotes), skipping",
        "ONBOOT=true|-1|Warning at F:1: invalid value for ONBOOT (\"true\"), skipped",
        "KMEMSIZE=1:x|-1|Warning at F:1: invalid value for KMEMSIZE (\"1:x\"), skipped",
        "KMEMSIZE=|-1|Warning at F:1: invalid value for KMEMSIZE (\"\"), skipped",
        "KMEMSIZE=99T:9223372036854775808|-1|Warning at F:1: too large value for KMEMSIZE"
            + " (\"99T:9223372036854775808\"), truncated",
        "IOLIMIT=2G|-1|Warning at F:1: too large value for IOLIMIT (\"2G\"), truncated",
        "FOO=bar|1|Warning at F:1: unknown parameter FOO (\"bar\"), ignored",
        "RAM=1G|1|Warning at F:1: unknown parameter RAM (\"1G\"), ignored",
        "IPTABLES=ipt_foo|-1|Warning: Unknown iptable module: ipt_foo, skipped",
        "CAPABILITY=FOO:on|-1|Capability FOO is unknown",
        "VETH=eth0|0|Warning at F:1: obsolete: VETH (\"eth0\"), use NETIF",
        "DEVICES=b:7:0:rw|-1|Warning at F:1: invalid value for DEVICES (\"b:7:0:rw\"), skipped",
      })
  void tellsWhatIsWrong(String line, int level, String text) {
    assertThat(read(line).warnings()).containsExactly(new ConfigWarning(level, text));
  }

  @Test
  void warnsInTheOrderOfTheFile() {
    assertThat(read("A B\nONBOOT=x\nC D\n\nE=\"\nHOSTNAME=a\nHOSTNAME=b\n").warnings())
        .extracting(ConfigWarning::text)
        .containsExactly(
            "Warning: can't parse F:1 ('=' not found), skipping",
            "Warning at F:2: invalid value for ONBOOT (\"x\"), skipped",
            "Warning: can't parse F:3 ('=' not found), skipping",
            "Warning: can't parse F:5 (unmatched quotes), skipping",
            "Warning at F:7: duplicate for HOSTNAME (\"b\"), ignored");
  }

  @Test
  void firstLastAndListRules() {
    ConfigReader.SettingsReading read =
        read(
            """
            HOSTNAME=first
            KMEMSIZE=1
            IOLIMIT=100
            VE_LAYOUT=simfs
            IP_ADDRESS="10.0.0.1"
            NAMESERVER="10.0.0.1"
            DCACHE=1
            HOSTNAME=second
            KMEMSIZE=2
            IOLIMIT=1K
            VE_LAYOUT=ploop
            IP_ADDRESS="10.0.0.2/24 0.0.0.0"
            NAMESERVER="10.0.0.2"
            DCACHESIZE=2
            """);
    assertThat(read.settings().toString())
        .isEqualTo(
            "KMEMSIZE=2 DCACHESIZE=2 IOLIMIT=1024 IP_ADDRESS=10.0.0.1 10.0.0.2/24 HOSTNAME=first"
                + " NAMESERVER=10.0.0.1 10.0.0.2 VE_LAYOUT=ploop");
    assertThat(read.warnings())
        .containsExactly(
            new ConfigWarning(-1, "Warning at F:8: duplicate for HOSTNAME (\"second\"), ignored"));
  }

  @Test
  void anInvalidFirstValueLeavesTheSecond() {
    assertThat(read("ONBOOT=maybe\nONBOOT=no\n").settings().get(Parameter.ONBOOT)).isEqualTo("no");
  }

  @Test
  void truncatesInsteadOfRefusing() {
    assertThat(
            read("IOLIMIT=99999999999999999999\nKMEMSIZE=1:99999999999999999999")
                .settings()
                .toString())
        .isEqualTo("KMEMSIZE=1:unlimited IOLIMIT=2147483647");
  }

  @Test
  void theFirstWordInheritDecides() {
    assertThat(read("NAMESERVER=inherit # of the host").settings().get(Parameter.NAMESERVER))
        .isEqualTo("inherit");
  }

  @Test
  void listsMayGoOnOverSeveralLines() {
    ConfigReader.SettingsReading read =
        read(
            """
            IP_ADDRESS="10.0.0.1
              10.0.0.2"
            NETIF="ifname=eth0;
            ifname=eth1,bridge=br0"
            """);
    assertThat(read.warnings()).isEmpty();
    assertThat(read.settings().toString())
        .isEqualTo("IP_ADDRESS=10.0.0.1 10.0.0.2 NETIF=ifname=eth0;ifname=eth1,bridge=br0");
  }

  @Test
  void containerOverGlobalOverDefault() throws IOException {
    ContainerConfig config =
        container(
            """
            CPUUNITS=500
            STOP_TIMEOUT=60
            DISK_QUOTA=yes
            VE_LAYOUT=ploop
            NETFILTER=full
            VE_ROOT=/vz/root/$VEID/
            VE_PRIVATE=/vz/private/${VEID}
            LOCAL_UID=100000
            """,
            "CPUUNITS=700\nNAME=web\nLOGFILE=/tmp/x\n");
    assertThat(config.get(Parameter.CPUUNITS)).isEqualTo("700");
    assertThat(config.get("CPUUNITS")).isEqualTo("700");
    assertThat(config.stopTimeout()).isEqualTo(60);
    assertThat(config.get(Parameter.IOPRIO)).isEqualTo("4");
    assertThat(config.get(Parameter.NETFILTER)).isEqualTo("stateless");
    assertThat(config.isYes(Parameter.DISK_QUOTA)).isTrue();
    assertThat(config.layout()).isNull();
    assertThat(config.localUid()).isEqualTo(-1);
    assertThat(config.veRoot()).isEqualTo(Path.of("/vz/root/101"));
    assertThat(config.vePrivate()).isEqualTo(Path.of("/vz/private/101"));
    assertThat(config.get(Parameter.LOGFILE)).isNull();
    assertThat(config.get("NOSUCH")).isNull();
    assertThat(config.name()).isEqualTo("web");
    assertThat(config.veid()).isEqualTo(101);
    assertThat(config.global().baseUid()).isEqualTo(100_000);
  }

  @Test
  void typedValuesOfAContainer() throws IOException {
    ContainerConfig config =
        container(
            "",
            """
            PHYSPAGES="0:65536"
            NUMPROC=240
            VMGUARPAGES="1:unlimited"
            DISKSPACE="2G:2.2G"
            DISKINODES=1000
            CAPABILITY="NET_ADMIN:on mknod:off"
            FEATURES="nfs:on"
            DEVICES="c:10:229:rw"
            DEVNODES="null:rw"
            IP_ADDRESS="10.0.0.1/24"
            NETIF="ifname=eth0,mac=00:18:51:aa:bb:cc"
            NAMESERVER="10.0.0.2 10.0.0.3"
            SEARCHDOMAIN="inherit"
            HOSTNAME="h"
            DESCRIPTION="d"
            OSTEMPLATE="t"
            ONBOOT=no
            BOOTORDER=-3
            DISABLED=yes
            STOP_TIMEOUT=0
            LOCAL_UID=131072
            LOCAL_GID=131072
            VE_LAYOUT=simfs
            """);
    assertThat(config.isVswap()).isTrue();
    assertThat(config.limit(Beancounter.PHYSPAGES)).isEqualTo(new BarrierLimit(0, 65536));
    assertThat(config.limit(Beancounter.NUMPROC)).isEqualTo(BarrierLimit.both(240));
    assertThat(config.limit(Beancounter.VMGUARPAGES))
        .isEqualTo(new BarrierLimit(1, BarrierLimit.UNLIMITED));
    assertThat(config.limit(Beancounter.KMEMSIZE)).isNull();
    assertThat(config.diskSpace()).isEqualTo(new DiskLimit(2097152, 2306867));
    assertThat(config.diskInodes()).isEqualTo(new DiskLimit(1000, 1000));
    assertThat(config.capabilities())
        .containsExactly(new Switch("NET_ADMIN", true), new Switch("MKNOD", false));
    assertThat(config.features()).containsExactly(new Switch("nfs", true));
    assertThat(config.devices()).containsExactly(new DeviceAccess('c', 10, 229, "rw"));
    assertThat(config.deviceNodes()).containsExactly(new DeviceNode("null", "rw"));
    assertThat(config.addresses()).containsExactly(new IpAddress("10.0.0.1", 24));
    assertThat(config.vethDevices())
        .containsExactly(new VethDevice("eth0", null, "00:18:51:AA:BB:CC", null, null, null, ""));
    assertThat(config.nameservers()).containsExactly("10.0.0.2", "10.0.0.3");
    assertThat(config.searchDomains()).containsExactly("inherit");
    assertThat(config.hostname()).isEqualTo("h");
    assertThat(config.description()).isEqualTo("d");
    assertThat(config.osTemplate()).isEqualTo("t");
    assertThat(config.onBoot()).isFalse();
    assertThat(config.bootOrder()).isEqualTo(-3);
    assertThat(config.disabled()).isTrue();
    assertThat(config.stopTimeout()).isEqualTo(120);
    assertThat(config.localUid()).isEqualTo(131072);
    assertThat(config.localGid()).isEqualTo(131072);
    assertThat(config.layout()).isEqualTo("simfs");
  }

  @Test
  void anEmptyContainerHasNothing() throws IOException {
    ContainerConfig config = container("", "");
    assertThat(config.veRoot()).isNull();
    assertThat(config.vePrivate()).isNull();
    assertThat(config.name()).isNull();
    assertThat(config.onBoot()).isNull();
    assertThat(config.disabled()).isFalse();
    assertThat(config.stopTimeout()).isEqualTo(120);
    assertThat(config.isVswap()).isFalse();
    assertThat(config.capabilities()).isEmpty();
    assertThat(config.features()).containsExactly(new Switch("sysfs", true));
    assertThat(config.addresses()).isEmpty();
    assertThat(config.vethDevices()).isEmpty();
    assertThat(config.diskSpace()).isNull();
    assertThat(config.own().isEmpty()).isTrue();
  }

  @Test
  void theGlobalFileAndItsDefaults() throws IOException {
    Path path = Files.writeString(directory.resolve("vz.conf"), "NETFILTER=full\nLOG_LEVEL=-1\n");
    ConfigReader.GlobalReading read = ConfigReader.readGlobal(path);
    assertThat(read.warnings())
        .isEqualTo(
            List.of(
                new ConfigWarning(
                    0,
                    "Warning at "
                        + path
                        + ":1: not for the whole host: NETFILTER (\"full\"), ignored")));
    GlobalConfig config = read.config();
    assertThat(config.lockDir()).isNull();
    assertThat(config.dumpDir()).isEqualTo(Path.of("/vz/dump"));
    assertThat(config.template()).isNull();
    assertThat(config.veRootPattern()).isNull();
    assertThat(config.vePrivatePattern()).isNull();
    assertThat(config.logFile()).isNull();
    assertThat(config.logLevel()).isEqualTo(-1);
    assertThat(config.verbose()).isEqualTo(-1);
    assertThat(config.sample()).isNull();
    assertThat(config.osTemplate()).isNull();
    assertThat(config.layout()).isEqualTo("simfs");
    assertThat(config.parallel()).isGreaterThanOrEqualTo(4).isEqualTo(4 * HostFacts.REAL.cpus());
    assertThat(config.isYes(Parameter.LOGGING)).isTrue();
    assertThat(config.isYes(Parameter.DISK_QUOTA)).isFalse();
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> ConfigReader.readGlobal(missing))
        .isInstanceOf(NoSuchFileException.class);
  }
}

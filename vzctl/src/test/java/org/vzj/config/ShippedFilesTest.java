package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.unit.Pages;

class ShippedFilesTest {

  private static final Path SHIPPED = Path.of("../etc-sysconfig-vz");
  private static final SampleConfigs SAMPLES = new SampleConfigs(SHIPPED.resolve("conf"));

  @TempDir Path directory;

  @Test
  void theGlobalFileSaysWhatItShould() throws IOException {
    ConfigReader.GlobalReading read = ConfigReader.readGlobal(SHIPPED.resolve("vz.conf"));
    assertThat(read.warnings()).isEmpty();
    GlobalConfig config = read.config();
    assertThat(config.settings().toString())
        .isEqualTo(
            "IPV6=yes NAMESERVER=inherit VE_ROOT=/vz/root/$VEID VE_PRIVATE=/vz/private/$VEID"
                + " VE_LAYOUT=simfs DISK_QUOTA=yes LOCAL_UID=100000 LOCAL_GID=100000 VIRTUOZZO=yes"
                + " LOCKDIR=/vz/lock DUMPDIR=/vz/dump VE0CPUUNITS=1000 VE_STOP_MODE=suspend"
                + " LOGGING=yes LOGFILE=/var/log/vzctl.log LOG_LEVEL=0 VERBOSE=0 VZFASTBOOT=no"
                + " ERROR_ON_ARPFAIL=no TEMPLATE=/vz/template CONFIGFILE=vswap-256m"
                + " DEF_OSTEMPLATE=debian-12-x86_64 VZWDOG=no IPTABLES_MODULES=ipt_REJECT ipt_tos"
                + " ipt_limit ipt_multiport iptable_filter iptable_mangle ipt_TCPMSS ipt_tcpmss"
                + " ipt_ttl ipt_length ip6_tables ip6table_filter ip6table_mangle ip6t_REJECT");
    assertThat(SAMPLES.exists(String.valueOf(config.sample()))).isTrue();
  }

  @Test
  void allSamplesAreThere() throws IOException {
    assertThat(SAMPLES.names())
        .containsExactly(
            "basic",
            "light",
            "vswap-1024m",
            "vswap-1g",
            "vswap-256m",
            "vswap-2g",
            "vswap-4g",
            "vswap-512m");
  }

  @ParameterizedTest
  @CsvSource({
    "vswap-256m,256,512",
    "vswap-512m,512,1024",
    "vswap-1024m,1024,2048",
    "vswap-1g,1024,2048",
    "vswap-2g,2048,4096",
    "vswap-4g,4096,8192",
  })
  void vswapSamples(String name, long ram, long swap) throws IOException {
    long perMegabyte = (1 << 20) / Pages.hostPageSize();
    ConfigReader.SettingsReading read = ConfigReader.settings(SAMPLES.read(name), Path.of("F"));
    assertThat(read.warnings()).isEmpty();
    assertThat(read.settings().toString())
        .isEqualTo(
            "PHYSPAGES=0:"
                + ram * perMegabyte
                + " SWAPPAGES=0:"
                + swap * perMegabyte
                + " CPUUNITS=1000 NETFILTER=stateless DISKSPACE=2097152:2306867"
                + " DISKINODES=131072:144179 QUOTATIME=0");
  }

  @Test
  void olderSamples() throws IOException {
    ConfigReader.SettingsReading basic = ConfigReader.settings(SAMPLES.read("basic"), Path.of("F"));
    assertThat(basic.warnings()).isEmpty();
    assertThat(basic.settings().toString())
        .isEqualTo(
            "KMEMSIZE=14372700:14790164 LOCKEDPAGES=2048 PRIVVMPAGES=65536:69632 SHMPAGES=21504"
                + " NUMPROC=240 PHYSPAGES=0:unlimited VMGUARPAGES=33792:unlimited"
                + " OOMGUARPAGES=26112:unlimited NUMTCPSOCK=360 NUMFLOCK=188:206 NUMPTY=16"
                + " NUMSIGINFO=256 TCPSNDBUF=1720320:2703360 TCPRCVBUF=1720320:2703360"
                + " OTHERSOCKBUF=1126080:2097152 DGRAMRCVBUF=262144 NUMOTHERSOCK=360 NUMFILE=9312"
                + " DCACHESIZE=3409920:3624960 NUMIPTENT=128 AVNUMPROC=180 CPUUNITS=1000"
                + " NETFILTER=stateless DISKSPACE=2097152:2306867 DISKINODES=131072:144179"
                + " QUOTATIME=0");
    ConfigReader.SettingsReading light = ConfigReader.settings(SAMPLES.read("light"), Path.of("F"));
    assertThat(light.warnings()).isEmpty();
    assertThat(light.settings().toString())
        .isEqualTo(
            "KMEMSIZE=1740800:1847296 LOCKEDPAGES=4 PRIVVMPAGES=7680:8448 SHMPAGES=1152 NUMPROC=40"
                + " PHYSPAGES=0:unlimited VMGUARPAGES=1725:unlimited OOMGUARPAGES=1725:unlimited"
                + " NUMTCPSOCK=40 NUMFLOCK=50:60 NUMPTY=4 NUMSIGINFO=256 TCPSNDBUF=159744:262144"
                + " TCPRCVBUF=159744:262144 OTHERSOCKBUF=135168:237568 DGRAMRCVBUF=135168:196608"
                + " NUMOTHERSOCK=40 NUMFILE=512 DCACHESIZE=196608:202752 NUMIPTENT=16 AVNUMPROC=15"
                + " CPUUNITS=250 NETFILTER=stateless DISKSPACE=1048576:1153433"
                + " DISKINODES=65536:72090 QUOTATIME=0");
  }

  @Test
  void theHostHasAFileToo() throws IOException {
    ConfFile file = ConfFile.read(SHIPPED.resolve("conf/0.conf"));
    assertThat(ConfigReader.settings(file, Path.of("F")).settings().toString())
        .isEqualTo("OOMGUARPAGES=unlimited ONBOOT=no");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alpine.conf", "altlinux.conf", "arch.conf", "centos.conf", "debian.conf", "fedora.conf",
        "gentoo.conf", "opensuse.conf", "redhat.conf", "slackware.conf", "suse.conf", "ubuntu.conf",
        "default"
      })
  void distributionsSetTheHostName(String name) throws IOException {
    ConfFile file = ConfFile.read(SHIPPED.resolve("dists").resolve(name));
    assertThat(file.problems()).isEmpty();
    assertThat(SHIPPED.resolve("dists/scripts/" + file.get("SET_HOSTNAME"))).isRegularFile();
    assertThat(file.get("POST_CREATE")).isNull();
  }

  @Test
  void aSampleIsAppliedWithoutWhatIsTheContainersOwn() throws IOException {
    Files.writeString(
        directory.resolve("ve-x.conf-sample"),
        """
        NUMPROC=10
        ONBOOT=yes
        HOSTNAME=h
        IP_ADDRESS=10.0.0.1
        OSTEMPLATE=t
        VE_ROOT=/r
        VE_PRIVATE=/p
        DESCRIPTION=d
        NAME=n
        LOCAL_UID=1
        """);
    SampleConfigs samples = new SampleConfigs(directory);
    Settings own =
        ConfigReader.settings(
                ConfFile.parse("NUMPROC=5\nKMEMSIZE=7\nHOSTNAME=mine\n"), Path.of("F"))
            .settings();
    assertThat(samples.applyTo(own, "x").settings().toString())
        .isEqualTo("KMEMSIZE=7 NUMPROC=10 HOSTNAME=mine ORIGIN_SAMPLE=x ONBOOT=yes");
    assertThat(samples.exists("y")).isFalse();
    assertThatThrownBy(() -> samples.applyTo(own, "y")).isInstanceOf(NoSuchFileException.class);
  }
}

package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.conf.ConfFile;

@SuppressWarnings("StringConcatToTextBlock") // where line ends matter
class ConfigSaverTest {

  @TempDir Path directory;

  private static Settings settings(ConfFile file) {
    return ConfigReader.settings(file, Path.of("F")).settings();
  }

  private static Settings settings(String text) {
    return settings(ConfFile.parse(text));
  }

  @Test
  void appendsInTheOrderOfTheTableInCanonicalForm() {
    Settings settings =
        settings(
            """
            HOSTNAME=web
            DISKSPACE=2G:2.2G
            IP_ADDRESS="10.0.0.1  2001:DB8::1"
            CAPABILITY="mknod:on,chown:off"
            IOLIMIT=10M
            CPUUNITS=1000
            VM_OVERCOMMIT=1.5
            SWAPPAGES=0:4P
            NUMPROC=240:240
            KMEMSIZE=1K:2K
            VMGUARPAGES=1:9223372036854775807
            CPUMASK=0,1,2
            VE_ROOT=/vz/root/$VEID
            DESCRIPTION="a $(b) c"
            """);
    assertThat(ConfigSaver.update(ConfFile.parse("# mine\nFOO=bar\n"), settings).text())
        .isEqualTo(
            """
            # mine
            FOO=bar
            KMEMSIZE="1024:2048"
            NUMPROC="240"
            VMGUARPAGES="1:unlimited"
            SWAPPAGES="0:4"
            VM_OVERCOMMIT="1.5"
            CPUUNITS="1000"
            CPUMASK="0-2"
            IOLIMIT="10485760"
            CAPABILITY="CHOWN:off MKNOD:on"
            IP_ADDRESS="10.0.0.1 2001:db8::1"
            HOSTNAME="web"
            VE_ROOT="/vz/root/$VEID"
            DISKSPACE="2097152:2306867"
            DESCRIPTION="a \\$(b) c"
            """);
  }

  @Test
  void replacesInPlaceAndKeepsAllElse() {
    String before =
        "# top\n\nHOSTNAME=old # why\nbroken line\nDISKSPACE=\"2G:2.2G\"\nFOO=\"x\nONBOOT=yes\n"
            + "DCACHE=\"1:2\"\nKMEMSIZE=1\nKMEMSIZE=2\nIP_ADDRESS=\"10.0.0.1\"\nIP_ADDRESS=10.0.0.2";
    ConfFile file = ConfFile.parse(before);
    Settings changed =
        settings(file)
            .with(Parameter.HOSTNAME, "new")
            .with(Parameter.DCACHESIZE, "5")
            .with(Parameter.KMEMSIZE, "3")
            .with(Parameter.IP_ADDRESS, "")
            .with(Parameter.ONBOOT, null);
    assertThat(ConfigSaver.update(file, changed).text())
        .isEqualTo(
            "# top\n\nHOSTNAME=\"new\"\nbroken line\nDISKSPACE=\"2G:2.2G\"\nFOO=\"x\n"
                + "DCACHESIZE=\"5\"\nKMEMSIZE=\"3\"\nIP_ADDRESS=\"\"\n");
  }

  @Test
  void sameValuesInAnotherFormAreNoChange() throws IOException {
    Path path = directory.resolve("101.conf");
    Files.writeString(path, "DISKSPACE=2G:2.2G\nKMEMSIZE=1K\nNAMESERVER=inherit # x\nfoo\n");
    FileTime long_ago = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(path, long_ago);
    Settings settings =
        settings("NAMESERVER=inherit\nKMEMSIZE=1024:1024\nDISKSPACE=2097152:2306867");
    assertThat(ConfigSaver.save(path, settings)).isFalse();
    assertThat(Files.getLastModifiedTime(path)).isEqualTo(long_ago);
    assertThat(ConfigSaver.save(path, settings.with(Parameter.ONBOOT, "yes"))).isTrue();
    assertThat(path)
        .hasContent(
            """
            DISKSPACE=2G:2.2G
            KMEMSIZE=1K
            NAMESERVER=inherit # x
            foo
            ONBOOT="yes"
            """);
    assertThat(ConfigSaver.save(path, settings.with(Parameter.ONBOOT, "yes"))).isFalse();
  }

  @Test
  void makesAMissingFileAndTellsOfFailures() throws IOException {
    Path path = directory.resolve("101.conf");
    assertThat(ConfigSaver.save(path, settings("ONBOOT=no"))).isTrue();
    assertThat(path).hasContent("ONBOOT=\"no\"\n");
    Path missing = directory.resolve("no/101.conf");
    assertThatThrownBy(() -> ConfigSaver.save(missing, settings("ONBOOT=no")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("No such file or directory");
  }

  /**
   * Whatever a file holds, saving settings makes it say exactly these, and again changes nothing.
   */
  @Test
  void anySettingsIntoAnyFile() {
    Random random = new Random(7);
    String[] lines = {
      "# c",
      "",
      "junk",
      "HOSTNAME=a",
      "HOSTNAME=\"b\"",
      "HOSTNAME=\"open",
      "KMEMSIZE=1:2",
      "KMEMSIZE=x",
      "DCACHE=5",
      "DCACHESIZE=6:7",
      "IP_ADDRESS=\"10.0.0.1 10.0.0.2\"",
      "IP_ADDRESS=10.0.0.3",
      "CAPABILITY=\"MKNOD:on\"",
      "CAPABILITY=CHOWN:off",
      "NETIF=ifname=eth0",
      "ONBOOT=yes",
      "ONBOOT=no",
      "ONBOOT=maybe",
      "UNKNOWN=1",
      "IOLIMIT=1K",
      "DISKSPACE=1G:2G",
      "NAMESERVER=inherit",
      "NAMESERVER=10.0.0.1",
      "DESCRIPTION=\"a\\\"b $x\"",
      "IOPRIO=3\r"
    };
    for (int round = 0; round < 3_000; round++) {
      ConfFile from = random(random, lines);
      ConfFile to = random(random, lines);
      Settings wanted = settings(from);
      ConfFile saved = ConfigSaver.update(to, wanted);
      assertThat(settings(saved)).as(to.text() + "<-" + wanted).isEqualTo(wanted);
      assertThat(ConfigSaver.update(saved, wanted)).isSameAs(saved);
      assertThat(ConfigSaver.update(from, wanted)).isSameAs(from);
    }
  }

  private static ConfFile random(Random random, String[] lines) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(lines[random.nextInt(lines.length)]).append('\n');
    }
    return ConfFile.parse(text.toString());
  }
}

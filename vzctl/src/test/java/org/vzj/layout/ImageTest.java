package org.vzj.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.xml.XmlReader;

class ImageTest {
  private static final PlanRunner RUNNER = ignored -> new LaunchReport.Done();

  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "''                        > - -",
        "noatime,nosuid            > noatime,nosuid -",
        "usrquota,grpquota         > - usrquota,grpquota",
        "data=writeback,,noatime   > noatime data=writeback",
        "defaults                  > - -",
      })
  void optionsAreFlagsOrTheFileSystemsOwn(String options, String words) {
    LaunchPlan.Builder plan = LaunchPlan.builder();
    new DiskImage(Path.of("/i"), RUNNER).addMount(plan, Path.of("/p"), "-", options);
    assertThat(plan.build().text()).isEqualTo("vzlaunch 1\nimage /i /p ext4 " + words + "\n");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,16777216", "102400,104857600", "102401,104861696", "9223372036854775807,0"})
  void sizesAreMultiplesOfABlock(long kb, long bytes) {
    assertThat(DiskImage.rounded(kb)).isEqualTo(bytes);
  }

  @Test
  void theDescriptorIsWhatPloopWrites() throws Exception {
    String guid = "{0d084df6-df98-4ef1-b8e3-64a59aaf5ec5}";
    DiskDescriptor.write(directory, 1 << 30, "root.hdd", List.of(guid));
    var xml = XmlReader.read(directory.resolve("DiskDescriptor.xml"));
    assertThat(xml.name()).isEqualTo("Virtuozzo_disk_image");
    assertThat(xml.children().getFirst().childText("Disk_size")).isEqualTo("2097152");
    var storage = xml.children().get(1).children().getFirst();
    assertThat(storage.childText("End")).isEqualTo("2097152");
    assertThat(storage.children().getLast().childText("File")).isEqualTo("root.hdd." + guid);
    assertThat(xml.children().get(2).childText("TopGUID"))
        .isEqualTo("{5fbaabe3-6958-40ff-92a7-860e329aab41}");
  }

  @Test
  void aSuperblockSaysHowFullItIs() {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0x0, 6400).putInt(0x4, 25600).putInt(0xc, 20000).putInt(0x10, 6000);
    bytes.putInt(0x18, 2).putShort(0x38, (short) 0xef53).putInt(0x64, 0x100);
    ExtSuperblock superblock = Objects.requireNonNull(ExtSuperblock.parse(bytes));
    assertThat(superblock)
        .isEqualTo(new ExtSuperblock(4096, 25600, 20000, 6400, 6000, true, false));
    bytes.putInt(0x64, 0x2100).putInt(0x26c, 12);
    assertThat(Objects.requireNonNull(ExtSuperblock.parse(bytes)).projects()).isTrue();
    assertThat(superblock.usage()).isEqualTo(new DiskUsage(22400, 102400, 400, 6400));
    bytes.putInt(0x18, 40);
    assertThat(ExtSuperblock.parse(bytes)).as("a block of 2^50 bytes").isNull();
    assertThat(ExtSuperblock.parse(ByteBuffer.allocate(1024))).isNull();
  }

  @Test
  void aShortFileHasNoSuperblock() throws Exception {
    assertThat(ExtSuperblock.read(Files.writeString(directory.resolve("x"), "short"))).isNull();
  }

  @Test
  void snapshotsAreKnownByTheirNames() throws Exception {
    for (String name :
        new String[] {"root.hdd", "root.hdd.{b}", "root.hdd.{a}", "root.hdd.{c}.tmp", "x{d}"}) {
      Files.createFile(directory.resolve(name));
    }
    assertThat(new DiskImage(directory.resolve("root.hdd"), RUNNER).snapshots())
        .containsExactly("{a}", "{b}");
  }
}

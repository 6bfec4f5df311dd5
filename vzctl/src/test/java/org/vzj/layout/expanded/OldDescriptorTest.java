package org.vzj.layout.expanded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OldDescriptorTest {
  private static final String TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";
  private static final String A = "{aaaaaaaa-0000-4000-8000-000000000001}";
  private static final String B = "{bbbbbbbb-0000-4000-8000-000000000002}";
  private static final String NONE = "{00000000-0000-0000-0000-000000000000}";

  @TempDir Path directory = Path.of("");

  private static String image(String guid, String file) {
    return "<Image><GUID>"
        + guid
        + "</GUID><Type>Compressed</Type><File>"
        + file
        + "</File></Image>";
  }

  private static String shot(String guid, String parent) {
    return "<Shot><GUID>" + guid + "</GUID><ParentGUID>" + parent + "</ParentGUID></Shot>";
  }

  private OldDescriptor read(String images, String shots) throws IOException {
    return OldDescriptor.read(
        Files.writeString(
            directory.resolve("DiskDescriptor.xml"),
            "<?xml version=\"1.0\"?>\n<Parallels_disk_image Version=\"1.0\">\n<Disk_Parameters>"
                + "<Disk_size>4096</Disk_size></Disk_Parameters>\n<StorageData><Storage>"
                + "<Start>0</Start><Blocksize>2048</Blocksize>"
                + images
                + "</Storage></StorageData>\n<Snapshots>"
                + shots
                + "</Snapshots></Parallels_disk_image>\n"));
  }

  @Test
  void oneImage() throws Exception {
    OldDescriptor disk =
        read(image(TOP, "root.hdd"), "<TopGUID>" + TOP + "</TopGUID>" + shot(TOP, NONE));
    assertThat(disk.chain(disk.top())).containsExactly(directory.resolve("root.hdd"));
    assertThat(disk.snapshots()).isEmpty();
    assertThat(read(image(A, "root.hdd"), "").top()).as("old, without snapshots").isEqualTo(A);
  }

  @Test
  void aTreeOfThem() throws Exception {
    OldDescriptor disk =
        read(
            image(A, "root.hdd") + image(B, "root.hdd." + B) + image(TOP, "root.hdd." + A),
            "<TopGUID>" + TOP + "</TopGUID>" + shot(A, NONE) + shot(TOP, A) + shot(B, A));
    assertThat(disk.chain(TOP))
        .containsExactly(directory.resolve("root.hdd." + A), directory.resolve("root.hdd"));
    assertThat(disk.chain(B))
        .containsExactly(directory.resolve("root.hdd." + B), directory.resolve("root.hdd"));
    assertThat(disk.snapshots()).containsExactly(A, B);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "../root.hdd",
        "/etc/shadow",
        "..",
        "''",
        "a/b",
        ".hidden",
      })
  void imagesLieBesideIt(String file) {
    assertThatThrownBy(() -> read(image(TOP, file), ""))
        .hasMessageContaining("is not in its directory");
  }

  @Test
  void whatMakesNoSense() {
    String good = image(TOP, "root.hdd");
    assertThatThrownBy(() -> read("", "")).hasMessageContaining("names no image");
    assertThatThrownBy(() -> read(good + good, "")).hasMessageContaining("too many");
    assertThatThrownBy(() -> read(image("../../x", "f"), "")).hasMessageContaining("is no GUID");
    assertThatThrownBy(() -> read(good, shot(TOP, NONE) + shot(TOP, NONE)))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> read(good, "<TopGUID>" + A + "</TopGUID>" + shot(A, NONE)))
        .hasMessageContaining("does not name the image in use");
    assertThatThrownBy(() -> read(good + "</Storage><Storage>", ""))
        .hasMessageContaining("several parts");
    assertThatThrownBy(() -> OldDescriptor.read(directory.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void chainsThatEndNowhere() throws Exception {
    OldDescriptor circle =
        read(
            image(TOP, "t") + image(A, "a"),
            "<TopGUID>" + TOP + "</TopGUID>" + shot(TOP, A) + shot(A, TOP));
    assertThatThrownBy(() -> circle.chain(TOP)).hasMessageContaining("circle");
    OldDescriptor lost =
        read(image(TOP, "t") + image(A, "a"), "<TopGUID>" + TOP + "</TopGUID>" + shot(TOP, B));
    assertThatThrownBy(() -> lost.chain(TOP)).hasMessageContaining("is not known");
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Disks that {@code ploop} makes and works on. */
@Tag("root")
class PloopToolTest {
  private static final String A = "{aaaaaaaa-0000-4000-8000-000000000001}";

  private Sandbox sandbox;
  private Path image;
  private String xml;
  private Path point;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    sandbox = Sandbox.open();
    Path directory = Files.createDirectory(sandbox.base().resolve("disk"));
    image = directory.resolve("root.hdd");
    xml = directory.resolve("DiskDescriptor.xml").toString();
    point = Files.createDirectory(sandbox.base().resolve("point"));
  }

  @AfterEach
  void close() {
    if (sandbox != null) {
      sandbox.tool("ploop", "umount", "-m", point.toString());
      sandbox.close();
    }
  }

  private Result ploop(String... words) {
    return sandbox.tool("ploop", words);
  }

  private void make() {
    ploop("init", "-s", "32M", "-t", "ext4", image.toString()).expect(0);
  }

  @Test
  void aDiskFromItsBeginning() throws Exception {
    make();
    assertThat(Files.size(image)).isEqualTo(32L << 20);
    ploop("init", "-s", "32M", image.toString()).expect(12);
    ploop("mount", "-m", point.toString(), xml).expect(0);
    assertThat(ploop("list").ok()).contains("/dev/loop", image.toString());
    ploop("check", xml).expect(37);
    Files.writeString(point.resolve("file"), "one");
    ploop("snapshot", "-u", A, xml).expect(0);
    assertThat(ploop("snapshot-list", "-H", xml).ok()).contains(A, image + "." + A);
    Files.writeString(point.resolve("file"), "two");
    assertThat(ploop("info", xml).ok()).contains("size:\t\t65536", "format:\t\traw");
    ploop("snapshot-switch", "-u", A, xml).expect(43);
    assertThat(ploop("balloon", "discard", xml).ok()).contains("sectors have been freed");
    ploop("umount", xml).expect(0);
    ploop("umount", xml).expect(40);
    ploop("umount", "-m", point.toString()).expect(40);
    ploop("check", xml).expect(0);
    // In sectors; while it is mounted that takes CAP_SYS_RESOURCE.
    ploop("resize", "-s", "131072", xml).expect(0);
    assertThat(ploop("info", xml).ok()).contains("size:\t\t131072");
    ploop("resize", "-s", "24M", xml).expect(0);
    assertThat(Files.size(image)).isEqualTo(24L << 20);
    ploop("snapshot-switch", "-u", A, xml).expect(0);
    ploop("mount", "-r", "-m", point.toString(), xml).expect(0);
    assertThat(point.resolve("file")).hasContent("one");
    assertThat(Host.run("touch", point + "/new").status()).isNotZero();
    ploop("umount", "-m", point.toString()).expect(0);
    ploop("mount", "-u", A, "-m", point.toString(), xml).expect(0);
    assertThat(point.resolve("file")).hasContent("one");
    ploop("snapshot-delete", "-u", A, xml).expect(37);
    ploop("umount", xml).expect(0);
    ploop("snapshot-delete", "-u", A, xml).expect(0);
    assertThat(ploop("snapshot-list", "-H", xml).ok()).isEmpty();
    assertThat(image.resolveSibling("root.hdd." + A)).doesNotExist();
  }

  @Test
  void whatIsNotThereOrNotWanted() {
    assertThat(ploop("merge", xml).expect(38).err()).contains("Usage: ploop");
    assertThat(ploop("snapshot-merge", xml).expect(38).err()).contains("is not supported");
    ploop("info", xml).expect(39);
    make();
    for (String size : new String[] {"0", "-1", "x", "99999999999T", ""}) {
      ploop("resize", "-s", size, xml).expect(38);
    }
    ploop("resize", xml).expect(38);
    assertThat(ploop("mount", xml).expect(38).err()).contains("-m");
    ploop("mount", "-m", "/nowhere/at/all", xml).expect(38);
    ploop("snapshot-delete", xml).expect(38);
    ploop("snapshot-delete", "-u", "../x", xml).expect(38);
    ploop("snapshot-delete", "-u", A.substring(1, 37), xml).expect(38);
    ploop("snapshot-delete", "-u", A, xml).expect(43);
    ploop("info", xml, xml).expect(38);
    ploop("init", "-s", "1M", "-f", "qcow", image.toString()).expect(38);
    ploop("balloon", "show", xml).expect(38);
    ploop("-h").expect(0);
    assertThat(ploop("convert", "-f", "raw", xml).ok()).contains("raw already");
  }

  @Test
  void aDiskOfTheDriversBecomesRaw() throws Exception {
    make();
    byte[] disk = OldImage.disk(Files.readAllBytes(image));
    OldImage.write(image, 2, disk, null);
    Path other = Files.writeString(image.resolveSibling("notes"), "mine");
    assertThat(ploop("mount", "-m", point.toString(), xml).expect(11).err())
        .contains("in the format of OpenVZ's ploop driver");
    ploop("convert", "-f", "raw", xml).expect(0);
    assertThat(other).hasContent("mine");
    ploop("check", xml).expect(0);
    ploop("mount", "-m", point.toString(), xml).expect(0);
    ploop("umount", xml).expect(0);
  }
}

package org.vzj.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vzj.linux.conf.AtomicFile;

/**
 * DiskDescriptor.xml, which says what the images of a disk are. It has the form of ploop's, so that
 * its users find it where they look; the images themselves are raw.
 */
final class DiskDescriptor {
  static final String NAME = "DiskDescriptor.xml";

  /** The guid of the image in use, always the same in ploop. */
  private static final String TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";

  private static final String NONE = "{00000000-0000-0000-0000-000000000000}";
  private static final long SECTOR = 512;
  private static final long BLOCK_SECTORS = 2048;
  private static final long CYLINDER_SECTORS = 16 * 63;

  private DiskDescriptor() {}

  /**
   * Writes it.
   *
   * @param directory of the images
   * @param bytes the size of the disk
   * @param image the file name of the image in use
   * @param snapshots guids of those that are kept
   */
  static void write(Path directory, long bytes, String image, List<String> snapshots)
      throws IOException {
    byte[] text = text(bytes, image, snapshots).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(directory.resolve(NAME), text);
  }

  /** Its text. */
  static String text(long bytes, String image, List<String> snapshots) {
    long sectors = bytes / SECTOR;
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\"?>\n<Virtuozzo_disk_image>\n  <Disk_Parameters>\n");
    element(xml, 4, "Disk_size", sectors);
    element(xml, 4, "Cylinders", sectors / CYLINDER_SECTORS);
    element(xml, 4, "Heads", 16);
    element(xml, 4, "Sectors", 63);
    element(xml, 4, "Padding", 0);
    xml.append("  </Disk_Parameters>\n  <StorageData>\n    <Storage>\n");
    element(xml, 6, "Start", 0);
    element(xml, 6, "End", sectors);
    element(xml, 6, "Blocksize", BLOCK_SECTORS);
    image(xml, TOP, image);
    for (String guid : snapshots) {
      image(xml, guid, image + "." + guid);
    }
    xml.append("    </Storage>\n  </StorageData>\n  <Snapshots>\n");
    element(xml, 4, "TopGUID", TOP);
    shot(xml, TOP);
    for (String guid : snapshots) {
      shot(xml, guid);
    }
    return xml.append("  </Snapshots>\n</Virtuozzo_disk_image>\n").toString();
  }

  private static void element(StringBuilder xml, int indent, String name, Object value) {
    xml.repeat(' ', indent).append('<').append(name).append('>').append(value);
    xml.append("</").append(name).append(">\n");
  }

  private static void image(StringBuilder xml, String guid, String file) {
    xml.append("      <Image>\n");
    element(xml, 8, "GUID", guid);
    element(xml, 8, "Type", "Plain");
    element(xml, 8, "File", file);
    xml.append("      </Image>\n");
  }

  /** Every image is whole: none is the other's parent. */
  private static void shot(StringBuilder xml, String guid) {
    xml.append("    <Shot>\n");
    element(xml, 6, "GUID", guid);
    element(xml, 6, "ParentGUID", NONE);
    xml.append("    </Shot>\n");
  }
}

package org.vzj.layout.expanded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.linux.xml.XmlElement;
import org.vzj.linux.xml.XmlReader;

/**
 * What the DiskDescriptor.xml of a disk says of its images.
 *
 * @param files the images' files by guid
 * @param parents the guid below each
 * @param top the guid of the image in use
 */
public record OldDescriptor(Map<String, Path> files, Map<String, String> parents, String top) {
  /** The guid of the image in use, unless the descriptor names another. */
  private static final String TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";

  private static final String NONE = "{00000000-0000-0000-0000-000000000000}";

  /** As many as no disk has. */
  private static final int MOST_IMAGES = 1024;

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read or does not describe one disk
   */
  public static OldDescriptor read(Path file) throws IOException {
    try {
      return of(XmlReader.read(file), file.resolveSibling("."));
    } catch (WrongDescriptorException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** It is well-formed, and describes no disk. */
  private static final class WrongDescriptorException extends Exception {
    private static final long serialVersionUID = 1L;

    WrongDescriptorException(String message) {
      super(message);
    }
  }

  private static OldDescriptor of(XmlElement disk, Path directory) throws WrongDescriptorException {
    Map<String, Path> files = new LinkedHashMap<>();
    Map<String, String> parents = new HashMap<>();
    String top = "";
    for (XmlElement part : disk.children()) {
      if (part.name().equals("StorageData")) {
        readStorage(part, directory, files);
      } else if (part.name().equals("Snapshots")) {
        top = guid(part, "TopGUID");
        readShots(part, parents);
      }
    }
    if (files.isEmpty()) {
      throw new WrongDescriptorException("it names no image");
    }
    if (parents.isEmpty() && files.size() == 1) {
      top = files.keySet().iterator().next();
    }
    top = top.isEmpty() ? TOP : top;
    if (!files.containsKey(top)) {
      throw new WrongDescriptorException("it does not name the image in use, " + top);
    }
    return new OldDescriptor(files, parents, top);
  }

  private static void readStorage(XmlElement data, Path directory, Map<String, Path> files)
      throws WrongDescriptorException {
    if (data.children().size() != 1) {
      throw new WrongDescriptorException("it describes a disk of several parts");
    }
    for (XmlElement image : data.children().getFirst().children()) {
      if (!image.name().equals("Image")) {
        continue;
      }
      String name = image.childText("File").strip();
      if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
        throw new WrongDescriptorException("the image '" + name + "' is not in its directory");
      }
      if (files.put(guid(image, "GUID"), directory.resolve(name).normalize()) != null
          || files.size() > MOST_IMAGES) {
        throw new WrongDescriptorException("it names too many images");
      }
    }
  }

  private static void readShots(XmlElement snapshots, Map<String, String> parents)
      throws WrongDescriptorException {
    for (XmlElement shot : snapshots.children()) {
      if (shot.name().equals("Shot")
          && parents.put(guid(shot, "GUID"), guid(shot, "ParentGUID")) != null) {
        throw new WrongDescriptorException("it names a snapshot twice");
      }
    }
  }

  private static String guid(XmlElement of, String name) throws WrongDescriptorException {
    String text = of.childText(name).strip();
    boolean good = text.length() == NONE.length() && text.startsWith("{") && text.endsWith("}");
    for (int i = 1; good && i < text.length() - 1; i++) {
      char c = text.charAt(i);
      good = c == '-' || Character.digit(c, 16) >= 0;
    }
    if (!good && !text.isEmpty()) {
      throw new WrongDescriptorException("'" + text + "' is no " + name);
    }
    return text;
  }

  /** Tells whether a file of this name is one of its images. */
  public boolean hasFile(String name) {
    for (Path file : files.values()) {
      if (String.valueOf(file.getFileName()).equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the guids of the snapshots: of all images but the one in use. */
  public List<String> snapshots() {
    List<String> guids = new ArrayList<>(files.keySet());
    guids.remove(top);
    return guids;
  }

  /**
   * Returns the files that make the disk as it is in a snapshot, or now.
   *
   * @param guid of the topmost image
   * @return from the top to the base
   * @throws IOException if one is not named, or if they form a circle
   */
  public List<Path> chain(String guid) throws IOException {
    List<Path> chain = new ArrayList<>();
    String at = guid;
    while (!at.equals(NONE) && !at.isEmpty()) {
      Path file = files.get(at);
      if (file == null) {
        throw new IOException("The image " + at + ", which others stand on, is not known");
      }
      if (chain.size() >= files.size()) {
        throw new IOException("The images of the disk stand on each other in a circle");
      }
      chain.add(file);
      at = parents.getOrDefault(at, NONE);
    }
    return chain;
  }
}

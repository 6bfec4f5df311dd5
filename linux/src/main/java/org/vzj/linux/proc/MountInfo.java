package org.vzj.linux.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mount as {@code /proc/PID/mountinfo} shows it, see proc_pid_mountinfo(5).
 *
 * @param id number of the mount, unique while it lives
 * @param parent number of the mount it lies on
 * @param major major device number of the file system
 * @param minor minor device number of the file system
 * @param root what of the file system is mounted; {@code /} is all of it
 * @param mountPoint where, seen from the reading process's root
 * @param options options of the mount, comma separated
 * @param fsType type, with a subtype after a dot
 * @param source what the file system says it comes from
 * @param superOptions options of the file system, comma separated
 */
public record MountInfo(
    int id,
    int parent,
    int major,
    int minor,
    String root,
    String mountPoint,
    String options,
    String fsType,
    String source,
    String superOptions) {

  /**
   * Reads and parses a mountinfo file.
   *
   * @param file usually {@code /proc/self/mountinfo}
   * @return the mounts in the kernel's order: a later one may cover an earlier one
   * @throws IOException if the file cannot be read, or is no mountinfo
   */
  public static List<MountInfo> read(Path file) throws IOException {
    // Not readString: a mount point may hold any bytes, and bad UTF-8 must not fail every command.
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Parses the text of a mountinfo file.
   *
   * @param text lines as the kernel prints them; space, tab, newline and backslash inside a field
   *     are octal escapes, so neither a line nor a field can be forged by a mount point's name
   * @return the mounts in order
   * @throws IllegalArgumentException if a line is not of the documented form
   */
  public static List<MountInfo> parse(String text) {
    List<MountInfo> mounts = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        end = text.length();
      }
      if (end > start) {
        mounts.add(parseLine(text.substring(start, end)));
      }
      start = end + 1;
    }
    return mounts;
  }

  /**
   * Returns the mount that a path lies on: of those above it the deepest, and of several at one
   * place the last, which covers the others.
   *
   * @param mounts in the kernel's order
   * @param path absolute, without symbolic links
   * @return null if none is above it
   */
  public static @Nullable MountInfo holding(List<MountInfo> mounts, String path) {
    MountInfo best = null;
    for (int i = 0; i < mounts.size(); i++) {
      MountInfo mount = mounts.get(i);
      String point = mount.mountPoint();
      boolean above =
          point.equals("/")
              || (path.startsWith(point)
                  && (path.length() == point.length() || path.charAt(point.length()) == '/'));
      if (above && (best == null || point.length() >= best.mountPoint().length())) {
        best = mount;
      }
    }
    return best;
  }

  private static MountInfo parseLine(String line) {
    Fields fields = new Fields(line, ' ');
    int id = fields.nextInt();
    int parent = fields.nextInt();
    String device = fields.next();
    int colon = device.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("not a mountinfo line: " + line);
    }
    String root = fields.next();
    String mountPoint = fields.next();
    String options = fields.next();
    // Zero or more propagation tags, ended by a lone dash.
    while (!fields.next().equals("-")) {}
    String type = fields.next();
    // A source may be empty: then two spaces follow each other.
    String source = fields.next();
    String superOptions = fields.hasNext() ? fields.next() : "";
    return new MountInfo(
        id,
        parent,
        Fields.number(device, 0, colon, line),
        Fields.number(device, colon + 1, device.length(), line),
        unescape(root),
        unescape(mountPoint),
        options,
        unescape(type),
        unescape(source),
        superOptions);
  }

  /**
   * Undoes the kernel's octal escapes.
   *
   * @param field text in which {@code \ooo} stands for one ASCII character
   * @return the text meant; a backslash without three octal digits stays as it is
   */
  static String unescape(String field) {
    int at = field.indexOf('\\');
    if (at < 0) {
      return field;
    }
    StringBuilder plain = new StringBuilder(field.length());
    int from = 0;
    while (at >= 0) {
      plain.append(field, from, at);
      int code = octal(field, at + 1);
      if (code < 0) {
        plain.append('\\');
        from = at + 1;
      } else {
        plain.append((char) code);
        from = at + 4;
      }
      at = field.indexOf('\\', from);
    }
    return plain.append(field, from, field.length()).toString();
  }

  private static int octal(String text, int at) {
    if (at + 3 > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = at; i < at + 3; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '7') {
        return -1;
      }
      code = code * 8 + (c - '0');
    }
    return code < 128 ? code : -1;
  }
}

package org.vzj.template.unpack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything that can be seen of a tree, one line a name, for two trees to be compared. */
final class TreeListing {
  private TreeListing() {}

  /**
   * Lists a tree. The root's own mode is left out: it is OpenVZ's 755, not the archive's.
   *
   * @param base is taken off all owners
   */
  static Map<String, String> of(Path root, int base) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    Map<Object, String> inodes = new HashMap<>();
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : (Iterable<Path>) walk.sorted()::iterator) {
        String name = root.relativize(path).toString();
        lines.put(name, line(path, name, base, inodes));
      }
    }
    return lines;
  }

  private static String line(Path path, String name, int base, Map<Object, String> inodes)
      throws IOException {
    Map<String, Object> stat =
        Files.readAttributes(
            path,
            "unix:mode,uid,gid,ino,nlink,rdev,size,lastModifiedTime",
            LinkOption.NOFOLLOW_LINKS);
    int mode = number(stat, "mode");
    int format = mode & 0170000;
    StringBuilder line = new StringBuilder();
    line.append(Integer.toOctalString(name.isEmpty() ? format : mode));
    line.append(" uid=").append(number(stat, "uid") - base);
    line.append(" gid=").append(number(stat, "gid") - base);
    line.append(" time=")
        .append(Objects.requireNonNull((FileTime) stat.get("lastModifiedTime")).toInstant());
    if (format != 040000) {
      line.append(" links=").append(stat.get("nlink"));
      line.append(" same=")
          .append(inodes.computeIfAbsent(Objects.requireNonNull(stat.get("ino")), inode -> name));
    }
    if (format == 020000 || format == 060000) {
      line.append(" device=").append(stat.get("rdev"));
    }
    if (format == 0120000) {
      line.append(" -> ").append(Files.readSymbolicLink(path));
    }
    if (format == 0100000) {
      line.append(" size=").append(stat.get("size")).append(" sum=").append(sum(path));
    }
    return line.append(' ').append(attributes(path, base)).toString();
  }

  private static Map<String, String> attributes(Path path, int base) {
    Map<String, String> all = AttributeCalls.all(path.toString());
    if (base > 0) {
      all.computeIfPresent("security.capability", (name, value) -> capability(value, base));
      all.computeIfPresent("system.posix_acl_access", (name, value) -> list(value, base));
      all.computeIfPresent("system.posix_acl_default", (name, value) -> list(value, base));
    }
    return all;
  }

  /** Version 3 with our root back to version 2. */
  private static String capability(String hex, int base) {
    ByteBuffer data = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    if (data.capacity() != 24 || data.getInt(20) != base || data.get(3) != 3) {
      return "not of the container: " + hex;
    }
    data.put(3, (byte) 2);
    return HexFormat.of().formatHex(data.array(), 0, 20);
  }

  private static String list(String hex, int base) {
    ByteBuffer data = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 4; at < data.capacity(); at += 8) {
      if (data.getShort(at) == 2 || data.getShort(at) == 8) {
        data.putInt(at + 4, data.getInt(at + 4) - base);
      }
    }
    return HexFormat.of().formatHex(data.array());
  }

  private static int number(Map<String, Object> stat, String name) {
    return (int) Objects.requireNonNull(stat.get(name));
  }

  private static String sum(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      try (var in = Files.newInputStream(path)) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}

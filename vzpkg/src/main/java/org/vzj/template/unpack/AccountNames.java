package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashMap;
import java.util.Map;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.OpenFlag;

/**
 * The users and groups of an unpacked tree, from its own etc/passwd and etc/group: never the
 * host's, whose www-data may have another number.
 */
final class AccountNames implements AccessList.Names {
  private static final int MAX_BYTES = 1 << 20;
  private final Map<String, Long> users;
  private final Map<String, Long> groups;

  private AccountNames(Map<String, Long> users, Map<String, Long> groups) {
    this.users = users;
    this.groups = groups;
  }

  /** Reads them beneath a root; a missing or odd file names nobody. */
  static AccountNames of(FileCalls calls, int root) {
    return new AccountNames(read(calls, root, "etc/passwd"), read(calls, root, "etc/group"));
  }

  @Override
  public long number(String name, boolean user) {
    return (user ? users : groups).getOrDefault(name, -1L);
  }

  private static Map<String, Long> read(FileCalls calls, int root, String path) {
    Map<String, Long> numbers = new HashMap<>();
    // It may be a FIFO or a device: open without waiting, and read no more than a file has.
    int fd =
        calls.openBeneath(root, path, OpenFlag.RDONLY | OpenFlag.NONBLOCK, OpenFlag.RESOLVE_INSIDE);
    if (fd < 0) {
      return numbers;
    }
    String text = new String(calls.readAll(fd, MAX_BYTES), ISO_8859_1);
    calls.close(fd);
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && isNumber(fields[2])) {
        numbers.putIfAbsent(fields[0], Long.parseLong(fields[2]));
      }
    }
    return numbers;
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 10;
  }
}

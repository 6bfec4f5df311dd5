package org.vzj.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.layout.GuestFiles;

/**
 * What a resolv.conf(5) says: the host's, for containers that inherit it, or a container's own.
 *
 * @param servers addresses of all name servers
 * @param domains what the last line that begins with search or domain names
 */
public record ResolvConf(List<String> servers, List<String> domains) {
  /** Bytes of a container's that are worth reading. */
  private static final int MOST = 64 * 1024;

  /** Where systemd-resolved lists the servers that it asks itself. */
  private static final Path BEHIND_RESOLVED = Path.of("run/systemd/resolve/resolv.conf");

  /**
   * Reads the host's. A server on the host's own loopback is nothing to a container: if there are
   * only such, what systemd-resolved asks behind it is taken.
   *
   * @param root the host's root directory
   * @throws IOException if there is none, or it cannot be read
   */
  public static ResolvConf ofHost(Path root) throws IOException {
    ResolvConf found = parse(text(root.resolve("etc/resolv.conf")));
    Path behind = root.resolve(BEHIND_RESOLVED);
    if (found.isLoopbackOnly() && Files.isReadable(behind)) {
      ResolvConf real = parse(text(behind));
      return new ResolvConf(real.servers, found.domains.isEmpty() ? real.domains : found.domains);
    }
    return found;
  }

  /**
   * Reads a stopped container's.
   *
   * @param files the container's files
   * @return null if it is not a plain file, as where a service writes it
   */
  public static @Nullable ResolvConf ofContainer(GuestFiles files) throws IOException {
    Path file = files.find("etc", "resolv.conf");
    return file != null
            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.size(file) <= MOST
        ? parse(text(file))
        : null;
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private boolean isLoopbackOnly() {
    for (String server : servers) {
      if (!server.startsWith("127.") && !server.equals("::1")) {
        return false;
      }
    }
    return !servers.isEmpty();
  }

  /** Understands the text of such a file. */
  static ResolvConf parse(String text) {
    List<String> servers = new ArrayList<>();
    List<String> domains = List.of();
    for (String line : text.split("\n", -1)) {
      List<String> words = words(line);
      if (words.size() < 2) {
        continue;
      }
      String first = words.getFirst();
      if (first.equals("nameserver")) {
        servers.add(words.get(1));
      } else if (first.equals("search") || first.equals("domain")) {
        domains = words.subList(1, words.size());
      }
    }
    return new ResolvConf(List.copyOf(servers), List.copyOf(domains));
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ' ';
      if (c != ' ' && c != '\t' && c != '\r') {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }
}

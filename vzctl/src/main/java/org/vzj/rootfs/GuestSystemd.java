package org.vzj.rootfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.vzj.layout.GuestFiles;

/** What version of systemd a container's files hold, as far as the host must know. */
public final class GuestSystemd {
  /** The first that knows cgroup v2 in a namespace of its own (systemd's NEWS, 231 and 232). */
  private static final int FIRST_WITH_V2 = 232;

  /** In the order of age; one of them is a link where /lib is a link to /usr/lib. */
  private static final String[][] PROGRAMS = {
    {"lib", "systemd", "systemd"}, {"usr", "lib", "systemd", "systemd"}
  };

  /** The names of needed libraries are near a program's beginning (.dynstr). */
  private static final int LOOKED_AT = 256 * 1024;

  /** From 231 on the program needs libsystemd-shared-231.so, from 250 on also libsystemd-core. */
  private static final byte[] LIBRARY = "libsystemd-".getBytes(StandardCharsets.ISO_8859_1);

  private GuestSystemd() {}

  /**
   * Tells whether a container's systemd needs the cgroup v1 hierarchy {@code name=systemd}.
   *
   * @param files the container's files
   * @return false if there is no systemd
   * @throws IOException if its program cannot be read
   */
  public static boolean needsOldCgroups(GuestFiles files) throws IOException {
    for (String[] program : PROGRAMS) {
      Path found = files.find(program);
      if (found != null && Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS)) {
        return version(found) < FIRST_WITH_V2;
      }
    }
    return false;
  }

  private static int version(Path program) throws IOException {
    try (InputStream in = Files.newInputStream(program, LinkOption.NOFOLLOW_LINKS)) {
      return version(in.readNBytes(LOOKED_AT));
    }
  }

  /** Returns the version in the name of systemd's own library, 0 if none is needed. */
  static int version(byte[] program) {
    for (int at = 0; at <= program.length - LIBRARY.length; at++) {
      if (program[at] == LIBRARY[0] && isLibrary(program, at)) {
        int version = number(program, at + LIBRARY.length);
        if (version > 0) {
          return version;
        }
      }
    }
    return 0;
  }

  private static boolean isLibrary(byte[] program, int at) {
    for (int i = 1; i < LIBRARY.length; i++) {
      if (program[at + i] != LIBRARY[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads {@code shared-252}: a word, a hyphen and a number. */
  private static int number(byte[] program, int from) {
    int at = from;
    while (at < program.length && program[at] >= 'a' && program[at] <= 'z') {
      at++;
    }
    int number = 0;
    for (at++; at < program.length && program[at] >= '0' && program[at] <= '9'; at++) {
      if (number > 100_000) {
        return 0;
      }
      number = 10 * number + program[at] - '0';
    }
    return number;
  }
}

package org.vzj.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names of snapshots: UUIDs in braces. */
public final class Guid {
  private static final int DIGITS = 36;

  private Guid() {}

  /**
   * Understands a UUID with or without braces.
   *
   * @return it with braces, its letters as they are; null if it is none
   */
  public static @Nullable String parse(String text) {
    boolean braces = text.length() == DIGITS + 2 && text.charAt(0) == '{' && text.endsWith("}");
    String bare = braces ? text.substring(1, DIGITS + 1) : text;
    if (bare.length() != DIGITS) {
      return null;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = bare.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !HexFormat.isHexDigit(c)) {
        return null;
      }
    }
    return "{" + bare + "}";
  }

  /** Returns one that nobody has: random, by RFC 9562. */
  public static String random() {
    // Not UUID.randomUUID: that sets up Java's security providers first.
    try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
      byte[] bytes = random.readNBytes(16);
      bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
      bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
      StringBuilder text = new StringBuilder("{").append(HexFormat.of().formatHex(bytes));
      for (int i : new int[] {21, 17, 13, 9}) {
        text.insert(i, '-');
      }
      return text.append('}').toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Unable to read /dev/urandom", e);
    }
  }
}

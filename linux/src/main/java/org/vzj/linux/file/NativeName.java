package org.vzj.linux.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** File names between Java's strings and the one-character-per-byte form of {@link FileCalls}. */
public final class NativeName {
  private NativeName() {}

  /** The bytes of a path, one character each. */
  public static String of(Path path) {
    return new String(path.toString().getBytes(UTF_8), ISO_8859_1);
  }

  /** A name for people: UTF-8 decoded, control characters and invalid bytes shown as {@code ?}. */
  public static String display(String name) {
    String text = new String(name.getBytes(ISO_8859_1), UTF_8);
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || c == '\ufffd' ? '?' : c);
    }
    if (shown.length() > 300) {
      shown.setLength(300);
      shown.append("...");
    }
    return shown.toString();
  }
}

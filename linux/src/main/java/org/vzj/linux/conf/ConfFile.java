package org.vzj.linux.conf;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code KEY="value"} lines as OpenVZ's tools and {@code sh} both read it: immutable;
 * order, comments, unknown keys, broken lines and line ends survive every change untouched.
 *
 * <p>Syntax: leading blanks are skipped; an empty line or one that starts with {@code #} is a
 * comment; the first {@code =} ends the key (blanks before it belong to the key); a value that
 * starts with {@code "} ends at the last {@code "} of its line and the rest is dropped, any other
 * value is the whole rest of the line without trailing blanks; backslashes are removed before
 * anything else, {@code \x} becomes {@code x}.
 *
 * <p>Beyond OpenVZ, a quoted value may go on over several lines as in {@code sh}, if a later line
 * closes it: one with a single {@code "}, followed by nothing or a comment, and with no comment and
 * no line of the form {@code KEY=} (capital letters) before it. Its lines are joined by newlines.
 * Otherwise the quote is unmatched, as in OpenVZ, and only its own line is skipped.
 *
 * <p>Bytes are kept as they are. A value is decoded as UTF-8 if it is valid UTF-8, else as
 * ISO-8859-1; a new value is written as UTF-8.
 */
public final class ConfFile {

  /**
   * A {@code KEY=value} line.
   *
   * @param line its number, from 1
   * @param key what stands before the first {@code =}
   * @param value without quotes and backslashes; lines of a longer value are joined by newlines
   */
  public record Assignment(int line, String key, String value) {}

  /**
   * A line that is neither comment nor assignment; it is skipped and kept.
   *
   * @param line its number, from 1
   * @param reason {@code '=' not found}, {@code unmatched quotes} or {@code NUL byte}
   */
  public record Problem(int line, String reason) {

    /** The warning OpenVZ prints about it; {@code file} is named in it. */
    public String warning(Path file) {
      return "Warning: can't parse " + file + ":" + line + " (" + reason + "), skipping";
    }
  }

  private final List<ConfLine> lines;

  private ConfFile(List<ConfLine> lines) {
    this.lines = lines;
  }

  /** The file without a line. */
  public static ConfFile empty() {
    return new ConfFile(List.of());
  }

  /** Reads {@code text}; any text is a file, what is wrong with it is in {@link #problems()}. */
  public static ConfFile parse(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads the contents of a file. */
  public static ConfFile ofBytes(byte[] content) {
    return new ConfFile(ConfLineReader.read(new String(content, StandardCharsets.ISO_8859_1)));
  }

  /**
   * Reads the file {@code path}.
   *
   * @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if it is
   *     not there
   */
  public static ConfFile read(Path path) throws IOException {
    // A stream and not a channel, which takes twice as long in the machine's first moments.
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      return ofBytes(in.readAllBytes());
    } catch (FileNotFoundException e) {
      // It says so whatever the reason is.
      return ofBytes(Files.readAllBytes(path));
    }
  }

  /** All assignments in the order of the file, duplicates included. */
  public List<Assignment> assignments() {
    List<Assignment> result = new ArrayList<>(lines.size());
    for (ConfLine line : lines) {
      if (line.key() != null && line.value() != null) {
        result.add(new Assignment(line.number(), line.key(), line.value()));
      }
    }
    return result;
  }

  /** The lines that cannot be understood, in the order of the file. */
  public List<Problem> problems() {
    List<Problem> result = new ArrayList<>();
    for (ConfLine line : lines) {
      if (line.problem() != null) {
        result.add(new Problem(line.number(), line.problem()));
      }
    }
    return result;
  }

  /** The value of the first assignment to {@code key}, or null. */
  public @Nullable String get(String key) {
    for (ConfLine line : lines) {
      if (key.equals(line.key()) && line.value() != null) {
        return line.value();
      }
    }
    return null;
  }

  /** The file with {@code KEY="value"}: see {@link #with(String, String, String)}. */
  public ConfFile with(String key, String value) {
    return with(key, key, value);
  }

  /**
   * The file with {@code KEY="value"} in place of the first line that assigns to {@code key} or its
   * other name {@code alias}, or at the end if there is none. Further lines for the same key go, as
   * they would otherwise change the value; a line for it with an unmatched quote counts as one.
   *
   * <p>{@code \ " `} and {@code $} are written with a backslash, so that {@code sh} too reads the
   * value as it is; only {@code $VEID} and <code>${VEID}</code> stay, since they are meant to be
   * expanded.
   *
   * @param key capital or small letters, digits and {@code _}, not starting with a digit
   * @param value any text of one line
   * @throws IllegalArgumentException if the key is none or the value holds a newline or NUL
   */
  public ConfFile with(String key, String alias, String value) {
    String text = assignment(key, value);
    StringBuilder out = new StringBuilder();
    boolean written = false;
    for (ConfLine line : lines) {
      if (!key.equals(line.key()) && !alias.equals(line.key())) {
        out.append(line.raw());
      } else if (!written) {
        out.append(text).append(line.raw(), line.contentEnd(), line.raw().length());
        written = true;
      }
    }
    if (!written) {
      String end = lines.isEmpty() ? "\n" : lines.get(0).lineEnd();
      if (out.length() > 0 && out.charAt(out.length() - 1) != '\n') {
        out.append(end);
      }
      out.append(text).append(end);
    }
    return new ConfFile(ConfLineReader.read(out.toString()));
  }

  /** The file without any line that assigns to {@code key}. */
  public ConfFile without(String key) {
    StringBuilder out = new StringBuilder();
    for (ConfLine line : lines) {
      if (!key.equals(line.key())) {
        out.append(line.raw());
      }
    }
    return new ConfFile(ConfLineReader.read(out.toString()));
  }

  /** The contents, byte for byte. */
  public byte[] bytes() {
    StringBuilder out = new StringBuilder();
    for (ConfLine line : lines) {
      out.append(line.raw());
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The contents decoded as UTF-8, for showing; bytes that are none become U+FFFD. */
  public String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /**
   * Writes the contents to {@code path}, all or nothing: to a new file beside it, which is synced
   * and then renamed. A symbolic link is followed and stays; mode and owner of an existing file are
   * kept, a new one gets mode 644.
   *
   * @throws IOException naming the file and the cause; the old file is then as it was
   */
  public void save(Path path) throws IOException {
    AtomicFile.write(path, bytes());
  }

  private static String assignment(String key, String value) {
    if (!ConfLineReader.isName(key)) {
      throw new IllegalArgumentException("not a configuration key: " + key);
    }
    StringBuilder out = new StringBuilder(key.length() + value.length() + 3);
    out.append(key).append("=\"");
    String bytes = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c == '\n' || c == '\r' || c == 0) {
        throw new IllegalArgumentException("value of " + key + " is not one line of text");
      }
      if (c == '\\' || c == '"' || c == '`' || (c == '$' && !isVeid(bytes, i))) {
        out.append('\\');
      }
      out.append(c);
    }
    return out.append('"').toString();
  }

  private static boolean isVeid(String text, int dollar) {
    if (text.startsWith("${VEID}", dollar)) {
      return true;
    }
    int end = dollar + "$VEID".length();
    return text.startsWith("$VEID", dollar)
        && (end == text.length() || !ConfLineReader.isNamePart(text.charAt(end)));
  }
}

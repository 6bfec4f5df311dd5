package org.vzj.linux.xml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Reads the XML that disk images and snapshots are described in: elements, attributes, text, CDATA.
 * There are no document types, and so no entities but the five of XML and characters by number:
 * nothing in a file can make the reader open another one, or grow. Size and depth are bounded.
 *
 * <p>The JDK's own parser is left out on purpose: the run-time image consists of java.base alone,
 * and java.xml would add its weight and its start to it for files of a few lines.
 */
public final class XmlReader {
  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 4 << 20;

  /** How deep elements may be nested. */
  public static final int MAX_DEPTH = 2000;

  private final String source;
  private int at;

  private XmlReader(String source) {
    this.source = source;
  }

  /**
   * Reads a file.
   *
   * @return its outermost element
   * @throws IOException if it is no regular file, too large, or not such XML: names file and line
   */
  public static XmlElement read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.readAttributes(file, "size", LinkOption.NOFOLLOW_LINKS);
      throw new IOException(file + " is not a regular file");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + " is larger than " + (MAX_BYTES >> 20) + " MB");
    }
    try {
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (XmlException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Understands a document.
   *
   * @throws XmlException naming the line
   */
  public static XmlElement parse(String text) throws XmlException {
    return new XmlReader(text.startsWith("\ufeff") ? text.substring(1) : text).document();
  }

  private XmlElement document() throws XmlException {
    Deque<XmlElement> open = new ArrayDeque<>();
    XmlElement root = null;
    while (at < source.length()) {
      if (source.charAt(at) != '<') {
        text(open);
      } else if (source.startsWith("<?", at)) {
        skip("?>");
      } else if (source.startsWith("<!--", at)) {
        skip("-->");
      } else if (source.startsWith("<![CDATA[", at)) {
        XmlElement in = open.peek();
        if (in == null) {
          throw wrong("text outside of the document");
        }
        int start = at + 9;
        skip("]]>");
        in.content().append(source, start, at - 3);
      } else if (source.startsWith("<!", at)) {
        throw wrong("a document type is not accepted");
      } else if (source.startsWith("</", at)) {
        at += 2;
        String name = name();
        XmlElement last = open.poll();
        blanks();
        if (last == null || !last.name().equals(name) || next() != '>') {
          throw wrong("</" + name + "> does not belong here");
        }
      } else {
        XmlElement in = open.peek();
        if (in == null && root != null) {
          throw wrong("a second document");
        }
        if (open.size() >= MAX_DEPTH) {
          throw wrong("more than " + MAX_DEPTH + " elements within each other");
        }
        XmlElement element = tag(open);
        if (in == null) {
          root = element;
        } else {
          in.add(element);
        }
      }
    }
    if (root == null || !open.isEmpty()) {
      throw wrong("the document ends too early");
    }
    return root;
  }

  private XmlElement tag(Deque<XmlElement> open) throws XmlException {
    at++;
    XmlElement element = new XmlElement(name());
    while (true) {
      blanks();
      char c = next();
      if (c == '>') {
        open.push(element);
        return element;
      }
      if (c == '/') {
        if (next() != '>') {
          throw wrong("a / out of place");
        }
        return element;
      }
      at--;
      String attribute = name();
      blanks();
      if (next() != '=') {
        throw wrong("attribute " + attribute + " without a value");
      }
      blanks();
      char quote = next();
      int end = quote == '"' || quote == '\'' ? source.indexOf(quote, at) : -1;
      if (end < 0 || element.attribute(attribute) != null) {
        throw wrong("attribute " + attribute + " is not well formed");
      }
      StringBuilder value = new StringBuilder();
      decode(end, value);
      element.add(attribute, value.toString());
      at = end + 1;
    }
  }

  private void text(Deque<XmlElement> open) throws XmlException {
    int end = source.indexOf('<', at);
    end = end < 0 ? source.length() : end;
    XmlElement in = open.peek();
    if (in != null) {
      decode(end, in.content());
    } else if (!source.substring(at, end).isBlank()) {
      throw wrong("text outside of the document");
    }
    at = end;
  }

  /** Appends what stands before {@code end}, with characters for their references. */
  private void decode(int end, StringBuilder out) throws XmlException {
    for (int i = at; i < end; i++) {
      char c = source.charAt(i);
      if (c == '<') {
        throw wrong("a < within a value");
      }
      if (c != '&') {
        out.append(c);
        continue;
      }
      int semicolon = source.indexOf(';', i);
      if (semicolon < 0 || semicolon >= end || semicolon - i > 10) {
        throw wrong("an & without its name");
      }
      out.appendCodePoint(character(source.substring(i + 1, semicolon)));
      i = semicolon;
    }
  }

  private int character(String reference) throws XmlException {
    int code =
        switch (reference) {
          case "lt" -> '<';
          case "gt" -> '>';
          case "amp" -> '&';
          case "quot" -> '"';
          case "apos" -> '\'';
          default -> number(reference);
        };
    if (code <= 0 || !Character.isValidCodePoint(code)) {
      throw wrong("unknown name &" + reference + ";");
    }
    return code;
  }

  private static int number(String reference) {
    try {
      if (reference.startsWith("#x")) {
        return Integer.parseInt(reference.substring(2), 16);
      }
      return reference.startsWith("#") ? Integer.parseInt(reference.substring(1)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private String name() throws XmlException {
    int start = at;
    while (at < source.length() && isNamePart(source.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw wrong("a name is missing");
    }
    return source.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || c == ':'
        || c >= 0x80;
  }

  private void blanks() {
    while (at < source.length() && source.charAt(at) <= ' ') {
      at++;
    }
  }

  private char next() throws XmlException {
    if (at >= source.length()) {
      throw wrong("the document ends too early");
    }
    return source.charAt(at++);
  }

  private void skip(String end) throws XmlException {
    int found = source.indexOf(end, at);
    if (found < 0) {
      throw wrong(end + " is missing");
    }
    at = found + end.length();
  }

  private XmlException wrong(String what) {
    int line = 1;
    for (int i = 0; i < Math.min(at, source.length()); i++) {
      line += source.charAt(i) == '\n' ? 1 : 0;
    }
    return new XmlException("line " + line + ": " + what);
  }
}

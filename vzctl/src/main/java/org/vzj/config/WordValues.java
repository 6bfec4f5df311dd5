package org.vzj.config;

/** Values that are names, paths and other texts. */
final class WordValues {

  private static final int MAX_HOST_NAME = 255;
  private static final int MAX_NAME = 255;

  private WordValues() {}

  /** The command line takes no control characters: they would reach a terminal or break a line. */
  static Value text(String text, Source source) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || (source == Source.COMMAND_LINE && Character.isISOControl(c) && c != '\t')) {
        return Value.BAD;
      }
    }
    return Value.of(text);
  }

  static Value fileName(String text, Source source) {
    if (text.isEmpty()) {
      return source == Source.FILE ? Value.of(text) : Value.BAD;
    }
    boolean good = text.length() <= MAX_NAME && !text.equals(".") && !text.equals("..");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &= c > ' ' && c != '/' && !Character.isISOControl(c);
    }
    return good ? Value.of(text) : Value.BAD;
  }

  /** {@code .} and {@code ..} have only allowed characters, but cannot be a link's name. */
  static Value alias(String text) {
    boolean good = text.length() <= MAX_NAME && !text.equals(".") && !text.equals("..");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &= isLetterOrDigit(c) || c == ' ' || c == '-' || c == '+' || c == '_' || c == '.';
    }
    return good ? Value.of(text) : Value.BAD;
  }

  static Value hostName(String text, Source source) {
    if (text.isEmpty()) {
      return source == Source.FILE ? Value.of(text) : Value.BAD;
    }
    return text.length() <= MAX_HOST_NAME && isHostName(text) ? Value.of(text) : Value.BAD;
  }

  static boolean isHostName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && (c != '-' || i == 0) && c < 0x80) {
        return false;
      }
      if (Character.isISOControl(c)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** Without the slashes at the end, as OpenVZ reads it; the file keeps them until it changes. */
  static Value path(String text) {
    if (!text.startsWith("/")) {
      return Value.BAD;
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return Value.BAD;
      }
    }
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    return Value.of(text.substring(0, end));
  }

  static Value layout(String text) {
    return switch (text) {
      case "simfs", "overlay", "btrfs", "ploop", "ploop:expanded", "ploop:plain", "ploop:raw" ->
          Value.of(text);
      default -> Value.BAD;
    };
  }

  static Value mountOptions(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || Character.isISOControl(text.charAt(i))) {
        return Value.BAD;
      }
    }
    return Value.of(text);
  }

  static Value userPassword(String text) {
    int colon = text.indexOf(':');
    boolean good = colon > 0 && colon < text.length() - 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &= c != '\n' && c != '\r' && c != 0 && (i > colon || c > ' ');
    }
    return good ? Value.of(text) : Value.BAD;
  }

  static Value neighbours(String text) {
    if (text.equals("all") || text.equals("detect")) {
      return Value.of(text);
    }
    return text.startsWith("list:") ? text(text, Source.COMMAND_LINE) : Value.BAD;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}

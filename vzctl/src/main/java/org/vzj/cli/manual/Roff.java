package org.vzj.cli.manual;

import java.util.Locale;
import org.vzj.cli.getopt.GetoptOption;

/** Pieces of a manual page in the man macros of roff, man(7). */
final class Roff {
  private Roff() {}

  /** Returns text that roff takes as it stands. Every hyphen is one that can be searched for. */
  static String text(String plain) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\e");
        case '-' -> text.append("\\-");
        case '\'' -> text.append("\\(aq");
        default -> text.append(c);
      }
    }
    return text.length() > 0 && text.charAt(0) == '.' ? "\\&" + text : text.toString();
  }

  static String bold(String plain) {
    return "\\fB" + text(plain) + "\\fR";
  }

  static String italic(String plain) {
    return "\\fI" + text(plain) + "\\fR";
  }

  /** Returns a paragraph whose first line stands out: {@code .TP}. */
  static String tagged(String tag, String body) {
    return ".TP\n" + tag + "\n" + body;
  }

  /** Returns a remark of the tables as a sentence. */
  static String sentence(String remark) {
    return text(remark.substring(0, 1).toUpperCase(Locale.ROOT) + remark.substring(1)) + ".\n";
  }

  /** Returns all forms of an option: {@code -k, --kmemsize BAR[:LIM]}. */
  static String forms(GetoptOption option) {
    StringBuilder forms = new StringBuilder();
    if (option.letter() != 0 || option.isWord()) {
      forms.append(bold("-" + (option.isWord() ? option.key() : String.valueOf(option.letter()))));
    }
    for (String name : option.longNames()) {
      forms.append(forms.isEmpty() ? "" : ", ").append(bold("--" + name));
    }
    if (option.takesValue()) {
      forms.append(' ').append(argument(option.argument()));
    }
    return forms.toString();
  }

  /** Returns the form of a value: words in capitals stand for something, others for themselves. */
  static String argument(String form) {
    return marked(form, Roff::isStandIn);
  }

  /** Returns what a usage text says: {@code <ctid>... [--fast]}. */
  static String usage(String usage) {
    String capitals = usage;
    for (int open = capitals.indexOf('<'); open >= 0; open = capitals.indexOf('<')) {
      int close = capitals.indexOf('>', open);
      capitals =
          capitals.substring(0, open)
              + capitals.substring(open + 1, close).toUpperCase(Locale.ROOT)
              + capitals.substring(close + 1);
    }
    return marked(
        capitals.replace("arg ...", "ARG ...").replace("ttynum", "TTYNUM"), Roff::isStandIn);
  }

  private interface StandIn {
    boolean test(String word);
  }

  /** Words between punctuation: italic if they stand for something, bold if for themselves. */
  private static String marked(String form, StandIn standIn) {
    StringBuilder out = new StringBuilder();
    int begin = 0;
    for (int i = 0; i <= form.length(); i++) {
      char c = i < form.length() ? form.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '_' || c == '-') {
        continue;
      }
      if (i > begin) {
        String word = form.substring(begin, i);
        out.append(standIn.test(word) ? italic(word) : bold(word));
      }
      if (i < form.length()) {
        // Without a break after a dot, three of them may end a line and be taken for a sentence's.
        out.append(c == '.' ? ".\\&" : String.valueOf(c));
      }
      begin = i + 1;
    }
    return out.toString();
  }

  private static boolean isStandIn(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT)) && Character.isLetter(word.charAt(0));
  }
}

package org.vzj.cli.getopt;

import java.util.List;

/** The part of a help text that lists options, drawn from their table. */
public final class OptionHelp {
  /** Where the explanations begin; a longer option pushes its own to the right. */
  private static final int COLUMN = 30;

  private OptionHelp() {}

  /** Returns a line for each option that is to be mentioned. */
  public static String text(List<GetoptOption> options) {
    StringBuilder text = new StringBuilder();
    for (GetoptOption option : options) {
      if (!option.hidden()) {
        int start = text.length();
        text.append("  ").append(forms(option));
        do {
          text.append(' ');
        } while (text.length() < start + COLUMN);
        text.append(option.help()).append('\n');
      }
    }
    return text.toString();
  }

  /** {@code -o, --output FIELD}: a long option stands below the other long ones. */
  private static String forms(GetoptOption option) {
    StringBuilder forms = new StringBuilder();
    if (option.isWord()) {
      return "-" + option.key() + (option.takesValue() ? " " + option.argument() : "");
    }
    forms.append(option.letter() == 0 ? "   " : "-" + option.letter() + ",");
    for (String name : option.longNames()) {
      forms.append(" --").append(name);
    }
    if (option.longNames().isEmpty()) {
      forms.setLength(2);
    }
    if (option.takesValue()) {
      forms.append(' ').append(option.argument());
    }
    return forms.toString();
  }
}

package org.vzj.cli.manual;

import java.util.Locale;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.ValueType;

/**
 * What completion offers as the value of an option: words with blanks between, or the name of a
 * kind of things that the shell looks up ({@code @template}), or nothing.
 */
final class ValueWords {
  private ValueWords() {}

  /** Returns the offer for an option of a tool, vzctl or vzlist. */
  static String of(String tool, GetoptOption option) {
    if (tool.equals("vzlist")) {
      return switch (option.key()) {
        case "output" -> "@fields";
        case "sort" -> "@field";
        default -> "";
      };
    }
    Parameter parameter = Parameters.byOption(option.key());
    return parameter == null ? "" : of(parameter);
  }

  private static String of(Parameter parameter) {
    return switch (parameter) {
      case OSTEMPLATE -> "@template";
      case ORIGIN_SAMPLE, APPLYCONFIG -> "@sample";
      case NETDEV -> "@device";
      case BRIDGE -> "@bridge";
      default -> of(parameter.type());
    };
  }

  private static String of(ValueType type) {
    return switch (type) {
      case PATH -> "@directory";
      case CAPABILITY_LIST, FEATURE_LIST -> switches(type);
      default -> String.join(" ", type.words());
    };
  }

  private static String switches(ValueType type) {
    StringBuilder words = new StringBuilder();
    for (String name : type.words()) {
      String word = name.toLowerCase(Locale.ROOT);
      words.append(words.isEmpty() ? "" : " ");
      words.append(word).append(":on ").append(word).append(":off");
    }
    return words.toString();
  }
}

package org.vzj.cli.manual;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vzj.cli.GlobalOptions;
import org.vzj.cli.Vzservice;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.list.Vzlist;
import org.vzj.cli.tools.ToolTable;

/** The parts of bash completion that are drawn from tables. */
final class BashTables {
  private BashTables() {}

  /** Makes a part of the template. */
  static String part(String[] words) {
    return switch (words[0]) {
      case "commands" -> String.join(" ", CommandTable.NAMES) + " blame check service\n";
      case "verbs" -> String.join(" ", Vzservice.VERBS) + "\n";
      case "fields" -> String.join(" ", Vzlist.fields().keySet()) + "\n";
      case "options" -> options();
      case "values" -> values();
      case "words" -> endingInWords();
      case "tools" -> "complete -F _vzctl " + String.join(" ", ToolTable.NAMES) + "\n";
      default -> throw Template.unknown(words);
    };
  }

  /** Branches of a {@code case}: the options of each command and tool. */
  private static String options() {
    StringBuilder text = new StringBuilder();
    for (String command : CommandTable.NAMES) {
      if (!Tables.command(command).takesWords()) {
        branch(text, command, names(Tables.optionsOf(command)) + names(GlobalOptions.AFTER));
      }
    }
    branch(text, "flags", names(GlobalOptions.BEFORE) + " --help");
    branch(text, "vzlist", names(Vzlist.options()));
    branch(text, "service", names(Vzservice.OPTIONS));
    for (String tool : ToolTable.NAMES) {
      branch(text, tool, names(ToolTable.options(tool)));
    }
    branch(text, "blame", names(Tables.optionsOf("blame")));
    branch(text, "vzcheck | check", names(Tables.optionsOf("vzcheck")));
    return text.toString();
  }

  /** The options by one name each: an alias would only make the choice longer. */
  private static String names(List<GetoptOption> options) {
    StringBuilder names = new StringBuilder();
    for (GetoptOption option : options) {
      if (!option.hidden()) {
        names.append(option.longNames().isEmpty() ? " -" : " --").append(option.key());
      }
    }
    return names.toString();
  }

  /** Branches: for each tool's option that takes a value, what to offer. */
  private static String values() {
    Map<String, StringBuilder> byOffer = new TreeMap<>();
    add(byOffer, "vzctl", GlobalOptions.AFTER);
    add(byOffer, "vzctl", Tables.optionsOf("set"));
    for (GetoptOption option : Tables.optionsOf("create")) {
      if (!Tables.optionsOf("set").contains(option)) {
        add(byOffer, "vzctl", List.of(option));
      }
    }
    add(byOffer, "vzlist", Vzlist.options());
    StringBuilder text = new StringBuilder();
    byOffer.forEach((offer, patterns) -> branch(text, patterns.toString(), " " + offer));
    return text.toString();
  }

  private static void add(
      Map<String, StringBuilder> byOffer, String tool, List<GetoptOption> options) {
    for (GetoptOption option : options) {
      if (option.takesValue() && !option.hidden()) {
        StringBuilder patterns =
            byOffer.computeIfAbsent(ValueWords.of(tool, option), offer -> new StringBuilder());
        for (String name : option.longNames()) {
          pattern(patterns, tool + " --" + name);
        }
        if (option.letter() != 0) {
          pattern(patterns, tool + " -" + option.letter());
        }
      }
    }
  }

  private static void pattern(StringBuilder patterns, String word) {
    patterns.append(patterns.isEmpty() ? "" : " | ").append('"').append(word).append('"');
  }

  /** The commands whose operands after the container are the user's own. */
  private static String endingInWords() {
    StringBuilder names = new StringBuilder();
    for (String name : CommandTable.NAMES) {
      Command command = Tables.command(name);
      if (command.takesWords()) {
        names.append(names.isEmpty() ? "" : " | ").append(name);
      }
    }
    return names.append(")\n").toString();
  }

  private static void branch(StringBuilder text, String patterns, String words) {
    text.append("    ").append(patterns).append(") echo '").append(words.strip()).append("' ;;\n");
  }
}

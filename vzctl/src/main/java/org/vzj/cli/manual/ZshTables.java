package org.vzj.cli.manual;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.GlobalOptions;
import org.vzj.cli.Vzservice;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.list.Vzlist;
import org.vzj.cli.tools.ToolTable;

/**
 * The parts of zsh completion that are drawn from tables: specifications for {@code _arguments}.
 */
final class ZshTables {
  private ZshTables() {}

  /** Makes a part of the template. */
  static String part(String[] words) {
    return switch (words[0]) {
      case "commands" -> "    " + String.join(" ", CommandTable.NAMES) + " blame check service\n";
      case "verbs" ->
          "    service) _arguments '1:verb:(" + String.join(" ", Vzservice.VERBS) + ")' ;;\n";
      case "fields" -> "    " + String.join(" ", Vzlist.fields().keySet()) + "\n";
      case "options" -> specs(words[1], Tables.optionsOf(words[1]));
      case "branches" -> branches();
      case "tools" -> tools();
      default -> throw Template.unknown(words);
    };
  }

  /** For each command that takes nothing but options and containers, its call of _arguments. */
  private static String branches() {
    StringBuilder text = new StringBuilder();
    for (String command : CommandTable.NAMES) {
      if (!Tables.command(command).takesWords()) {
        List<GetoptOption> options = new ArrayList<>(Tables.optionsOf(command));
        options.addAll(GlobalOptions.AFTER);
        text.append("    ").append(command).append(")\n        _arguments -s \\\n");
        text.append(specs("vzctl", options));
        text.append("            '*:container:_vzctl_containers' ;;\n");
      }
    }
    return text.toString();
  }

  /** For each small tool, its call of _arguments: what it works on is told by its name. */
  private static String tools() {
    StringBuilder text = new StringBuilder();
    for (String tool : ToolTable.NAMES) {
      // Words after a single dash would be taken for clusters with -s.
      text.append(tool)
          .append(")\n    _arguments \\\n")
          .append(specs(tool, ToolTable.options(tool)));
      text.append("        '*:operand:")
          .append(ToolTable.takesContainers(tool) ? "_vzctl_containers" : "_files");
      text.append("'\n    return ;;\n");
    }
    return text.toString();
  }

  private static String specs(String tool, List<GetoptOption> options) {
    StringBuilder text = new StringBuilder();
    for (GetoptOption option : options) {
      if (!option.hidden()) {
        for (String form : forms(option)) {
          String value = option.takesValue() ? value(tool, option) : "";
          text.append("            '*").append(form).append('[').append(escaped(option.help()));
          text.append(']').append(value).append("' \\\n");
        }
      }
    }
    return text.toString();
  }

  /** A long option takes its value as the next word or after {@code =}. Aliases are left out. */
  private static List<String> forms(GetoptOption option) {
    List<String> forms = new ArrayList<>();
    if (option.letter() != 0 || option.isWord()) {
      forms.add("-" + (option.isWord() ? option.key() : String.valueOf(option.letter())));
    }
    if (!option.longNames().isEmpty()) {
      forms.add("--" + option.longNames().getFirst() + (option.takesValue() ? "=" : ""));
    }
    return forms;
  }

  private static String value(String tool, GetoptOption option) {
    String offer = ValueWords.of(tool, option);
    String name = ":" + escaped(option.argument()) + ":";
    if (offer.startsWith("@")) {
      return name + "_vzctl_" + offer.substring(1);
    }
    return name + (offer.isEmpty() ? " " : "(" + escaped(offer) + ")");
  }

  /** Text in single quotes in which _arguments is to see no syntax of its own. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace(":", "\\:")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("'", "'\\''");
  }
}

package org.vzj.cli.manual;

import java.util.List;
import java.util.Map;
import org.vzj.cli.GlobalOptions;
import org.vzj.cli.Vzservice;
import org.vzj.cli.check.Vzcheck;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.list.Vzlist;
import org.vzj.cli.tools.ToolTable;
import org.vzj.cli.top.Vzblame;
import org.vzj.config.Applies;
import org.vzj.config.Group;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Scope;
import org.vzj.container.ExitCode;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.ContainerCapabilities;

/** The parts of manual pages that are drawn from tables. */
final class Tables {
  private final Prose parameters;
  private final Prose fields;

  /**
   * @param parameters what is to be said about parameters, by their constants
   * @param fields what is to be said about fields of vzlist, by their names
   */
  Tables(Prose parameters, Prose fields) {
    this.parameters = parameters;
    this.fields = fields;
  }

  /** Returns the options of a list that are to be mentioned, in its order. */
  String options(List<GetoptOption> options) {
    StringBuilder roff = new StringBuilder();
    for (GetoptOption option : options) {
      if (!option.hidden()) {
        roff.append(Roff.tagged(Roff.forms(option), Roff.sentence(option.help())));
      }
    }
    return roff.toString();
  }

  /** Returns the names of options as a sentence's end: {@code --fast, --skip-umount.}. */
  String names(List<GetoptOption> options) {
    StringBuilder roff = new StringBuilder();
    for (GetoptOption option : options) {
      if (!option.hidden()) {
        roff.append(roff.isEmpty() ? "" : ",\n");
        roff.append(Roff.bold("--" + option.longNames().getFirst()));
      }
    }
    return roff.append(".\n").toString();
  }

  /** Returns the options that a tool or a command of vzctl has of its own. */
  static List<GetoptOption> optionsOf(String name) {
    return switch (name) {
      case "vzctl" -> GlobalOptions.BEFORE;
      case "vzlist" -> Vzlist.options();
      case "vzcheck" -> Vzcheck.options();
      case "service" -> Vzservice.OPTIONS;
      case "blame" -> Vzblame.options();
      default -> ToolTable.find(name) == null ? command(name).options() : ToolTable.options(name);
    };
  }

  /** Returns the head of a command's section: how it is called. */
  String command(String name, List<String> aliases) {
    String heading = String.join(", ", aliases);
    return ".SS "
        + (aliases.isEmpty() ? name : name + " (" + heading + ")")
        + "\n"
        + Roff.bold("vzctl " + name)
        + " "
        + Roff.usage(command(name).usage())
        + "\n.PP\n";
  }

  static Command command(String name) {
    Command command = CommandTable.find(name);
    if (command == null) {
      throw new IllegalArgumentException("no such command: " + name);
    }
    return command;
  }

  /** Returns the options of {@code set} by groups, or else those that only {@code create} has. */
  String parameterOptions(boolean set) {
    StringBuilder roff = new StringBuilder();
    for (Group group : Group.values()) {
      StringBuilder entries = new StringBuilder();
      for (Parameter parameter : Parameter.values()) {
        boolean taken =
            set ? parameter.isSetOption() : parameter.isCreateOption() && !parameter.isSetOption();
        if (parameter.group() == group && taken && parameter.scope() != Scope.HIDDEN) {
          entries.append(Roff.tagged(optionForms(parameter), described(parameter)));
        }
      }
      if (!entries.isEmpty()) {
        roff.append(set ? heading(group, true) : "").append(entries);
      }
    }
    return roff.toString();
  }

  private static String optionForms(Parameter parameter) {
    char letter = 0;
    List<String> names = new java.util.ArrayList<>();
    for (String name : parameter.options()) {
      if (name.length() == 1) {
        letter = name.charAt(0);
      } else {
        names.add(name);
      }
    }
    return Roff.forms(new GetoptOption(names.getFirst(), letter, names, parameter.argument(), ""));
  }

  /** Returns the keys of the containers' files, or else of the global file alone, by groups. */
  String keys(boolean container) {
    StringBuilder roff = new StringBuilder();
    for (Group group : Group.values()) {
      if ((group == Group.HOST) == container) {
        continue;
      }
      StringBuilder entries = new StringBuilder();
      for (Parameter parameter : Parameter.values()) {
        if (parameter.group() == group && parameter.key() != null) {
          entries.append(Roff.tagged(keyForm(parameter), described(parameter)));
        }
      }
      if (!entries.isEmpty()) {
        roff.append(container ? heading(group, false) : "").append(entries);
      }
    }
    return roff.toString();
  }

  private static String keyForm(Parameter parameter) {
    String old = parameter.oldKey();
    String also = old == null ? "" : ", " + Roff.bold(old);
    String form = KeyForms.of(parameter.type());
    return Roff.bold(String.valueOf(parameter.key())) + also + " = " + Roff.argument(form);
  }

  private String described(Parameter parameter) {
    String value = parameter.defaultValue();
    return Roff.sentence(parameter.help())
        + parameters.of(parameter.name())
        + (value == null ? "" : "Default: " + Roff.bold(value) + ".\n");
  }

  private static String heading(Group group, boolean set) {
    StringBuilder roff = new StringBuilder(".SS ").append(group.title()).append('\n');
    if (group.isOnlySaved()) {
      roff.append("This version checks and saves these, but does not apply them yet.\n.PP\n");
    } else if (set && group.applies() == Applies.RESTART) {
      roff.append("A change takes effect at the container\\(aqs next start; see ")
          .append(Roff.bold("--setmode"))
          .append(".\n.PP\n");
    } else if (set && group.applies() == Applies.STOPPED) {
      roff.append("These cannot be changed while the container runs.\n.PP\n");
    }
    return roff.toString();
  }

  /** Returns the fields of vzlist. The parts of beancounters and disk limits are left to prose. */
  String fields() {
    StringBuilder roff = new StringBuilder();
    for (Map.Entry<String, String> field : Vzlist.fields().entrySet()) {
      String name = field.getKey();
      if (name.indexOf('.') < 0) {
        roff.append(Roff.tagged(Roff.bold(name) + " (" + field.getValue() + ")", fieldText(name)));
      }
    }
    return roff.toString();
  }

  private String fieldText(String name) {
    String own = fields.of(name);
    if (!own.isEmpty()) {
      return own;
    }
    Parameter parameter = Parameters.byKey(name.toUpperCase(java.util.Locale.ROOT));
    if (parameter == null) {
      throw new IllegalArgumentException("nothing is said about the field " + name);
    }
    return Roff.sentence((isCounter(parameter) ? "in use: " : "") + parameter.help());
  }

  private static boolean isCounter(Parameter parameter) {
    return switch (parameter.type()) {
      case UBC_BYTES, UBC_PAGES, UBC_ITEMS -> true;
      default -> false;
    };
  }

  /** Returns the names of all capabilities, or of those that a container has by default. */
  String capabilities(boolean all) {
    StringBuilder names = new StringBuilder();
    for (Capability capability : Capability.values()) {
      if (all || ContainerCapabilities.DEFAULT.contains(capability)) {
        names.append(names.isEmpty() ? "" : ", ").append(capability.name());
      }
    }
    return names.append(".\n").toString();
  }

  /** Returns vzctl's exit codes with their meanings. */
  String exitCodes() {
    StringBuilder roff = new StringBuilder();
    for (ExitCode code : ExitCode.values()) {
      roff.append(
          Roff.tagged(Roff.bold(Integer.toString(code.number())), Roff.sentence(code.meaning())));
    }
    return roff.toString();
  }
}

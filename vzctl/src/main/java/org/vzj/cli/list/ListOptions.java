package org.vzj.cli.list;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;

/** What vzlist is asked to do. */
final class ListOptions {
  /** What ends the command before any container is looked at. */
  enum Action {
    LIST_CONTAINERS,
    LIST_FIELDS,
    HELP,
    /** A wrong option: getopt's message in {@link #error}. */
    REFUSE
  }

  static final List<GetoptOption> TABLE =
      List.of(
          GetoptOption.flag('1').helped("same as -H -o veid"),
          GetoptOption.flag('a', "all").helped("list all containers, not only the running ones"),
          GetoptOption.flag('S', "stopped").helped("list only containers that do not run"),
          GetoptOption.flag('n', "name").helped("show names instead of ids"),
          GetoptOption.value('N', "name_filter")
              .helped("PATTERN", "only containers whose name matches the pattern"),
          GetoptOption.value('h', "hostname")
              .helped("PATTERN", "only containers whose host name matches the pattern"),
          GetoptOption.value('d', "description")
              .helped("PATTERN", "only containers whose description matches the pattern"),
          GetoptOption.value('o', "output").helped("FIELD[,...]", "show these fields"),
          GetoptOption.value('s', "sort")
              .helped("[-]FIELD", "sort by this field; with - in reverse"),
          GetoptOption.flag('H', "no-header").helped("do not print the header line"),
          GetoptOption.flag('t', "no-trim").helped("do not cut long values"),
          GetoptOption.flag('j', "json").helped("print JSON"),
          GetoptOption.flag('L', "list").helped("list the fields and their headings"),
          GetoptOption.flag('e', "help").helped("print this text"));

  private final List<String> operands;
  private Action action = Action.LIST_CONTAINERS;
  private String error = "";
  private boolean all;
  private boolean stopped;
  private boolean header = true;
  private boolean trim = true;
  private boolean json;
  private @Nullable String output;
  private @Nullable String sort;
  private @Nullable String hostname;
  private @Nullable String name;
  private @Nullable String description;

  private ListOptions(List<String> operands) {
    this.operands = operands;
  }

  /** Reads a command line. As in getopt, what stands before an error still counts. */
  static ListOptions parse(List<String> arguments) {
    GetoptResult line = new GetoptModel("vzlist", TABLE).parse(arguments);
    ListOptions options = new ListOptions(line.operands());
    for (GetoptOccurrence occurrence : line.options()) {
      options.take(occurrence);
      if (options.action != Action.LIST_CONTAINERS) {
        return options;
      }
    }
    if (line.error() != null) {
      options.action = Action.REFUSE;
      options.error = line.error();
    }
    return options;
  }

  private void take(GetoptOccurrence option) {
    switch (option.key()) {
      case "all" -> all = true;
      case "stopped" -> stopped = true;
      case "name" -> output = Fields.WITH_NAMES;
      case "no-header" -> header = false;
      case "no-trim" -> trim = false;
      case "json" -> json = true;
      case "output" -> output = option.value();
      case "1" -> {
        output = Fields.IDS;
        header = false;
      }
      case "sort" -> sort = option.value();
      case "hostname" -> hostname = option.value();
      case "name_filter" -> name = option.value();
      case "description" -> description = option.value();
      case "list" -> action = Action.LIST_FIELDS;
      default -> action = Action.HELP;
    }
  }

  Action action() {
    return action;
  }

  /** Getopt's message if the action is to refuse. */
  String error() {
    return error;
  }

  /** Whether containers that do not run are listed without being named. */
  boolean wantsConfigured() {
    return all || stopped;
  }

  /** Whether only containers that do not run are listed. */
  boolean wantsStopped() {
    return stopped;
  }

  boolean header() {
    return header;
  }

  boolean trim() {
    return trim;
  }

  boolean json() {
    return json;
  }

  /** The fields to show as they were given, or null if the choice is ours. */
  @Nullable String output() {
    return output;
  }

  /** The field to sort by, with its {@code -}, or null. */
  @Nullable String sort() {
    return sort;
  }

  /** The pattern for the host name, or null. */
  @Nullable String hostname() {
    return hostname;
  }

  /** The pattern for the name, or null. */
  @Nullable String name() {
    return name;
  }

  /** The pattern for the description, or null. */
  @Nullable String description() {
    return description;
  }

  /** The containers, as they were named. */
  List<String> operands() {
    return operands;
  }
}

package org.vzj.cli;

import java.io.PrintStream;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;

/** The help texts of vzctl, drawn from the table of commands. */
final class Usage {
  private Usage() {}

  /** Prints the list of commands. */
  static void print(PrintStream out) {
    out.println("Usage: vzctl [options] <command> <ctid|name|range> ... [parameters]");
    out.println();
    for (String name : CommandTable.NAMES) {
      Command command = CommandTable.find(name);
      out.println("vzctl " + name + " " + (command == null ? "" : command.usage()));
    }
    out.println("vzctl check [--json] [--verbose]");
    out.println();
    out.println("Containers: numbers, names, ranges (101-110), lists (101,105,web), or --all");
    out.println(
        "Options before or after the command: --quiet --verbose --version --json --dry-run");
    out.println("--parallel N --all; vzctl <command> --help lists a command's own");
  }

  /** Prints the options of one command. */
  static void printOptions(PrintStream out, Command command) {
    for (GetoptOption option : command.options()) {
      StringBuilder line = new StringBuilder("  ");
      if (option.letter() != 0) {
        line.append('-').append(option.letter()).append(' ');
      }
      for (String name : option.longNames()) {
        line.append("--").append(name).append(' ');
      }
      line.append(option.takesValue() ? "VALUE" : "");
      String help = command.help(option.key());
      out.println(help.isEmpty() ? line.toString().stripTrailing() : pad(line) + help);
    }
  }

  private static String pad(StringBuilder line) {
    while (line.length() < 36) {
      line.append(' ');
    }
    return line.append(' ').toString();
  }
}

package org.vzj.cli;

import java.io.PrintStream;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.OptionHelp;

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
    out.println("vzctl blame [--delay SECONDS] [--json]");
    out.println("vzctl check [--json] [--verbose]");
    out.println("vzctl service " + String.join("|", Vzservice.VERBS));
    out.println();
    out.println("Containers: numbers, names, ranges (101-110), lists (101,105,web), or --all");
    out.println("Options before the command: --quiet --verbose --version --skiplock");
    out.println("Options before or after it: --all --parallel N --json --dry-run");
    out.println("vzctl <command> --help lists a command's own");
  }

  /** Prints the options of one command. */
  static void printOptions(PrintStream out, Command command) {
    out.print(OptionHelp.text(command.options()));
  }
}

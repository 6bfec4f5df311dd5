package org.vzj.cli.tools;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.VzPaths;

/** A tool's command line, taken apart, and where its words go. */
final class ToolCall {
  private static final Path PROC = Path.of("/proc");

  private final Session session;
  private final List<GetoptOption> table;
  private final GetoptResult result;

  ToolCall(String tool, List<GetoptOption> table, Session session) {
    this.session = session;
    this.table = table;
    this.result = new GetoptModel(tool, table).parse(session.arguments());
  }

  /** Whether an option was given before the first error. */
  boolean has(String key) {
    return result.has(key);
  }

  /** The last value of an option, null if it was not given. */
  @Nullable String value(String key) {
    return result.last(key);
  }

  /** All options in their order. */
  List<GetoptOccurrence> options() {
    return result.options();
  }

  List<String> operands() {
    return result.operands();
  }

  /** Getopt's message if the options are wrong. */
  @Nullable String error() {
    return result.error();
  }

  Session session() {
    return session;
  }

  PrintStream out() {
    return session.out();
  }

  VzPaths paths() {
    return VzPaths.of(session.environment());
  }

  Path proc() {
    return PROC;
  }

  /** Says what is wrong, and returns this status. */
  int fail(String message, int status) {
    complain(message);
    return status;
  }

  void complain(String message) {
    session.err().println(TerminalText.of(message));
  }

  /** Prints how the tool is used: that it was asked for, or to the errors. */
  int usage(String head, int status) {
    PrintStream stream = status == 0 ? session.out() : session.err();
    stream.println(head);
    stream.print(OptionHelp.text(table));
    return status;
  }
}

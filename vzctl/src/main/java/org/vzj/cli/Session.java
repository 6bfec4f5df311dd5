package org.vzj.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything that a command gets from its caller. A command is a function of this to an exit code.
 *
 * @param arguments the words after the command's own name
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment the caller's variables
 * @param directory the caller's working directory
 * @param terminal whether standard error is a terminal, so that progress may be drawn there
 */
public record Session(
    List<String> arguments,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path directory,
    boolean terminal) {
  /** Returns the same session with other arguments. */
  public Session with(List<String> other) {
    return new Session(other, in, out, err, environment, directory, terminal);
  }
}

package org.vzj.linux.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run and all that it is given. Immutable; the methods return changed copies.
 *
 * @param argv the program and its arguments; a name without a slash is looked for in PATH
 * @param environment variables that are set besides our own
 * @param emptyEnvironment whether the program gets nothing but {@code environment}
 * @param directory its working directory, null for ours
 * @param input what its standard input gives, in UTF-8, then end of file
 * @param inherited whether its three standard streams are ours; {@code input} is then unused
 * @param timeout how long it may run, null for ever
 */
public record Command(
    List<String> argv,
    Map<String, String> environment,
    boolean emptyEnvironment,
    @Nullable Path directory,
    String input,
    boolean inherited,
    @Nullable Duration timeout) {
  /** Copies lists and maps. */
  public Command {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("a command without a program");
    }
  }

  /** A program with our environment and directory, no input, output captured, no time limit. */
  public static Command of(String... argv) {
    return of(List.of(argv));
  }

  /** A program with our environment and directory, no input, output captured, no time limit. */
  public static Command of(List<String> argv) {
    return new Command(argv, Map.of(), false, null, "", false, null);
  }

  /** Adds a variable to the environment. */
  public Command env(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.put(name, value);
    return new Command(argv, changed, emptyEnvironment, directory, input, inherited, timeout);
  }

  /** Begins from an empty environment instead of ours. */
  public Command onlyOwnEnvironment() {
    return new Command(argv, environment, true, directory, input, inherited, timeout);
  }

  /** Sets the working directory. */
  public Command in(Path workingDirectory) {
    return new Command(
        argv, environment, emptyEnvironment, workingDirectory, input, inherited, timeout);
  }

  /** Sets what standard input gives. */
  public Command input(String text) {
    return new Command(argv, environment, emptyEnvironment, directory, text, inherited, timeout);
  }

  /** Gives our own three standard streams to the program. */
  public Command inheritStreams() {
    return new Command(argv, environment, emptyEnvironment, directory, input, true, timeout);
  }

  /** Limits the time that the program may take. */
  public Command timeout(Duration limit) {
    return new Command(argv, environment, emptyEnvironment, directory, input, inherited, limit);
  }

  /** The program and its arguments, for messages. */
  @Override
  public String toString() {
    return String.join(" ", argv);
  }
}

package org.vzj.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vzj.cli.list.Vzlist;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.cli.tools.ToolTable;
import org.vzj.container.ExitCode;

/** The process: turns what the JVM gives into a session and the result into an exit status. */
public final class Main {
  /**
   * What stands for bytes that are no UTF-8. Rather than names and commands that were not meant,
   * such arguments give an error.
   */
  private static final char NO_CHARACTER = '\ufffd';

  private Main() {}

  /**
   * Runs one tool with this process's own streams: what the starter calls.
   *
   * @param words the tool's name (vzctl, vzlist, vzcheck, those of {@link ToolTable}) and its
   *     arguments
   * @return its exit status, 0 to 255
   */
  public static int run(String[] words) {
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    List<String> arguments = Arrays.asList(words).subList(Math.min(1, words.length), words.length);
    Session session =
        new Session(
            arguments,
            System.in,
            out,
            err,
            System.getenv(),
            Path.of("").toAbsolutePath(),
            isErrorTerminal());
    int status = run(words.length == 0 ? "vzctl" : words[0], session);
    out.flush();
    err.flush();
    return status;
  }

  /** As {@link #run(String[])}, for a plain JVM. */
  public static void main(String[] words) {
    System.exit(run(words));
  }

  /**
   * Runs one tool in this process.
   *
   * @param tool its name, with or without a path
   * @return its exit status, 0 to 255
   */
  public static int run(String tool, Session session) {
    for (String word : session.arguments()) {
      if (word.indexOf(NO_CHARACTER) >= 0) {
        session.err().println("Arguments are UTF-8, and this one is not: " + TerminalText.of(word));
        return ExitCode.INVALID_VALUE.number();
      }
    }
    String name = tool.substring(tool.lastIndexOf('/') + 1);
    return switch (name) {
      case "vzctl" -> Vzctl.run(session);
      case "vzlist" -> Vzlist.run(session);
      case "vzcheck" -> Vzctl.run(session.with(prepend("check", session.arguments())));
      default -> {
        ToolTable.Tool other = ToolTable.find(name);
        yield other == null ? Vzctl.run(session) : other.run(session);
      }
    };
  }

  private static List<String> prepend(String first, List<String> rest) {
    List<String> all = new ArrayList<>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), 8192),
        false,
        StandardCharsets.UTF_8);
  }

  /** The JDK tells only about input and output at once; /proc about one of ours, proc_pid_fd(5). */
  private static boolean isErrorTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}

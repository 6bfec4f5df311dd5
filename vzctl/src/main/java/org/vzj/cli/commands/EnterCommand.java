package org.vzj.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Enter;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchReport;

/** {@code vzctl enter}. */
final class EnterCommand extends Command {
  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public boolean takesMany() {
    return false;
  }

  @Override
  public boolean takesWords() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid> [--exec <command> [arg ...]]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    List<String> words = invocation.words();
    if (!words.isEmpty() && !words.getFirst().equals("--exec")) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "Invalid option '" + words.getFirst() + "'");
    }
    if (words.size() == 1) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "No command line given for --exec");
    }
    List<String> typed = words.isEmpty() ? List.of() : words.subList(1, words.size());
    return target -> run(target, invocation.session(), typed);
  }

  private static int run(Target target, Session session, List<String> typed) throws VzException {
    Enter.requireRunning(target);
    session.out().println("entered into CT " + target.id());
    session.out().flush();
    if (!isTerminal()) {
      session.err().println("Unable to get term attr: Inappropriate ioctl for device");
      session.err().flush();
    }
    LaunchReport report =
        Enter.run(target, session.environment().getOrDefault("TERM", "linux"), typed);
    if (report instanceof LaunchReport.Failed failed) {
      session.out().println("enter into CT " + target.id() + " failed");
      throw new VzException(ExitCode.SYSTEM, failed.text());
    }
    session.out().println("exited from CT " + target.id());
    return 0;
  }

  private static boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString();
      return target.startsWith("/dev/") && !target.equals("/dev/null");
    } catch (IOException e) {
      return false;
    }
  }
}

package org.vzj.cli.commands;

import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Exec;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;

/** {@code vzctl exec}, {@code exec2} and {@code exec3}. */
final class ExecCommand extends Command {
  /** How the result is told, and whether a shell reads the words. */
  enum Kind {
    /** A shell; any failure is 8. */
    EXEC,
    /** A shell; the command's own status. */
    EXEC2,
    /** No shell; the program's own status. */
    EXEC3
  }

  private final Kind kind;

  ExecCommand(Kind kind) {
    this.kind = kind;
  }

  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public boolean takesWords() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>[,<ctid>...] <command> [arg ...]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    List<String> words = invocation.words();
    if (words.isEmpty()) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "No command line given for exec");
    }
    return target -> run(target, words, invocation.outputKept());
  }

  private int run(Target target, List<String> words, boolean kept) throws VzException {
    Stdio stdio = kept ? Stdio.captured(new byte[0]) : Stdio.inherit();
    try {
      LaunchReport report =
          kind == Kind.EXEC3 ? Exec.direct(target, words, stdio) : Exec.shell(target, words, stdio);
      if (kept) {
        target.messages().scriptOutput(stdio.out());
        target.messages().scriptOutput(stdio.err());
      }
      int status = Results.status(report, target.messages());
      return kind == Kind.EXEC && status != 0 ? ExitCode.COMMAND_FAILED.number() : status;
    } catch (VzException e) {
      if (kind != Kind.EXEC) {
        throw e;
      }
      throw new VzException(ExitCode.COMMAND_FAILED, e.text(), e);
    }
  }
}

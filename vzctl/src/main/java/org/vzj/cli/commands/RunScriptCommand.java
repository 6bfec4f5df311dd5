package org.vzj.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.RunScript;
import org.vzj.lifecycle.Target;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;

/** {@code vzctl runscript}. */
final class RunScriptCommand extends Command {
  @Override
  public boolean takesWords() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>[,<ctid>...] <script>";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    if (invocation.words().isEmpty()) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "Script not specified");
    }
    String name = invocation.words().getFirst();
    Path file = invocation.session().directory().resolve(name);
    byte[] script;
    try {
      script = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new VzException(ExitCode.NO_SCRIPT, "Script not found: " + name, e);
    }
    return target -> run(target, script, invocation.outputKept());
  }

  private static int run(Target target, byte[] script, boolean kept) throws VzException {
    Stdio stdio = kept ? Stdio.captured(script) : Stdio.fed(script);
    LaunchReport report = RunScript.run(target, stdio);
    target.messages().scriptOutput(stdio.out());
    target.messages().scriptOutput(stdio.err());
    return Results.status(report, target.messages());
  }
}

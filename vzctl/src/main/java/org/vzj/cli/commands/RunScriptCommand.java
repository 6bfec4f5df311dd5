package org.vzj.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.RunScript;

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
    return target -> Results.status(RunScript.run(target, script), target.messages());
  }
}

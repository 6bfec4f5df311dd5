package org.vzj.cli.commands;

import org.vzj.cli.Session;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Console;

/** {@code vzctl console}. */
final class ConsoleCommand extends Command {
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
    return "<ctid> [ttynum]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    if (invocation.words().size() > 1) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "Too many arguments for console");
    }
    if (!invocation.words().isEmpty() && !invocation.words().getFirst().equals("1")) {
      throw new VzException(
          ExitCode.INVALID_VALUE,
          "Invalid tty number: "
              + invocation.words().getFirst()
              + " (a container has one console, number 1)");
    }
    Session session = invocation.session();
    return target -> {
      Console.require(target);
      session.err().println("Attached to CT " + target.id() + " (ESC . to detach)");
      session.err().flush();
      Console.attach(target);
      session.err().println("Detached from CT " + target.id());
      return 0;
    };
  }
}

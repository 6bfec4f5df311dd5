package org.vzj.cli.commands;

import org.vzj.cli.Session;
import org.vzj.container.CtStatus;
import org.vzj.lifecycle.Status;
import org.vzj.lifecycle.Target;

/** {@code vzctl status}. */
final class StatusCommand extends Command {
  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public boolean needsConfig() {
    return false;
  }

  @Override
  public boolean silent() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) {
    return target -> show(target, invocation.session(), invocation.outputKept());
  }

  private static int show(Target target, Session session, boolean kept) {
    CtStatus status = Status.of(target);
    String line = status.line(target.id());
    target.messages().fact("exist", status.exists());
    target.messages().fact("mounted", status.mounted());
    target.messages().fact("running", status.running());
    target.messages().fact("suspended", status.suspended());
    if (kept) {
      target.messages().say(line);
    } else {
      session.out().println(line);
    }
    return 0;
  }
}

package org.vzj.cli.commands;

import java.util.List;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Quota;
import org.vzj.lifecycle.Target;

/** {@code vzctl quotaon}, {@code quotaoff} and {@code quotainit}. */
final class QuotaCommand extends Command {
  private final Quota verb;

  QuotaCommand(Quota verb) {
    this.verb = verb;
  }

  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) {
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        verb.run(target);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        String what =
            switch (verb) {
              case ON -> "limit the files of ";
              case OFF -> "end the limits of ";
              case INIT -> "give the project id " + target.id() + " to all files of ";
            };
        return List.of(what + target.privateArea());
      }
    };
  }
}

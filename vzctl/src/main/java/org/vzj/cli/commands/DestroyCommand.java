package org.vzj.cli.commands;

import java.util.List;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Destroy;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Target;

/** {@code vzctl destroy}. */
final class DestroyCommand extends Command {
  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) {
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        Destroy.run(target);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return DryRun.destroy(target);
      }
    };
  }
}

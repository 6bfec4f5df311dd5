package org.vzj.cli.commands;

import org.vzj.lifecycle.Rewire;

/** {@code vzctl rewire}. */
final class RewireCommand extends Command {
  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) {
    return target -> {
      Rewire.run(target);
      return 0;
    };
  }
}

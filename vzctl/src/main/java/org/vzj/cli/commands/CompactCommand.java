package org.vzj.cli.commands;

import org.vzj.container.VzException;

/** {@code vzctl compact}. */
final class CompactCommand extends Command {
  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    return target -> {
      target.layout().compact(target.volume());
      return 0;
    };
  }
}

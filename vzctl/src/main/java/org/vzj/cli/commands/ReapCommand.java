package org.vzj.cli.commands;

import org.vzj.lifecycle.Reap;

/**
 * {@code vzctl reap}, which the monitor of a container runs when init has ended by itself. Not for
 * users, and harmless in their hands.
 */
final class ReapCommand extends Command {
  /** Starting or stopping one container takes minutes at the most. */
  private static final long PATIENCE_MILLIS = 300_000;

  @Override
  public long lockPatience() {
    return PATIENCE_MILLIS;
  }

  @Override
  public String usage() {
    return "<ctid>";
  }

  @Override
  public Work bind(Invocation invocation) {
    return target -> {
      Reap.run(target);
      return 0;
    };
  }
}

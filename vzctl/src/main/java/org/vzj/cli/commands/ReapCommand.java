package org.vzj.cli.commands;

import org.vzj.lifecycle.Reap;

/**
 * {@code vzctl reap}, which the monitor of a container runs when init has ended by itself. Not for
 * users, and harmless in their hands.
 */
final class ReapCommand extends Command {
  /** How long a command that holds the lock may take before the monitor's gives up, in ms. */
  static final long PATIENCE = 300_000;

  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public String usage() {
    return "<ctid>";
  }

  @Override
  public Work bind(Invocation invocation) {
    return target -> {
      try (var lock =
          org.vzj.container.ContainerLock.await(
              target.host().lockDirectory(), target.id(), target.messages(), PATIENCE)) {
        assert lock != null;
        Reap.run(target);
      }
      return 0;
    };
  }
}

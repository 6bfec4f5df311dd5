package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;
import org.vzj.lifecycle.DeleteSnapshot;
import org.vzj.lifecycle.Target;

/** {@code vzctl snapshot-delete}. */
final class SnapshotDeleteCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return List.of(SnapshotOptions.ID);
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public String usage() {
    return "<ctid>... --id <uuid>";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    String guid = SnapshotOptions.required(invocation);
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        DeleteSnapshot.run(target, guid);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return DeleteSnapshot.plan(target, guid);
      }
    };
  }
}

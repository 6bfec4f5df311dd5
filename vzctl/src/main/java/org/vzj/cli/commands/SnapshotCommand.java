package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;
import org.vzj.lifecycle.TakeSnapshot;
import org.vzj.lifecycle.Target;

/** {@code vzctl snapshot}. */
final class SnapshotCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return List.of(
        SnapshotOptions.ID,
        GetoptOption.value("name").helped("NAME", "a name for it"),
        GetoptOption.value("description").helped("TEXT", "more about it"),
        GetoptOption.flag("skip-suspend").helped("do not keep the memory of its processes"),
        GetoptOption.flag("skip-config").helped("do not keep its configuration"));
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public String usage() {
    return "<ctid>... [--id <uuid>] [--name <name>] [--description <text>]"
        + " [--skip-suspend] [--skip-config]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    TakeSnapshot.Wish wish =
        new TakeSnapshot.Wish(
            SnapshotOptions.guid(invocation),
            SnapshotOptions.text(invocation, "name", false),
            SnapshotOptions.text(invocation, "description", true),
            invocation.has("skip-suspend"),
            invocation.has("skip-config"));
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        TakeSnapshot.run(target, wish);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return TakeSnapshot.plan(target, wish);
      }
    };
  }
}

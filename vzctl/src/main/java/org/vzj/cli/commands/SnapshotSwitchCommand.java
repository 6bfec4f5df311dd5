package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.SwitchSnapshot;
import org.vzj.lifecycle.Target;

/** {@code vzctl snapshot-switch}. */
final class SnapshotSwitchCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return List.of(
        SnapshotOptions.ID,
        GetoptOption.flag("skip-resume").helped("leave it stopped, whatever the snapshot holds"),
        GetoptOption.flag("must-resume").helped("fail if it cannot run where it was"),
        GetoptOption.flag("skip-config").helped("leave its configuration as it is"),
        GetoptOption.flag("skip_arpdetect", "skip-arpdetect"));
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public String usage() {
    return "<ctid>... --id <uuid> [--skip-resume | --must-resume] [--skip-config]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    boolean skip = invocation.has("skip-resume");
    boolean must = invocation.has("must-resume");
    if (skip && must) {
      throw new VzException(
          ExitCode.INVALID_SYNTAX,
          "Invalid syntax: --skip-resume and --must-resume can not be used together");
    }
    SwitchSnapshot.Wish wish =
        new SwitchSnapshot.Wish(
            SnapshotOptions.required(invocation), skip, must, invocation.has("skip-config"));
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        SwitchSnapshot.run(target, wish);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return SwitchSnapshot.plan(target, wish);
      }
    };
  }
}

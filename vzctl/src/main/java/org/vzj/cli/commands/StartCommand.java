package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Start;
import org.vzj.lifecycle.Target;

/** {@code vzctl start}. */
final class StartCommand extends Command {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag("force").helped("start it even if DISABLED=yes"),
          GetoptOption.flag("wait").helped("wait until it has booted"),
          GetoptOption.flag("skip-fsck").helped("accepted: there is no image to check"),
          GetoptOption.flag("skip-remount").helped("use its root as it is mounted now"),
          GetoptOption.flag("skip_ve_setup"));

  @Override
  public List<GetoptOption> options() {
    return OPTIONS;
  }

  @Override
  public String usage() {
    return "<ctid>... [--force] [--wait] [--skip-fsck] [--skip-remount]";
  }

  @Override
  public Work bind(Invocation invocation) {
    return work(invocation);
  }

  static Work work(Invocation invocation) {
    boolean force = invocation.has("force");
    boolean skipRemount = invocation.has("skip-remount");
    boolean wait = invocation.has("wait");
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        Start start = new Start(target, force, skipRemount);
        if (wait) {
          start.runAndWait();
        } else {
          start.run();
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return DryRun.start(target);
      }
    };
  }
}

package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Stop;
import org.vzj.lifecycle.Target;

/** {@code vzctl restart}. */
final class RestartCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    List<GetoptOption> all = new ArrayList<>(StartCommand.OPTIONS);
    all.addAll(StopCommand.OPTIONS);
    return all;
  }

  @Override
  public String usage() {
    return "<ctid>... [--fast] [--skip-umount] [--force] [--wait] [--skip-fsck] [--skip-remount]";
  }

  @Override
  public Work bind(Invocation invocation) {
    boolean fast = invocation.has("fast");
    boolean skipUmount = invocation.has("skip-umount");
    Work start = StartCommand.work(invocation);
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        target.messages().say("Restarting container");
        if (InitProcess.running(target.container()) != null) {
          new Stop(target, fast, skipUmount).run();
        }
        return start.run(target);
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        List<String> lines = new ArrayList<>();
        if (InitProcess.running(target.container()) != null) {
          lines.addAll(DryRun.stop(target, fast, skipUmount));
        }
        lines.addAll(start.plan(target));
        return lines;
      }
    };
  }
}

package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Stop;
import org.vzj.lifecycle.Target;

/** {@code vzctl stop}. */
final class StopCommand extends Command {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag("fast").helped("kill it at once"),
          GetoptOption.flag("skip-umount").helped("leave its root mounted"));

  @Override
  public List<GetoptOption> options() {
    return OPTIONS;
  }

  @Override
  public String usage() {
    return "<ctid>... [--fast] [--skip-umount]";
  }

  @Override
  public Work bind(Invocation invocation) {
    boolean fast = invocation.has("fast");
    boolean skipUmount = invocation.has("skip-umount");
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        new Stop(target, fast, skipUmount).run();
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return DryRun.stop(target, fast, skipUmount);
      }
    };
  }
}

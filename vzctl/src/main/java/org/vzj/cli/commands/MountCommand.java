package org.vzj.cli.commands;

import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Mount;
import org.vzj.lifecycle.Target;
import org.vzj.lifecycle.Umount;

/** {@code vzctl mount} and {@code vzctl umount}. */
final class MountCommand extends Command {
  private final boolean mount;

  MountCommand(boolean mount) {
    this.mount = mount;
  }

  @Override
  public String usage() {
    return "<ctid>...";
  }

  @Override
  public Work bind(Invocation invocation) {
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        if (mount) {
          if (InitProcess.running(target.container()) != null) {
            throw new VzException(ExitCode.RUNNING, "Container is already running");
          }
          Mount.run(target);
        } else {
          Umount.run(target);
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return mount ? DryRun.mount(target) : DryRun.umount(target);
      }
    };
  }
}

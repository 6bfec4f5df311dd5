package org.vzj.cli.commands;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.SnapshotMounts;
import org.vzj.lifecycle.Target;

/** {@code vzctl snapshot-mount} and {@code vzctl snapshot-umount}. */
final class SnapshotMountCommand extends Command {
  private final boolean mount;

  SnapshotMountCommand(boolean mount) {
    this.mount = mount;
  }

  @Override
  public List<GetoptOption> options() {
    return mount
        ? List.of(
            SnapshotOptions.ID,
            GetoptOption.value("target").helped("DIR", "the directory to mount it on"))
        : List.of(SnapshotOptions.ID);
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public String usage() {
    return mount ? "<ctid>... --id <uuid> --target <dir>" : "<ctid>... --id <uuid>";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    String guid = SnapshotOptions.required(invocation);
    Path point = mount ? point(invocation) : null;
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        if (point == null) {
          SnapshotMounts.umount(target, guid);
        } else {
          SnapshotMounts.mount(target, guid, point);
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return SnapshotMounts.plan(target, guid, point);
      }
    };
  }

  private static Path point(Invocation invocation) throws VzException {
    @Nullable String text = invocation.value("target");
    if (text == null) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "Invalid syntax: mount target is missing");
    }
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad parameter for --target: " + text);
    }
    return invocation.session().directory().resolve(text).normalize();
  }
}

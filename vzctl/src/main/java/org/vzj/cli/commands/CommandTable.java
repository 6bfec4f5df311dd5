package org.vzj.cli.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.lifecycle.Quota;

/** The subcommands by their names. Only the one asked for is made. */
public final class CommandTable {
  /** The names in the order of the usage text; aliases are left out. */
  public static final List<String> NAMES =
      List.of(
          "create",
          "clone",
          "destroy",
          "start",
          "stop",
          "restart",
          "mount",
          "umount",
          "set",
          "convert",
          "compact",
          "fw",
          "quotaon",
          "quotaoff",
          "quotainit",
          "status",
          "exec",
          "exec2",
          "runscript",
          "enter",
          "console",
          "snapshot",
          "snapshot-switch",
          "snapshot-delete",
          "snapshot-list",
          "snapshot-mount",
          "snapshot-umount",
          "reclaim",
          "rewire");

  private CommandTable() {}

  /** Returns the command of a name or alias, null if there is none. */
  public static @Nullable Command find(String name) {
    return switch (name) {
      case "create" -> new CreateCommand();
      case "clone" -> new CloneCommand();
      case "destroy", "delete" -> new DestroyCommand();
      case "start" -> new StartCommand();
      case "stop" -> new StopCommand();
      case "restart" -> new RestartCommand();
      case "mount" -> new MountCommand(true);
      case "umount" -> new MountCommand(false);
      case "set" -> new SetCommand();
      case "convert" -> new ConvertCommand();
      case "compact" -> new CompactCommand();
      case "fw" -> new FwCommand();
      case "quotaon" -> new QuotaCommand(Quota.ON);
      case "quotaoff" -> new QuotaCommand(Quota.OFF);
      case "quotainit" -> new QuotaCommand(Quota.INIT);
      case "status" -> new StatusCommand();
      case "exec" -> new ExecCommand(ExecCommand.Kind.EXEC);
      case "exec2" -> new ExecCommand(ExecCommand.Kind.EXEC2);
      case "exec3" -> new ExecCommand(ExecCommand.Kind.EXEC3);
      case "runscript" -> new RunScriptCommand();
      case "enter" -> new EnterCommand();
      case "console" -> new ConsoleCommand();
      case "snapshot" -> new SnapshotCommand();
      case "snapshot-switch" -> new SnapshotSwitchCommand();
      case "snapshot-delete" -> new SnapshotDeleteCommand();
      case "snapshot-list" -> new SnapshotListCommand();
      case "snapshot-mount" -> new SnapshotMountCommand(true);
      case "snapshot-umount" -> new SnapshotMountCommand(false);
      case "reclaim" -> new ReclaimCommand();
      case "rewire" -> new RewireCommand();
      case "reap" -> new ReapCommand();
      default -> null;
    };
  }
}

package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.capacity.HostCapacity;
import org.vzj.beancounters.rule.Dialog;
import org.vzj.beancounters.rule.LimitSheet;
import org.vzj.beancounters.rule.Validation;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.ConfigSaver;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.linux.unit.Pages;

/** vzcfgvalidate: checks the limits of a configuration, and repairs them. */
final class Vzcfgvalidate {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('r').helped("repair what is wrong"),
          GetoptOption.flag('i').helped("ask before each repair"),
          GetoptOption.value('v').helped("yes|no", "whether RAM and swap are limited (VSwap)"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE = "Usage: vzcfgvalidate [-r|-i] [-v yes|no] <configfile>";
  private static final int INVALID = 2;

  private Vzcfgvalidate() {}

  static int run(Session session) {
    ToolCall call = new ToolCall("vzcfgvalidate", OPTIONS, session);
    if (call.has("help")) {
      return call.usage(USAGE, 0);
    }
    String error = call.error();
    if (error != null) {
      call.complain(error);
      return call.usage(USAGE, 1);
    }
    String mode = call.value("v");
    Boolean vswap = mode == null ? null : yesOrNo(mode);
    if (mode != null && vswap == null) {
      call.complain("Invalid argument for -v: " + mode);
      return call.usage(USAGE, 1);
    }
    if (call.operands().isEmpty()) {
      return call.usage(USAGE, 1);
    }
    String name = call.operands().getFirst();
    Path file = session.directory().resolve(name);
    if (!Files.exists(file)) {
      return call.fail("Container configuration file " + name + " not found", 1);
    }
    try {
      return validate(call, file, vswap);
    } catch (IOException e) {
      return call.fail(String.valueOf(e.getMessage()), 1);
    }
  }

  private static int validate(ToolCall call, Path file, @Nullable Boolean mode) throws IOException {
    Session session = call.session();
    ContainerConfig config =
        ToolConfig.container(
            0, file, ToolConfig.global(call.paths(), session.err()), session.err());
    LimitSheet sheet = LimitSheets.of(config);
    Dialog dialog = new ConsoleDialog(session, call.has("r"), call.has("i"));
    if (!check(call, config, sheet, dialog, mode == null ? config.isVswap() : mode)) {
      return INVALID;
    }
    if (!sheet.changes().isEmpty()) {
      ConfigSaver.save(file, LimitSheets.changed(config.own(), sheet.changes()));
    }
    call.complain("Validation completed: success");
    return 0;
  }

  private static boolean check(
      ToolCall call, ContainerConfig config, LimitSheet sheet, Dialog dialog, boolean vswap)
      throws IOException {
    if (!vswap) {
      return Validation.classic(sheet, dialog, config.isYes(Parameter.DISK_QUOTA));
    }
    HostCapacity host = HostCapacity.read(call.proc());
    long page = Pages.hostPageSize();
    return Validation.vswap(sheet, dialog, host.ram() / page, host.swap() / page);
  }

  /** Null for any other word. */
  static @Nullable Boolean yesOrNo(String word) {
    return switch (word) {
      case "yes" -> Boolean.TRUE;
      case "no" -> Boolean.FALSE;
      default -> null;
    };
  }
}

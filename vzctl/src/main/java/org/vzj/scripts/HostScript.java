package org.vzj.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.Container;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * An action script of the administrator's, run on the host: {@code vps.KIND} for every container,
 * {@code CTID.KIND} for one.
 */
public final class HostScript {
  /** Where programs are looked for, by scripts of the host as by those inside. */
  public static final String SEARCH_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private HostScript() {}

  /**
   * Returns the scripts of a kind that exist, in the order they run: on the way up the global one
   * first, on the way down the container's own first, as OpenVZ's code has it.
   *
   * @param kind premount, mount, umount or postumount
   */
  public static List<Path> of(Container container, String kind) {
    Path global = container.paths().conf().resolve("vps." + kind);
    Path own = container.script(kind);
    List<Path> order = kind.endsWith("umount") ? List.of(own, global) : List.of(global, own);
    List<Path> existing = new ArrayList<>(2);
    for (Path script : order) {
      if (Files.exists(script)) {
        existing.add(script);
      }
    }
    return existing;
  }

  /**
   * Runs all scripts of a kind; one that is missing is a success.
   *
   * @throws VzException ACTION_SCRIPT if one fails
   */
  public static void runAll(Container container, String kind, Messages messages)
      throws VzException {
    for (Path script : of(container, kind)) {
      run(script, container, kind, messages);
    }
  }

  /**
   * Runs one script with OpenVZ's environment and nothing of the caller's.
   *
   * @throws VzException ACTION_SCRIPT if it cannot be run or its status is not 0
   */
  public static void run(Path script, Container container, String kind, Messages messages)
      throws VzException {
    Command command =
        Command.of(script.toString())
            .onlyOwnEnvironment()
            .env("HOME", "/")
            .env("TERM", "linux")
            .env("PATH", SEARCH_PATH)
            .env("VEID", container.id().toString())
            .env("VE_CONFFILE", container.configFile().toString());
    try {
      CommandResult result = Commands.system().run(command);
      messages.scriptOutput(result.out().getBytes(StandardCharsets.UTF_8));
      messages.scriptOutput(result.err().getBytes(StandardCharsets.UTF_8));
      if (result.ok()) {
        return;
      }
    } catch (IOException e) {
      messages.warn(script + ": " + e.getMessage());
    }
    throw new VzException(ExitCode.ACTION_SCRIPT, "Error executing " + kind + " script " + script);
  }
}

package org.vzj.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Parameter;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;

/**
 * {@code vzctl service}: what the unit and the script of the boot service run. Verbs, messages and
 * exit codes are those of OpenVZ's {@code /etc/init.d/vz}, except that restarting never stops a
 * container.
 */
public final class Vzservice {
  /** The verbs, in the order of the usage text. */
  public static final List<String> VERBS =
      List.of("start", "stop", "restart", "force-reload", "status");

  /** What the verb stop knows. */
  public static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag("unless-restarting")
              .helped("with stop: leave containers alone while systemd restarts the service"));

  /** How a call may be told from another in a shell: LSB's "unimplemented", as OpenVZ has it. */
  private static final int USAGE = 3;

  private static final int NOT_RUNNING = 3;
  private static final int NOT_CONFIGURED = 6;

  private final Session session;
  private final GlobalFlags flags;
  private final VzPaths paths;

  private Vzservice(Session session, GlobalFlags flags) {
    this.session = session;
    this.flags = flags;
    this.paths = VzPaths.of(session.environment());
  }

  /**
   * Runs a verb.
   *
   * @param words the verb and its option
   * @return 0; 1 if it cannot be done now or a container still runs, 3 for a wrong verb and for the
   *     status of a service that is not started, 6 without vz.conf
   */
  static int run(Session session, GlobalFlags flags, List<String> words) {
    String verb = words.isEmpty() ? "" : words.getFirst();
    boolean unlessRestarting = words.equals(List.of("stop", "--unless-restarting"));
    if (!VERBS.contains(verb) || (words.size() > 1 && !unlessRestarting)) {
      session
          .err()
          .println("Usage: vzctl service {" + String.join("|", VERBS) + "} [--unless-restarting]");
      return USAGE;
    }
    return new Vzservice(session, flags).run(verb, unlessRestarting);
  }

  private int run(String verb, boolean unlessRestarting) {
    GlobalConfig global;
    try {
      global = GlobalConfigFile.read(paths, session.err());
    } catch (VzException e) {
      session.err().println(e.text());
      return NOT_CONFIGURED;
    }
    if (verb.equals("status")) {
      boolean started = Files.exists(paths.serviceMark());
      session.out().println(started ? "OpenVZ is running..." : "OpenVZ is stopped.");
      return started ? 0 : NOT_RUNNING;
    }
    if ("no".equals(global.get(Parameter.VIRTUOZZO))) {
      return 0;
    }
    try {
      if (flags.dryRun()) {
        new ServiceRun(session, flags, new Host(paths, global)).plan(verb.equals("stop"));
        return 0;
      }
      Files.createDirectories(paths.run());
      try (FileChannel file =
              FileChannel.open(
                  paths.serviceLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = file.tryLock()) {
        if (lock == null) {
          return refuse("OpenVZ is locked");
        }
        return locked(verb, unlessRestarting, new Host(paths, global));
      } catch (OverlappingFileLockException e) {
        return refuse("OpenVZ is locked");
      }
    } catch (IOException e) {
      return refuse(paths.run() + ": " + e.getMessage());
    } catch (VzException e) {
      session.err().println(e.text());
      return e.status();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse("interrupted");
    }
  }

  private int locked(String verb, boolean unlessRestarting, Host host)
      throws IOException, VzException, InterruptedException {
    Path mark = paths.serviceMark();
    if (verb.equals("stop")) {
      if (unlessRestarting && SystemdJob.restarts(session.environment())) {
        Files.deleteIfExists(mark);
        session.out().println("Restarting: containers keep running");
        return 0;
      }
      boolean stopped = new ServiceRun(session, flags, host).stop();
      Files.deleteIfExists(mark);
      return stopped ? 0 : 1;
    }
    if (verb.equals("start") && Files.exists(mark)) {
      return refuse("OpenVZ already running");
    }
    // First: whoever is stopped halfway is to be stopped by the verb.
    Files.writeString(mark, "");
    new ServiceRun(session, flags, host).start();
    return 0;
  }

  private int refuse(String reason) {
    session.err().println(reason);
    return 1;
  }
}

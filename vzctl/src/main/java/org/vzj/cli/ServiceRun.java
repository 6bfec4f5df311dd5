package org.vzj.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.commands.Invocation;
import org.vzj.cli.commands.Work;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.ContainerConfig;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Parameter;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Host;
import org.vzj.service.Admission;
import org.vzj.service.BootList;
import org.vzj.service.BootMarks;
import org.vzj.service.Pressure;
import org.vzj.service.Procession;

/** Starts or stops the containers of the boot service. */
final class ServiceRun {
  /** After so many seconds of stopping, what has not begun to stop yet is killed. */
  private static final long STOP_SECONDS = 300;

  /** How long somebody else's command may take to end a container, in milliseconds. */
  private static final long PATIENCE = 10_000;

  private static final int PAUSE = 50;

  private final Session session;
  private final GlobalFlags flags;
  private final Host host;
  private final ContainerStore store;
  private final BootMarks marks;

  ServiceRun(Session session, GlobalFlags flags, Host host) {
    this.session = session;
    this.flags = flags;
    this.host = host;
    this.store = new ContainerStore(host.paths());
    this.marks = new BootMarks(host.paths().bootMarks());
  }

  /** Starts what starts with the host and does not run yet. That one fails keeps no other back. */
  void start() throws VzException, IOException, InterruptedException {
    startLxcfs();
    List<CtId> ids = toStart();
    if (!ids.isEmpty()) {
      announce("Starting CT:", ids);
      Runner runner = runner("start", false, false);
      Admission admission = admission();
      Procession.run(ids, admission::admits, id -> tell("start", runner.one(id, true)));
      runner.finish();
    }
    for (CtId id : marks.all()) {
      marks.remove(id);
    }
  }

  /** Containers that run already see nothing of a new one by themselves. */
  private void startLxcfs() throws VzException, InterruptedException {
    List<CtId> ids = List.of();
    try {
      if (host.lxcfs().start()) {
        ids = stillRunning(store.all());
      }
    } catch (VzException e) {
      session.err().println(e.text());
    }
    if (!ids.isEmpty()) {
      Runner runner = runner("rewire", false, false);
      int enough = 4 * Runtime.getRuntime().availableProcessors();
      Procession.run(
          ids, underWay -> underWay < enough, id -> tell("rewire", runner.one(id, true)));
      runner.finish();
    }
  }

  private List<CtId> toStart() throws VzException, IOException {
    List<CtId> ids = new ArrayList<>();
    for (CtId id : BootList.toStart(entries(store.all()), marks.all())) {
      if (!running(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private List<CtId> toStop() throws VzException {
    return BootList.toStop(entries(stillRunning(store.all())));
  }

  /** Says which containers would be started, or stopped, in their order. */
  void plan(boolean stop) throws VzException, IOException {
    announce(stop ? "Shutting down CT:" : "Starting CT:", stop ? toStop() : toStart());
  }

  /**
   * Stops all that runs, in order as long as there is time, and by force in the end.
   *
   * @return whether nothing runs any more
   */
  boolean stop() throws VzException, InterruptedException {
    if (!stopContainers()) {
      return false;
    }
    try {
      host.lxcfs().stop();
    } catch (VzException e) {
      session.err().println(e.text());
    }
    return true;
  }

  private boolean stopContainers() throws VzException, InterruptedException {
    List<CtId> ids = toStop();
    if (ids.isEmpty()) {
      return true;
    }
    for (CtId id : ids) {
      mark(id);
    }
    announce("Shutting down CT:", ids);
    Runner inOrder = runner("stop", false, false);
    Runner byForce = runner("stop", true, true);
    long end = System.nanoTime() + STOP_SECONDS * 1_000_000_000L;
    Admission admission = admission();
    int enough = 4 * Runtime.getRuntime().availableProcessors();
    Procession.run(
        ids,
        underWay -> admission.admits(underWay) || (late(end) && underWay < enough),
        id -> tell("stop", (late(end) ? byForce : inOrder).one(id, true)));
    List<CtId> left = awaitOthers(ids);
    Procession.run(left, underWay -> underWay < enough, id -> tell("stop", byForce.one(id, true)));
    byForce.finish();
    return stillRunning(left).isEmpty();
  }

  private static boolean late(long end) {
    return System.nanoTime() - end >= 0;
  }

  /** A container may be locked by a command that is about to stop it. */
  private List<CtId> awaitOthers(List<CtId> ids) throws InterruptedException {
    List<CtId> left = stillRunning(ids);
    for (long waited = 0; !left.isEmpty() && waited < PATIENCE; waited += PAUSE) {
      Thread.sleep(PAUSE);
      left = stillRunning(left);
    }
    return left;
  }

  private List<BootList.Entry> entries(List<CtId> ids) throws VzException {
    LogFile log = new LogFile(null, 0);
    List<BootList.Entry> entries = new ArrayList<>();
    for (CtId id : ids) {
      ContainerMessages unheard = new ContainerMessages(session, log, id, Integer.MIN_VALUE, true);
      ContainerConfig config =
          TargetReader.read(host, store.container(id), unheard, false).config();
      int order = config.get(Parameter.BOOTORDER) == null ? Integer.MIN_VALUE : config.bootOrder();
      entries.add(new BootList.Entry(id, config.onBoot(), order, config.disabled()));
    }
    return entries;
  }

  private Runner runner(String verb, boolean fast, boolean skipLock) throws VzException {
    Command command = CommandTable.find(verb);
    if (command == null) {
      throw new IllegalArgumentException(verb);
    }
    List<GetoptOccurrence> options = new ArrayList<>();
    if (fast) {
      options.add(new GetoptOccurrence(GetoptOption.flag("fast"), "", false));
    }
    Work work = command.bind(new Invocation(session, options, List.of(), true));
    return new Runner(session, flags.withSkipLock(skipLock), command, verb, work, host);
  }

  private Admission admission() {
    GlobalConfig global = host.global();
    Path directory =
        Path.of(
            session.environment().getOrDefault("VZ_PRESSURE_DIR", Pressure.DIRECTORY.toString()));
    return new Admission(
        () -> Pressure.read(directory),
        System::nanoTime,
        Runtime.getRuntime().availableProcessors(),
        global.get(Parameter.VE_PARALLEL) == null ? 0 : global.parallel());
  }

  private boolean running(CtId id) {
    return InitProcess.running(store.container(id)) != null;
  }

  private List<CtId> stillRunning(List<CtId> ids) {
    List<CtId> running = new ArrayList<>();
    for (CtId id : ids) {
      if (running(id)) {
        running.add(id);
      }
    }
    return running;
  }

  private void mark(CtId id) {
    try {
      marks.add(id);
    } catch (IOException e) {
      session.err().println("CT " + id + ": will not be started at the next boot: " + e);
    }
  }

  private void announce(String what, List<CtId> ids) {
    StringBuilder line = new StringBuilder(what);
    for (CtId id : ids) {
      line.append(' ').append(id);
    }
    session.out().println(line);
    session.out().flush();
  }

  private synchronized void tell(String verb, Runner.Result result) {
    boolean done = result.status() == 0;
    session
        .out()
        .println(
            "Container "
                + result.id()
                + " "
                + verb
                + ": "
                + (done ? "done" : "failed (" + result.status() + ")"));
    session.out().flush();
    if (!done) {
      for (String line : result.lines()) {
        session.err().println("CT " + result.id() + ": " + line);
      }
      session.err().flush();
    }
  }
}

package org.vzj.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.Work;
import org.vzj.container.Container;
import org.vzj.container.ContainerLock;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Host;
import org.vzj.lifecycle.Target;

/** Does a command's work on its containers, one after the other or many at once. */
final class Runner {
  private final Session session;
  private final GlobalFlags flags;
  private final Command command;
  private final String name;
  private final Work work;
  private final Host host;
  private final LogFile log;
  private final Interruption interruption;

  Runner(Session session, GlobalFlags flags, Command command, String name, Work work, Host host) {
    this.session = session;
    this.flags = flags;
    this.command = command;
    this.name = name;
    this.work = work;
    this.host = host;
    this.log = new LogFile(host.global().logFile(), host.global().logLevel());
    this.interruption = new Interruption(session);
  }

  /**
   * Runs the work.
   *
   * @param several whether the results are told one line per container, with a summary
   * @return the exit status: of the one container, or of the first that failed
   */
  int run(List<CtId> ids, boolean several) {
    if (!several && !flags.json()) {
      int status = one(ids.getFirst(), false).status();
      finish();
      return status;
    }
    List<Result> results = many(ids);
    finish();
    if (flags.json()) {
      ResultOutput.json(session.out(), name, results);
    } else if (!flags.quiet()) {
      ResultOutput.summary(session, name, results, command.silent() || command.takesWords());
    }
    for (Result result : results) {
      if (result.status() != 0) {
        return result.status();
      }
    }
    return 0;
  }

  /** What is done once for all containers. It changes nothing about what was done to each. */
  void finish() {
    try {
      host.balanceCpu();
    } catch (IOException | VzException e) {
      log.write(0, CtId.HOST, "Unable to weigh containers against the host: " + e.getMessage());
    }
  }

  private List<Result> many(List<CtId> ids) {
    int workers = flags.parallel() > 0 ? flags.parallel() : defaultParallel();
    List<Future<Result>> pending = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    if (ids.isEmpty()) {
      return results;
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(workers, ids.size()))) {
      for (CtId id : ids) {
        pending.add(pool.submit(() -> one(id, true)));
      }
      for (int i = 0; i < ids.size(); i++) {
        Result result = await(pending.get(i), ids.get(i));
        results.add(result);
        if (!flags.json() && !flags.quiet()) {
          ResultOutput.line(session, result, command.silent() || command.takesWords());
        }
      }
    }
    return results;
  }

  /** Starting is half kernel work and half waiting: a few more than there are processors. */
  private static int defaultParallel() {
    return Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
  }

  private static Result await(Future<Result> future, CtId id) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Result.failed(id, "interrupted");
    } catch (ExecutionException e) {
      return Result.failed(id, String.valueOf(e.getCause()));
    }
  }

  /** One container: lock, configuration, work; every failure becomes a result. */
  Result one(CtId id, boolean kept) {
    long begin = System.nanoTime();
    ContainerMessages messages = new ContainerMessages(session, log, id, level(), kept);
    int status;
    String error = "";
    try {
      Container container = new Container(id, host.paths());
      status = flags.dryRun() ? describe(container, messages) : work(container, messages);
    } catch (VzException e) {
      status = e.status();
      error = e.text();
      if (!error.isEmpty()) {
        messages.warn(error);
      }
    }
    long millis = (System.nanoTime() - begin) / 1_000_000;
    return new Result(
        id, status, error, messages.lines(), messages.facts(), messages.tables(), millis);
  }

  private int describe(Container container, Messages messages) throws VzException {
    for (String line : work.plan(read(container, messages))) {
      messages.say(line);
    }
    return 0;
  }

  /**
   * Works under the container's lock. Its configuration is read only then: what another command
   * saved in the meantime would be lost if this one saved what it had read before.
   */
  private int work(Container container, Messages messages) throws VzException {
    if (!command.locks() || flags.skipLock()) {
      return work.run(read(container, messages));
    }
    if (command.needsConfig()) {
      TargetReader.requireConfig(container);
    }
    try (ContainerLock lock = lock(container.id(), messages)) {
      interruption.guard(Thread.currentThread());
      assert lock != null;
      return work.run(read(container, messages));
    } finally {
      interruption.release(Thread.currentThread());
    }
  }

  private ContainerLock lock(CtId id, Messages messages) throws VzException {
    Path directory = host.lockDirectory();
    return command.lockPatience() > 0
        ? ContainerLock.await(directory, id, messages, command.lockPatience())
        : ContainerLock.take(directory, id, messages);
  }

  private Target read(Container container, Messages messages) throws VzException {
    return TargetReader.read(host, container, messages, command.needsConfig());
  }

  private int level() {
    if (flags.quiet()) {
      return Integer.MIN_VALUE;
    }
    if (command.silent() && !flags.dryRun()) {
      return -1;
    }
    return flags.verbosity() > 0 ? flags.verbosity() : host.global().verbose();
  }

  /**
   * What became of one container.
   *
   * @param error empty for success
   * @param lines what was said, if it was kept
   * @param facts what programs are told
   * @param tables lists that programs are told
   */
  record Result(
      CtId id,
      int status,
      String error,
      List<String> lines,
      Map<String, Boolean> facts,
      Map<String, List<Map<String, Object>>> tables,
      long millis) {
    static Result failed(CtId id, String error) {
      return new Result(id, ExitCode.SYSTEM.number(), error, List.of(), Map.of(), Map.of(), 0);
    }
  }
}

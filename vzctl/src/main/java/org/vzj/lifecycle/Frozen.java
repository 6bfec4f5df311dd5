package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.vzj.beancounters.cgroup.Cgroup;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;

/**
 * A running container whose processes stand still, as long as this is open. A file in its state
 * directory says by whom: if that process is killed, the next command that freezes, or takes a
 * snapshot, lets the container go on.
 */
final class Frozen implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Target target;
  private final boolean ours;

  private Frozen(Target target, boolean ours) {
    this.target = target;
    this.ours = ours;
  }

  /**
   * Freezes a container; one that does not run, or that somebody has frozen, is left as it is.
   *
   * @throws VzException with this code if it cannot be frozen; it runs then
   */
  static Frozen freeze(Target target, ExitCode code) throws VzException {
    recover(target);
    if (InitProcess.running(target.container()) == null) {
      return new Frozen(target, false);
    }
    Cgroup group = target.host().cgroup(target.id());
    try {
      if (group.isFrozen()) {
        return new Frozen(target, false);
      }
      Files.writeString(mark(target), InitProcess.ofThisProcess() + "\n");
      group.freeze(PATIENCE);
      return new Frozen(target, true);
    } catch (IOException e) {
      forget(target);
      throw new VzException(code, "Unable to freeze the container: " + e.getMessage(), e);
    }
  }

  /** Thaws a container that a command left frozen when it was killed. */
  static void recover(Target target) throws VzException {
    try {
      String[] words = Files.readString(mark(target)).strip().split(" ", -1);
      InitProcess holder =
          new InitProcess(Long.parseLong(words[0]), Long.parseLong(words[words.length - 1]));
      if (holder.alive()) {
        return;
      }
      target.messages().say("Resuming the container, which an interrupted command left frozen");
      target.host().cgroup(target.id()).thaw();
      forget(target);
    } catch (NoSuchFileException e) {
      // As nearly always.
    } catch (IOException | NumberFormatException e) {
      throw new VzException(
          ExitCode.SYSTEM, "Unable to thaw a container that was left frozen: " + e, e);
    }
  }

  private static Path mark(Target target) {
    return target.container().frozenFile();
  }

  private static void forget(Target target) {
    try {
      Files.deleteIfExists(mark(target));
    } catch (IOException e) {
      target.messages().detail("Unable to remove " + mark(target) + ": " + e);
    }
  }

  /** Lets it go on. */
  @Override
  public void close() throws VzException {
    if (!ours) {
      return;
    }
    try {
      target.host().cgroup(target.id()).thaw();
      forget(target);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.SYSTEM,
          "Unable to thaw the container: " + e.getMessage() + "; vzctl stop --fast ends it",
          e);
    }
  }
}

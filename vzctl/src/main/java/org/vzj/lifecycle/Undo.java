package org.vzj.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import org.vzj.container.Messages;

/**
 * What has been done to the host so far and how to take it back. A verb pushes the reverse of each
 * step; when it fails, closing this runs them, the last first. A step that cannot be taken back is
 * reported and the others still run.
 */
public final class Undo implements AutoCloseable {
  /** The reverse of one step. */
  public interface Step {
    /** Takes the step back. */
    void run() throws Exception;
  }

  private record Named(String name, Step step) {}

  private final Deque<Named> steps = new ArrayDeque<>();
  private final Messages messages;

  /** Nothing is done yet; {@code messages} hears of what cannot be taken back. */
  public Undo(Messages messages) {
    this.messages = messages;
  }

  /** Adds the reverse of a step that is about to be done, or has just been done. */
  public void push(String name, Step step) {
    steps.push(new Named(name, step));
  }

  /** Keeps everything that was done. */
  public void keep() {
    steps.clear();
  }

  /**
   * Takes everything back. An interruption, which may be why the verb failed, must not stop this as
   * well: it is set aside until all is done.
   */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    while (!steps.isEmpty()) {
      Named named = steps.pop();
      try {
        named.step().run();
      } catch (Exception e) {
        messages.warn("Unable to undo (" + named.name() + "): " + e.getMessage());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

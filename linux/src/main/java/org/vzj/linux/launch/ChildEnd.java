package org.vzj.linux.launch;

/**
 * Ends a launcher when the JVM is told to leave: the launcher then passes the signal on to the
 * process that it relays for, and leaves a container that is not yet up without a trace.
 */
final class ChildEnd extends Thread {
  private final Process process;

  private ChildEnd(Process process) {
    super("vzlaunch end");
    this.process = process;
  }

  static ChildEnd of(Process process) {
    ChildEnd end = new ChildEnd(process);
    try {
      Runtime.getRuntime().addShutdownHook(end);
    } catch (IllegalStateException e) {
      // The JVM is leaving already, and what is begun now takes earlier work back: it may finish.
      // Should the JVM be gone first, the launcher sees that by itself.
    }
    return end;
  }

  /** The process has ended by itself. */
  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException e) {
      // The JVM is on its way out; the hook finds the process gone.
    }
  }

  @Override
  public void run() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      interrupt();
    }
  }
}

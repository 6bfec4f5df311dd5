package org.vzj.linux.launch;

/** What standard input, output and error of the started process are. */
public enum StdioMode {
  /** The container's own /dev/null. */
  NULL("null"),
  /** Pipes made inside, relayed from and to the launcher's own standard streams. */
  PIPES("pipes"),
  /** A pseudo-terminal of the container, relayed from and to the caller's terminal. */
  PTY("pty"),
  /** The container's console, as bound by {@code bind-console}. */
  CONSOLE("console"),
  /** The caller's own descriptors. They are the host's: only for processes that are trusted. */
  INHERIT("inherit");

  private final String word;

  StdioMode(String word) {
    this.word = word;
  }

  /** The word that plans use. */
  public String word() {
    return word;
  }
}

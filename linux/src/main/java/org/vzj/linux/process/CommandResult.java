package org.vzj.linux.process;

/**
 * How a program ended and what it wrote.
 *
 * @param status its exit status 0 to 255; 128 plus the signal's number if a signal ended it
 * @param out its standard output as UTF-8 text; empty if not captured
 * @param err its standard error as UTF-8 text; empty if not captured
 */
public record CommandResult(int status, String out, String err) {
  /** Whether the exit status is 0. */
  public boolean ok() {
    return status == 0;
  }
}

package org.vzj.linux.launch;

import java.nio.charset.StandardCharsets;

/**
 * Where a launched process reads from and writes to: the caller's own streams, or bytes in memory.
 * One object serves one run.
 */
public final class Stdio {
  private final boolean captured;
  private final boolean fed;
  private final byte[] input;
  private final int most;
  private byte[] out = new byte[0];
  private byte[] err = new byte[0];

  private Stdio(boolean captured, boolean fed, byte[] input, int most) {
    this.captured = captured;
    this.fed = fed;
    this.input = input;
    this.most = most;
  }

  /** The caller's own standard streams, unbuffered and untouched by the JVM. */
  public static Stdio inherit() {
    return new Stdio(false, false, new byte[0], 0);
  }

  /**
   * Bytes in memory.
   *
   * @param input what standard input gives, then end of file; may be empty
   */
  public static Stdio captured(byte[] input) {
    return new Stdio(true, true, input.clone(), Integer.MAX_VALUE);
  }

  /**
   * As {@link #captured(byte[])}, for a program that a container's owner may have replaced.
   *
   * @param most how many bytes of each output stream are kept; the rest is read and forgotten
   */
  public static Stdio captured(byte[] input, int most) {
    return new Stdio(true, true, input.clone(), most);
  }

  /**
   * Bytes in memory as standard input, and the caller's own output and error.
   *
   * @param input what standard input gives, then end of file; may be empty
   */
  public static Stdio fed(byte[] input) {
    return new Stdio(false, true, input.clone(), 0);
  }

  boolean isFed() {
    return fed;
  }

  boolean isCaptured() {
    return captured;
  }

  int most() {
    return most;
  }

  byte[] input() {
    return input;
  }

  void finish(byte[] writtenOut, byte[] writtenErr) {
    out = writtenOut;
    err = writtenErr;
  }

  /** What was written to standard output; empty before the run's end and with inherited streams. */
  public byte[] out() {
    return out.clone();
  }

  /** What was written to standard error; empty before the run's end and with inherited streams. */
  public byte[] err() {
    return err.clone();
  }

  /** Standard output as UTF-8 text. */
  public String outText() {
    return new String(out, StandardCharsets.UTF_8);
  }

  /** Standard error as UTF-8 text. */
  public String errText() {
    return new String(err, StandardCharsets.UTF_8);
  }
}

package org.vzj.check;

/**
 * The answer of a probe.
 *
 * @param verdict how it is
 * @param fact what was found, in a few words; may hold anything that a file name can hold
 * @param remedy what to do, as a command or a kernel option; empty if nothing is to be done
 */
public record Finding(Verdict verdict, String fact, String remedy) {
  /** All is well. */
  public static Finding ok(String fact) {
    return new Finding(Verdict.OK, fact, "");
  }

  /** It works in part. */
  public static Finding limited(String fact, String remedy) {
    return new Finding(Verdict.LIMITED, fact, remedy);
  }

  /** It is not there. */
  public static Finding missing(String fact, String remedy) {
    return new Finding(Verdict.MISSING, fact, remedy);
  }
}

package org.vzj.check;

/** What a probe found. */
public enum Verdict {
  /** All is as it should be. */
  OK("ok"),
  /** It works, but not fully, not for long, or it could not be found out. */
  LIMITED("limited"),
  /** It is not there. */
  MISSING("missing");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** The word for it in all output. */
  public String word() {
    return word;
  }
}

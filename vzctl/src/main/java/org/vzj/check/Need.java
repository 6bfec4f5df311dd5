package org.vzj.check;

/** How much depends on what a probe looks at. */
public enum Need {
  /** Containers do not run without it. */
  ESSENTIAL("essential"),
  /** Some function does not work without it. */
  FEATURE("feature"),
  /** Something is faster or more comfortable with it. */
  HINT("hint");

  private final String word;

  Need(String word) {
    this.word = word;
  }

  /** The word for it in all output. */
  public String word() {
    return word;
  }
}

package org.vzj.cli;

/** The version that {@code --version} prints. */
final class Version {
  /** Scripts compare the first numbers with OpenVZ's: 4.11.1 was its last. */
  static final String TEXT = "4.11.1 (vzj 0.1.0)";

  private Version() {}
}

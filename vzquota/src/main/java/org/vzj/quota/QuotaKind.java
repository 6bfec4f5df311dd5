package org.vzj.quota;

/** What a file system counts by, in the order of the kernel's numbers. */
public enum QuotaKind {
  USER("user"),
  GROUP("group"),
  PROJECT("project");

  private final String word;

  QuotaKind(String word) {
    this.word = word;
  }

  /** The word that launch plans and reports use. */
  public String word() {
    return word;
  }
}

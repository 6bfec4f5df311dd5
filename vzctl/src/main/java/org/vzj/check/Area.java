package org.vzj.check;

/** The groups of the report, in its order. */
public enum Area {
  KERNEL("Kernel"),
  NAMESPACES("Namespaces"),
  CGROUPS("Control groups"),
  RIGHTS("Rights and filters"),
  STORAGE("Storage"),
  PROGRAMS("Programs"),
  LIMITS("Limits of the host"),
  INSTALLATION("Installation"),
  CONFIGURATION("Configuration"),
  USER_IDS("User ids"),
  LEFTOVERS("Leftovers");

  private final String title;

  Area(String title) {
    this.title = title;
  }

  /** The heading. */
  public String title() {
    return title;
  }
}

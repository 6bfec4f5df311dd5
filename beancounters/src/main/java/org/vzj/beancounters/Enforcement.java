package org.vzj.beancounters;

/** What a limit of a beancounter means on a host. */
public enum Enforcement {
  /** The kernel refuses what would go beyond it, whatever the container's root does. */
  ENFORCED,
  /** The use is measured. Nothing is refused at the limit itself; memory is bounded by RAM. */
  ACCOUNTED,
  /**
   * It helps against mistakes: it holds for each process alone, its root can lift it, it is a wish
   * that the kernel may not grant, or it serves in formulas only.
   */
  ADVISORY
}

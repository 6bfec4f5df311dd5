package org.vzj.check;

/** A probe and its answer. */
public record CheckResult(Probe probe, Finding finding) {
  /** Tells whether containers do not run on this host for lack of this. */
  public boolean prevents() {
    return probe.need() == Need.ESSENTIAL && finding.verdict() == Verdict.MISSING;
  }
}

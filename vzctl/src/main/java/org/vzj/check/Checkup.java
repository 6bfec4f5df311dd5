package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All probes, and asking them. */
public final class Checkup {
  private Checkup() {}

  /** Every probe there is, in the order of the report. */
  public static List<Probe> probes() {
    List<Probe> all = new ArrayList<>();
    all.addAll(KernelProbes.all());
    all.addAll(MemoryProbes.all());
    all.addAll(NamespaceProbes.all());
    all.addAll(CgroupProbes.all());
    all.addAll(RightsProbes.all());
    all.addAll(PlaceProbes.all());
    all.addAll(DiskProbes.all());
    all.addAll(QuotaProbes.all());
    all.addAll(ProgramProbes.all());
    all.addAll(LimitProbes.all());
    all.addAll(InstallationProbes.all());
    all.addAll(ConfigurationProbes.all());
    all.addAll(UserIdProbes.all());
    all.addAll(LeftoverProbes.all());
    return all;
  }

  /**
   * Asks all probes.
   *
   * @param host the host to look at
   * @return one answer per probe, in order; a probe that fails is LIMITED with the reason
   */
  public static List<CheckResult> run(HostView host) {
    List<CheckResult> results = new ArrayList<>();
    for (Probe probe : probes()) {
      results.add(new CheckResult(probe, ask(probe, host)));
    }
    return results;
  }

  /** Asks one probe. */
  static Finding ask(Probe probe, HostView host) {
    try {
      return probe.look().at(host);
    } catch (IOException | IllegalArgumentException e) {
      return Finding.limited("could not be found out: " + e.getMessage(), "");
    }
  }
}

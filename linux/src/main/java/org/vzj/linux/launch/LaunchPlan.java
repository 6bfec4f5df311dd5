package org.vzj.linux.launch;

import java.util.List;

/**
 * What the launcher shall do, as a plain value: steps in their order. Built with {@link #builder},
 * compared in tests by its text, executed by {@link Launcher}. kernel-notes/launcher.md explains
 * the steps and the order that the kernel wants.
 */
public final class LaunchPlan {
  private static final String HEADER = "vzlaunch 1\n";

  private final List<Step> steps;

  LaunchPlan(List<Step> steps) {
    this.steps = List.copyOf(steps);
  }

  /** Begins an empty plan. */
  public static Builder builder() {
    return new Builder();
  }

  /** The steps; the first is number 1 in reports. */
  public List<Step> steps() {
    return steps;
  }

  /** The plan as the C program reads it: a header line, then one line per step. */
  public String text() {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < steps.size(); i++) {
      text.append(steps.get(i).text()).append('\n');
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LaunchPlan plan && steps.equals(plan.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public String toString() {
    return text();
  }

  /**
   * Collects steps, one typed method for each. The methods check nothing but the form of their
   * arguments: whether an order of steps makes sense is for the kernel to say.
   */
  public static final class Builder extends InsideSteps<Builder> {
    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** Whether no step has been added yet. */
    public boolean isEmpty() {
      return steps.isEmpty();
    }

    /** The plan of the steps added so far. */
    public LaunchPlan build() {
      return new LaunchPlan(steps);
    }
  }
}

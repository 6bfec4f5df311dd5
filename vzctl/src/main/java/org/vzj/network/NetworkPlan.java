package org.vzj.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;

/**
 * What is to be done about a container's network, as text for the programs that do it: a plain
 * value, computed without a look at the host.
 *
 * @param links for {@code ip -batch} on the host
 * @param rules for {@code nft -f} on the host
 * @param inside for {@code ip -batch} in the container
 * @param vlans for {@code bridge -batch} on the host
 * @param shaping for {@code tc -batch} on the host
 * @param force whether what cannot be done is passed over, as when something is taken away
 * @param kept the file by which the container's network is to outlive it, or null
 */
public record NetworkPlan(
    String links,
    String rules,
    String inside,
    String vlans,
    String shaping,
    boolean force,
    @Nullable String kept) {
  /** What ip says about a line that failed, after the kernel's words. */
  private static final String FAILED_LINE = "Command failed -:";

  /** Nothing to do. */
  public static final NetworkPlan NONE = new NetworkPlan("", "", "", "", "", false, null);

  /** The same, after the container's network was mounted on a new file. */
  public NetworkPlan keeping(String file) {
    return new NetworkPlan(links, rules, inside, vlans, shaping, force, file);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return links.isEmpty() && isBehindLinksEmpty();
  }

  private boolean isBehindLinksEmpty() {
    return rules.isEmpty() && inside.isEmpty() && vlans.isEmpty() && shaping.isEmpty();
  }

  /**
   * Adds the steps. The devices come first; rules and what is inside need them, but not each other,
   * and are done at once.
   */
  public void addTo(LaunchPlan.Builder plan) {
    if (kept != null) {
      plan.netnsKeep(kept);
    }
    if (!links.isEmpty()) {
      begin(plan, false, links, "ip");
      end(plan);
    }
    if (!rules.isEmpty()) {
      plan.begin(false, rules, "nft", "-f", "-");
    }
    if (!inside.isEmpty()) {
      begin(plan, true, inside, "ip");
    }
    if (!vlans.isEmpty()) {
      begin(plan, false, vlans, "bridge");
    }
    if (!shaping.isEmpty()) {
      begin(plan, false, shaping, "tc");
    }
    if (!isBehindLinksEmpty()) {
      end(plan);
    }
  }

  /**
   * Adds the steps of a plan that takes away: nothing of it needs anything else, so all is done at
   * once, to its end; then the first thing that failed is reported.
   */
  public void addRemovalTo(LaunchPlan.Builder plan) {
    if (!links.isEmpty()) {
      plan.begin(false, links, "ip", "-force", "-batch", "-");
    }
    if (!rules.isEmpty()) {
      plan.begin(false, rules, "nft", "-f", "-");
    }
    if (!inside.isEmpty()) {
      plan.begin(true, inside, "ip", "-force", "-batch", "-");
    }
    if (!isEmpty()) {
      plan.await();
    }
  }

  private void end(LaunchPlan.Builder plan) {
    if (force) {
      plan.settle();
    } else {
      plan.await();
    }
  }

  private void begin(LaunchPlan.Builder plan, boolean container, String text, String program) {
    if (force) {
      plan.begin(container, text, program, "-force", "-batch", "-");
    } else {
      plan.begin(container, text, program, "-batch", "-");
    }
  }

  /** The plan for people: each command on a line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    addLines(lines, "ip ", links);
    addLines(lines, "nft: ", rules);
    addLines(lines, "inside: ip ", inside);
    addLines(lines, "bridge ", vlans);
    addLines(lines, "tc ", shaping);
    return lines;
  }

  private static void addLines(List<String> lines, String before, String text) {
    for (String line : text.split("\n", -1)) {
      if (!line.isBlank()) {
        lines.add(before + line);
      }
    }
  }

  /** Whether a failed step is one of a network's. */
  public static boolean isAbout(LaunchReport.Failed failed) {
    return failed.what().startsWith("begin ");
  }

  /** What failed, in the words of the command and of the program that refused it. */
  public String explain(LaunchReport.Failed failed) {
    String message = failed.message();
    int at = message.indexOf(FAILED_LINE);
    if (at < 0) {
      return message.replace("|", ": ");
    }
    boolean container = failed.what().startsWith("begin container ");
    int number = number(message, at + FAILED_LINE.length());
    String line = line(container ? inside : links, number);
    String words = message.substring(0, at).replace("|", " ").strip();
    return (container ? "inside the container: ip " : "ip ") + line + ": " + words;
  }

  private static int number(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end == start ? 0 : Integer.parseInt(text, start, end, 10);
  }

  private static String line(String text, int number) {
    int start = 0;
    for (int i = 1; i < number && start >= 0; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int end = text.indexOf('\n', start);
    return end < 0 ? "" : text.substring(start, end);
  }

  /** Collects commands of several devices. */
  public static final class Builder {
    final StringBuilder links = new StringBuilder();
    final StringBuilder rules = new StringBuilder();
    final StringBuilder inside = new StringBuilder();
    final StringBuilder vlans = new StringBuilder();
    final StringBuilder shaping = new StringBuilder();

    /** The plan of what was collected. */
    public NetworkPlan build(boolean force) {
      return new NetworkPlan(
          links.toString(),
          rules.toString(),
          inside.toString(),
          vlans.toString(),
          shaping.toString(),
          force,
          null);
    }
  }
}

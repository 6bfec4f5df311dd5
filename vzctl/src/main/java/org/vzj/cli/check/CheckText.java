package org.vzj.cli.check;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.check.Area;
import org.vzj.check.CheckResult;
import org.vzj.check.Finding;
import org.vzj.check.Verdict;
import org.vzj.cli.terminal.TerminalText;

/** The report for people. */
final class CheckText {
  private static final int NAME_WIDTH = 36;

  private final PrintStream out;
  private final List<CheckResult> results;
  private final boolean verbose;

  private CheckText(PrintStream out, List<CheckResult> results, boolean verbose) {
    this.out = out;
    this.results = results;
    this.verbose = verbose;
  }

  static void print(PrintStream out, List<CheckResult> results, boolean verbose) {
    CheckText text = new CheckText(out, results, verbose);
    for (Area area : Area.values()) {
      text.area(area);
    }
    text.remedies();
    text.summary();
  }

  private void line(String text) {
    out.println(TerminalText.of(text));
  }

  private void area(Area area) {
    boolean first = true;
    for (CheckResult result : results) {
      if (result.probe().area() != area) {
        continue;
      }
      if (first) {
        line(area.title());
        first = false;
      }
      Finding finding = result.finding();
      line(
          "  "
              + padded(finding.verdict().word(), 8)
              + " "
              + padded(result.probe().name(), NAME_WIDTH)
              + " "
              + finding.fact());
      if (verbose) {
        line("           needed for: " + result.probe().purpose());
        line("           found in:   " + result.probe().source());
      }
    }
  }

  private static String padded(String word, int width) {
    return word.length() >= width ? word : word + " ".repeat(width - word.length());
  }

  /** One remedy may help several. */
  private void remedies() {
    Map<String, List<CheckResult>> remedies = new LinkedHashMap<>();
    for (CheckResult result : results) {
      Finding finding = result.finding();
      if (finding.verdict() != Verdict.OK && !finding.remedy().isEmpty()) {
        remedies.computeIfAbsent(finding.remedy(), _ -> new ArrayList<>()).add(result);
      }
    }
    if (remedies.isEmpty()) {
      return;
    }
    line("");
    line("Remedies");
    for (Map.Entry<String, List<CheckResult>> remedy : remedies.entrySet()) {
      line("  " + subject(remedy.getValue()) + ":");
      line("      " + remedy.getKey());
    }
  }

  private static String subject(List<CheckResult> helped) {
    List<String> names = new ArrayList<>();
    for (CheckResult result : helped) {
      names.add(result.probe().name());
    }
    String all = String.join(", ", names);
    return helped.size() == 1 ? all + " (for " + helped.getFirst().probe().purpose() + ")" : all;
  }

  private void summary() {
    line("");
    line(
        results.size()
            + " checks: "
            + count(Verdict.OK)
            + " ok, "
            + count(Verdict.LIMITED)
            + " limited, "
            + count(Verdict.MISSING)
            + " missing.");
    List<String> preventing = new ArrayList<>();
    for (CheckResult result : results) {
      if (result.prevents()) {
        preventing.add(result.probe().name());
      }
    }
    line(
        preventing.isEmpty()
            ? "Everything needed to run containers is there."
            : "Containers cannot run here for lack of: " + String.join(", ", preventing) + ".");
  }

  private int count(Verdict verdict) {
    int count = 0;
    for (CheckResult result : results) {
      count += result.finding().verdict() == verdict ? 1 : 0;
    }
    return count;
  }
}

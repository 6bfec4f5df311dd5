package org.vzj.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.usage.HostUse;
import org.vzj.usage.Usage;

/** The table as lines of text: two about the host, an empty one, the headings, the containers. */
final class TopText {
  private TopText() {}

  static List<String> lines(HostUse host, List<Usage> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "vztop - up "
            + uptime(host.upSeconds())
            + ", load "
            + host.load()
            + ", "
            + rows.size()
            + (rows.size() == 1 ? " container" : " containers")
            + " running");
    lines.add(
        "memory "
            + Amounts.bytes(host.memory() - host.memoryAvailable())
            + " of "
            + Amounts.bytes(host.memory())
            + ", "
            + host.cpus()
            + (host.cpus() == 1 ? " CPU" : " CPUs")
            + ", pressure: CPU "
            + Amounts.percent(host.cpuPressure())
            + ", memory "
            + Amounts.percent(host.memoryPressure())
            + ", I/O "
            + Amounts.percent(host.ioPressure()));
    lines.add("");
    lines.add(
        row(
            "CTID", "NAME", "CPU%", "MEM", "LIM%", "NPROC", "READ/s", "WRIT/s", "P.CPU", "P.MEM",
            "P.IO", "FAIL"));
    for (Usage usage : rows) {
      lines.add(row(usage, host));
    }
    return lines;
  }

  private static String uptime(long seconds) {
    long minutes = seconds / 60;
    String days = minutes >= 1440 ? minutes / 1440 + "d " : "";
    return days + String.format(Locale.ROOT, "%d:%02d", minutes / 60 % 24, minutes % 60);
  }

  private static String row(Usage usage, HostUse host) {
    return row(
        usage.id().toString(),
        cut(TerminalText.of(usage.name()), 15),
        Amounts.percent(usage.cpu()),
        Amounts.bytes(usage.now().memory()),
        Amounts.percent(usage.ofMemoryLimit(host.memory())),
        Amounts.count(usage.now().tasks()),
        Amounts.bytes(Math.round(usage.readRate())),
        Amounts.bytes(Math.round(usage.writeRate())),
        Amounts.percent(usage.now().cpuPressure()),
        Amounts.percent(usage.now().memoryPressure()),
        Amounts.percent(usage.now().ioPressure()),
        Amounts.count(usage.failures()));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%10s %-15s %6s %6s %6s %6s %6s %6s %6s %6s %6s %5s", cells)
        .stripTrailing();
  }

  private static String cut(String text, int width) {
    String shown = text.isEmpty() ? "-" : text;
    return shown.length() <= width ? shown : shown.substring(0, width);
  }
}

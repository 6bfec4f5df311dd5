package org.vzj.cli.tools;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.resources.LiveContainer;
import org.vzj.cli.resources.LiveResources;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Parameter;
import org.vzj.container.VzPaths;

/** vzcpucheck: whether the host's processors can give what their shares promise. */
final class Vzcpucheck {
  static final List<GetoptOption> OPTIONS =
      List.of(GetoptOption.flag('v').helped("each container, and the host"));

  private static final String USAGE = "Usage: vzcpucheck [-v]";
  private static final int UNITS_OF_BOGOMIPS = 25;
  private static final int MOST_UNITS = 500_000;
  private static final int DEFAULT_UNITS = 1000;
  private static final int WRONG_ARGUMENT = 2;

  private Vzcpucheck() {}

  static int run(Session session) {
    return run(session, Path.of("/proc"));
  }

  /** Runs the command with another procfs. */
  static int run(Session session, Path proc) {
    List<String> words = session.arguments();
    boolean verbose = words.equals(List.of("-v"));
    if (!words.isEmpty() && !verbose) {
      session.err().println(USAGE);
      return WRONG_ARGUMENT;
    }
    long power;
    try {
      power = power(new String(ToolFiles.read(proc.resolve("cpuinfo")), StandardCharsets.UTF_8));
    } catch (IOException e) {
      session.err().println(e.getMessage());
      return 1;
    }
    StringBuilder text = new StringBuilder();
    if (verbose) {
      text.append("VEID\t\tCPUUNITS\n-------------------------\n");
    }
    VzPaths paths = VzPaths.of(session.environment());
    GlobalConfig global = ToolConfig.global(paths, session.err());
    long sum =
        global.settings().has(Parameter.VE0CPUUNITS) ? row(text, verbose, 0, hostUnits(global)) : 0;
    for (LiveContainer live : new LiveResources(paths, proc).running()) {
      sum += row(text, verbose, live.id(), units(session, live, global));
    }
    text.append("Current CPU utilization: ").append(sum).append('\n');
    text.append("Power of the node: ").append(power).append('\n');
    if (sum > power) {
      text.append("Warning: hardware node is overcommitted\n");
    }
    session.out().print(text);
    return 0;
  }

  private static long row(StringBuilder text, boolean verbose, int id, long units) {
    if (verbose) {
      text.append(id).append("\t\t").append(units).append('\n');
    }
    return units;
  }

  private static long hostUnits(GlobalConfig global) {
    return units(global.get(Parameter.VE0CPUUNITS));
  }

  private static long units(Session session, LiveContainer live, GlobalConfig global) {
    try {
      Path file = live.container().configFile();
      return units(
          ToolConfig.container(live.id(), file, global, session.err()).get(Parameter.CPUUNITS));
    } catch (IOException e) {
      return DEFAULT_UNITS;
    }
  }

  private static long units(@org.jspecify.annotations.Nullable String text) {
    if (text == null) {
      return DEFAULT_UNITS;
    }
    try {
      return Math.min(MOST_UNITS, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return DEFAULT_UNITS;
    }
  }

  /** The sum of all processors' bogomips, in units, without a fraction. */
  static long power(String cpuinfo) {
    BigDecimal sum = BigDecimal.ZERO;
    int at = 0;
    while (at < cpuinfo.length()) {
      int end = cpuinfo.indexOf('\n', at);
      end = end < 0 ? cpuinfo.length() : end;
      int colon = cpuinfo.indexOf(':', at);
      if (cpuinfo.regionMatches(true, at, "bogomips", 0, 8) && colon > 0 && colon < end) {
        sum = sum.add(decimal(cpuinfo.substring(colon + 1, end).strip()));
      }
      at = end + 1;
    }
    return sum.multiply(BigDecimal.valueOf(UNITS_OF_BOGOMIPS)).longValue();
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }
}

package org.vzj.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.usage.Usage;

/**
 * What vztop is asked to do.
 *
 * @param batch plain text in place of a view that is drawn over
 * @param json JSON in place of text
 * @param count how many tables, 0 for ever
 * @param delayMillis the time between two
 * @param order in which containers are listed
 * @param help only print how it is used
 * @param containers those to show, by id or name; none: all
 */
record TopOptions(
    boolean batch,
    boolean json,
    int count,
    long delayMillis,
    String order,
    boolean help,
    List<String> containers) {
  private static final long LONGEST_DELAY = 86_400_000;

  static final List<String> ORDERS = List.of("cpu", "mem", "io", "pressure", "fail", "ctid");

  static final List<GetoptOption> TABLE =
      List.of(
          GetoptOption.flag('b', "batch").helped("print tables one after another"),
          GetoptOption.value('n', "count").helped("N", "so many tables; with --json 1 by default"),
          GetoptOption.value('d', "delay")
              .helped("SECONDS", "time between two tables, 2 by default"),
          GetoptOption.value('s', "sort")
              .helped("cpu|mem|io|pressure|fail|ctid", "what comes first; cpu by default"),
          GetoptOption.flag('j', "json").helped("print JSON, one document for each table"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  static final String USAGE =
      """
      Usage: vztop [-b] [-n N] [-d SECONDS] [-s ORDER] [-j] [CTID|NAME ...]
      Shows what the running containers use, again and again. Keys: q ends it; c m i p f t sort by
      CPU, memory, I/O, pressure, failures, id.
      """;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  static TopOptions parse(List<String> arguments) {
    GetoptResult line = new GetoptModel("vztop", TABLE).parse(arguments);
    boolean batch = false;
    boolean json = false;
    boolean help = false;
    int count = -1;
    long delay = 2000;
    String order = "cpu";
    for (GetoptOccurrence option : line.options()) {
      switch (option.key()) {
        case "batch" -> batch = true;
        case "json" -> json = true;
        case "help" -> help = true;
        case "count" -> count = count(option.value());
        case "delay" -> delay = delay(option.value());
        default -> order = order(option.value());
      }
    }
    if (!help && line.error() != null) {
      throw new IllegalArgumentException(line.error());
    }
    int tables = count >= 0 ? count : json ? 1 : 0;
    return new TopOptions(
        batch, json, tables, delay, order, help, new ArrayList<>(line.operands()));
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("Bad parameter for --count: " + text);
  }

  private static long delay(String text) {
    try {
      long millis = Math.round(Double.parseDouble(text) * 1000);
      if (millis >= 100 && millis <= LONGEST_DELAY) {
        return millis;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("Bad parameter for --delay: " + text);
  }

  private static String order(String text) {
    if (!ORDERS.contains(text)) {
      throw new IllegalArgumentException("Bad parameter for --sort: " + text);
    }
    return text;
  }

  /** Returns the order that a key stands for, null if it stands for none. */
  static @Nullable String orderOfKey(int key) {
    return switch (key) {
      case 'c' -> "cpu";
      case 'm' -> "mem";
      case 'i' -> "io";
      case 'p' -> "pressure";
      case 'f' -> "fail";
      case 't' -> "ctid";
      default -> null;
    };
  }

  /** Sorts containers that come by ascending id. */
  static List<Usage> sorted(List<Usage> containers, String order) {
    List<Usage> rows = new ArrayList<>(containers);
    Comparator<Usage> by =
        switch (order) {
          case "cpu" -> Comparator.comparingDouble(usage -> -usage.cpu());
          case "mem" -> Comparator.comparingLong(usage -> -usage.now().memory());
          case "io" -> Comparator.comparingDouble(usage -> -usage.readRate() - usage.writeRate());
          case "pressure" -> Comparator.comparingDouble(usage -> -pressure(usage));
          case "fail" -> Comparator.comparingLong(usage -> -usage.failures());
          default -> Comparator.comparingInt(usage -> usage.id().value());
        };
    rows.sort(by);
    return rows;
  }

  private static double pressure(Usage usage) {
    return Math.max(
        usage.now().cpuPressure(),
        Math.max(usage.now().memoryPressure(), usage.now().ioPressure()));
  }
}

package org.vzj.cli.list;

import java.nio.file.Path;

/**
 * Percent of the last ten seconds in which some task of a running container waited (PSI). Only a
 * directory of cgroup v2 has it, with or without controllers.
 */
enum PressureValue implements Field.Source {
  CPU("cpu.pressure"),
  MEMORY("memory.pressure"),
  IO("io.pressure");

  private static final String AVERAGE = "some avg10=";

  private final String file;

  PressureValue(String file) {
    this.file = file;
  }

  @Override
  public Cell read(Ct ct) {
    if (ct.isRunning()) {
      for (String group : ListHost.read(ct.container().cgroupFile()).split("\n", -1)) {
        String text = group.isEmpty() ? "" : ListHost.read(Path.of(group, file));
        if (text.startsWith(AVERAGE)) {
          return percent(text.substring(AVERAGE.length()));
        }
      }
    }
    return Cell.MISSING;
  }

  /** {@code 1.25 avg60=...}: always two digits after the point. */
  private static Cell percent(String text) {
    int end = text.indexOf(' ');
    int point = text.indexOf('.');
    if (point < 0 || end != point + 3) {
      return Cell.MISSING;
    }
    try {
      String number = text.substring(0, end);
      return Cell.number(
          Long.parseLong(number.substring(0, point) + number.substring(point + 1)), number);
    } catch (NumberFormatException e) {
      return Cell.MISSING;
    }
  }
}

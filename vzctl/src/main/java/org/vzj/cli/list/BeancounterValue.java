package org.vzj.cli.list;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.Limits;
import org.vzj.beancounters.account.ResourceRow;

/** One of the five values of a beancounter. */
record BeancounterValue(Beancounter counter, Part part) implements Field.Source {
  /** The values, in the order of their fields. */
  enum Part {
    HELD("", "held"),
    MAXHELD(".m", "maxheld"),
    BARRIER(".b", "barrier"),
    LIMIT(".l", "limit"),
    FAILCNT(".f", "failcnt");

    static final Part[] ALL = values();

    private final String suffix;
    private final String jsonName;

    Part(String suffix, String jsonName) {
      this.suffix = suffix;
      this.jsonName = jsonName;
    }

    String suffix() {
      return suffix;
    }

    String headingSuffix() {
      return suffix.isEmpty() ? "" : "." + (char) (suffix.charAt(1) - 'a' + 'A');
    }

    String jsonName() {
      return jsonName;
    }
  }

  @Override
  public Cell read(Ct ct) {
    return switch (part) {
      case HELD -> held(ct);
      case BARRIER -> Cell.number(barrierLimit(ct).barrier());
      case LIMIT -> Cell.number(barrierLimit(ct).limit());
      case MAXHELD -> measured(ct);
      case FAILCNT -> measured(ct);
    };
  }

  /** The tasks of a running container are counted without anything else being looked at. */
  private Cell held(Ct ct) {
    long tasks = tasks(ct);
    return tasks < 0 ? measured(ct) : Cell.number(tasks);
  }

  /** Processes and threads for numproc, else -1. */
  private long tasks(Ct ct) {
    return counter == Beancounter.NUMPROC && ct.isRunning() ? TaskCount.of(ct.container()) : -1;
  }

  /** Whether the kernel has to be asked for it, beyond {@link TaskCount}. */
  boolean isMeasured() {
    return part == Part.MAXHELD
        || part == Part.FAILCNT
        || (part == Part.HELD && counter != Beancounter.NUMPROC);
  }

  private Cell measured(Ct ct) {
    ResourceRow row = ct.row(counter);
    if (row == null) {
      return Cell.MISSING;
    }
    return Cell.number(
        switch (part) {
          case HELD -> row.held();
          case MAXHELD -> Math.max(row.maxheld(), tasks(ct));
          default -> row.failcnt();
        });
  }

  /** What is in force in a running container, else what its configuration says. */
  private BarrierLimit barrierLimit(Ct ct) {
    Limits limits = ct.limits();
    if (limits != null) {
      return limits.get(counter);
    }
    BarrierLimit value = configured(ct, counter);
    return value == null ? BarrierLimit.both(0) : value;
  }

  /** What the configuration says; null if nothing that can be understood. */
  static @Nullable BarrierLimit configured(Ct ct, Beancounter counter) {
    String alias =
        switch (counter) {
          case DCACHESIZE -> "DCACHE";
          case NUMIPTENT -> "IPTENTRIES";
          default -> null;
        };
    String text = ct.conf().last(counter.name(), alias);
    BarrierLimit.Reading reading = text == null ? null : BarrierLimit.parse(text, counter.unit());
    return reading == null ? null : reading.value();
  }
}

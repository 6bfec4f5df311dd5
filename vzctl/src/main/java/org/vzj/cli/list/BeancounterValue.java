package org.vzj.cli.list;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;

/** One of the five values of a beancounter. Of those that the kernel measures we know numproc. */
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
      case MAXHELD, FAILCNT -> Cell.MISSING;
    };
  }

  private Cell held(Ct ct) {
    long tasks =
        counter == Beancounter.NUMPROC && ct.isRunning() ? TaskCount.of(ct.container()) : -1;
    return tasks < 0 ? Cell.MISSING : Cell.number(tasks);
  }

  private BarrierLimit barrierLimit(Ct ct) {
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

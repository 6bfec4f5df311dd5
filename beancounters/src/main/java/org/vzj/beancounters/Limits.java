package org.vzj.beancounters;

import org.jspecify.annotations.Nullable;

/** The barriers and limits of one container. Immutable. */
@SuppressWarnings("EnumOrdinal") // an array by ordinal, for the speed of it; nothing keeps them
public final class Limits {
  private static final Beancounter[] ALL = Beancounter.values();
  private static final BarrierLimit UNLIMITED = BarrierLimit.both(BarrierLimit.UNLIMITED);

  /** Nothing is limited. */
  public static final Limits NONE = new Limits(new @Nullable BarrierLimit[ALL.length], 0);

  private static final String OVERCOMMIT = "VM_OVERCOMMIT";

  private final @Nullable BarrierLimit[] values;
  private final double overcommit;

  private Limits(@Nullable BarrierLimit[] values, double overcommit) {
    this.values = values;
    this.overcommit = overcommit;
  }

  /** What is set for a parameter; unlimited if nothing is. */
  public BarrierLimit get(Beancounter parameter) {
    BarrierLimit value = values[parameter.ordinal()];
    return value == null ? UNLIMITED : value;
  }

  /** Whether something is set for a parameter, be it {@code unlimited}. */
  public boolean has(Beancounter parameter) {
    return values[parameter.ordinal()] != null;
  }

  /** Whether nothing is set. */
  public boolean isEmpty() {
    for (BarrierLimit value : values) {
      if (value != null) {
        return false;
      }
    }
    return true;
  }

  /** The same with another value for one parameter; null: not set. */
  public Limits with(Beancounter parameter, @Nullable BarrierLimit value) {
    @Nullable BarrierLimit[] copy = values.clone();
    copy[parameter.ordinal()] = value;
    return new Limits(copy, overcommit);
  }

  /** VM_OVERCOMMIT; 0: any amount may be allocated. */
  public double overcommit() {
    return overcommit;
  }

  /** The same with another VM_OVERCOMMIT; 0: any amount may be allocated. */
  public Limits withOvercommit(double factor) {
    return new Limits(values, factor);
  }

  /** Whether the container is limited by RAM and swap space, not by the older parameters. */
  public boolean isVswap() {
    return !BarrierLimit.isUnlimited(get(Beancounter.PHYSPAGES).limit());
  }

  /**
   * With RAM and swap, what follows from them for parameters that are not set: lockedpages is RAM,
   * oomguarpages is guaranteed RAM, vmguarpages RAM and swap, privvmpages that times VM_OVERCOMMIT.
   * Without, nothing follows.
   */
  public Limits withImplied() {
    if (!isVswap()) {
      return this;
    }
    long ram = get(Beancounter.PHYSPAGES).limit();
    long all = sum(ram, get(Beancounter.SWAPPAGES).limit());
    double privvm = all * overcommit;
    boolean bounded = overcommit > 0 && all != BarrierLimit.UNLIMITED && privvm < Long.MAX_VALUE;
    return orElse(Beancounter.LOCKEDPAGES, BarrierLimit.both(ram))
        .orElse(Beancounter.OOMGUARPAGES, new BarrierLimit(ram, BarrierLimit.UNLIMITED))
        .orElse(Beancounter.VMGUARPAGES, new BarrierLimit(all, BarrierLimit.UNLIMITED))
        .orElse(
            Beancounter.PRIVVMPAGES,
            BarrierLimit.both(bounded ? (long) privvm : BarrierLimit.UNLIMITED));
  }

  private Limits orElse(Beancounter parameter, BarrierLimit value) {
    return has(parameter) ? this : with(parameter, value);
  }

  /** The sum, unlimited if one of them is or it is too large. */
  static long sum(long a, long b) {
    if (BarrierLimit.isUnlimited(a) || BarrierLimit.isUnlimited(b)) {
      return BarrierLimit.UNLIMITED;
    }
    return a > Long.MAX_VALUE - b ? BarrierLimit.UNLIMITED : a + b;
  }

  /** What is set, a line {@code NAME BARRIER:LIMIT} each, as {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Beancounter parameter : ALL) {
      BarrierLimit value = values[parameter.ordinal()];
      if (value != null) {
        text.append(parameter.name()).append(' ').append(value).append('\n');
      }
    }
    if (overcommit != 0) {
      text.append(OVERCOMMIT).append(' ').append(overcommit).append('\n');
    }
    return text.toString();
  }

  /** Reads such lines; what is not understood is passed over. */
  public static Limits parse(String text) {
    Limits limits = new Limits(new @Nullable BarrierLimit[ALL.length], 0);
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        end = text.length();
      }
      int blank = text.indexOf(' ', at);
      if (blank > at && blank < end) {
        limits = limits.withLine(text.substring(at, blank), text.substring(blank + 1, end));
      }
      at = end + 1;
    }
    return limits;
  }

  private Limits withLine(String name, String value) {
    if (name.equals(OVERCOMMIT)) {
      try {
        return withOvercommit(Double.parseDouble(value));
      } catch (NumberFormatException e) {
        return this;
      }
    }
    for (Beancounter parameter : ALL) {
      if (parameter.name().equals(name)) {
        BarrierLimit.Reading read = BarrierLimit.parse(value, BeancounterUnit.ITEMS);
        return with(parameter, read == null ? null : read.value());
      }
    }
    return this;
  }
}

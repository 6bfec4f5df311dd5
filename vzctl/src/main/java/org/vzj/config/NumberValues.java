package org.vzj.config;

import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.linux.unit.Amount;
import org.vzj.linux.unit.CpuList;
import org.vzj.linux.unit.Pages;

/** Values that are numbers. */
final class NumberValues {

  private static final long MEGABYTE = 1L << 20;

  private NumberValues() {}

  static Value count(String text, long min, long max) {
    Amount amount = Amount.parseCount(text);
    return amount == null || amount.value() < min || amount.value() > max
        ? Value.BAD
        : Value.of(Long.toString(amount.value()));
  }

  static Value integer(String text) {
    if (!text.startsWith("-")) {
      return count(text, 0, Integer.MAX_VALUE);
    }
    Value magnitude = count(text.substring(1), 0, 1L << 31);
    if (magnitude.canonical() == null) {
      return Value.BAD;
    }
    return magnitude.canonical().equals("0") ? magnitude : Value.of("-" + magnitude.canonical());
  }

  /** Digits with a fraction or without: {@code 1.5}. */
  static Value decimal(String text) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    boolean good =
        whole.length() <= 9
            && Amount.parseCount(whole) != null
            && (dot < 0 || Amount.parseCount(text.substring(dot + 1)) != null);
    return good ? Value.of(text) : Value.BAD;
  }

  static Value cpuTime(String text, HostFacts host) {
    if (!text.endsWith("%")) {
      return count(text, 0, Integer.MAX_VALUE);
    }
    Amount percent = Amount.parseCount(text.substring(0, text.length() - 1));
    return percent == null || percent.value() > 100
        ? Value.BAD
        : Value.of(Long.toString(percent.value() * host.cpus()));
  }

  static Value cpuList(String text) {
    return text.equals("all") ? Value.of(text) : Value.ofNullable(CpuList.parse(text));
  }

  /** A whole number of bytes; without suffix MB on the command line, where files mean bytes. */
  static Value ioRate(String text, Source source) {
    if (text.equals("unlimited")) {
      return Value.of("0");
    }
    if (text.indexOf('.') >= 0) {
      return Value.BAD;
    }
    Amount amount = Amount.parse(text, 1);
    if (amount == null) {
      return Value.BAD;
    }
    long bytes = amount.value();
    if (source == Source.COMMAND_LINE && Amount.parseCount(text) != null) {
      bytes = bytes > Integer.MAX_VALUE ? bytes : bytes * MEGABYTE;
    }
    boolean tooLarge = bytes > Integer.MAX_VALUE;
    return new Value(Long.toString(tooLarge ? Integer.MAX_VALUE : bytes), tooLarge, null);
  }

  /** Bytes, as the limit in pages that holds them. */
  static Value memory(String text) {
    Amount bytes = text.equals("unlimited") ? null : Amount.parse(text, 1);
    if (bytes == null) {
      return text.equals("unlimited") ? pages(BarrierLimit.UNLIMITED) : Value.BAD;
    }
    Value value = pages(Pages.holding(bytes.value()).count());
    return new Value(value.canonical(), bytes.truncated(), null);
  }

  private static Value pages(long limit) {
    return Value.of(new BarrierLimit(0, limit).toString());
  }

  static Value memoryView(String text) {
    if (text.equals("none")) {
      return Value.of(text);
    }
    String number = after("pages:", text);
    if (number == null) {
      number = after("privvmpages:", text);
    }
    if (number == null) {
      return Value.BAD;
    }
    Value count = count(number, 1, Integer.MAX_VALUE);
    return count.canonical() == null
        ? Value.BAD
        : Value.of(text.substring(0, text.indexOf(':') + 1) + count.canonical());
  }

  private static @Nullable String after(String prefix, String text) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : null;
  }
}

package org.vzj.cli.list;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.unit.Amount;

/** Numbers of the configuration. */
enum NumberValue implements Field.Source {
  /** A running container without one has none: 0. */
  CPULIMIT("CPULIMIT"),
  /** A running container without a configured weight has the default one. */
  CPUUNITS("CPUUNITS"),
  CPUS("CPUS"),
  IOPRIO("IOPRIO"),
  IOLIMIT("IOLIMIT"),
  IOPSLIMIT("IOPSLIMIT"),
  BOOTORDER("BOOTORDER"),
  VM_OVERCOMMIT("VM_OVERCOMMIT");

  private static final long DEFAULT_CPUUNITS = 1000;

  /** Significant digits of printf's {@code %g}. */
  private static final int DIGITS = 6;

  private final String key;

  NumberValue(String key) {
    this.key = key;
  }

  @Override
  public Cell read(Ct ct) {
    return switch (this) {
      case CPULIMIT -> orDefault(ct, percent(ct.conf().first(key)), 0);
      case CPUUNITS -> orDefault(ct, count(ct.conf().first(key)), DEFAULT_CPUUNITS);
      case CPUS -> positive(count(ct.conf().first(key)));
      case IOPRIO -> any(count(ct.conf().last(key, null)));
      case IOLIMIT -> positive(bytes(ct.conf().last(key, null)));
      case IOPSLIMIT -> positive(count(ct.conf().last(key, null)));
      case BOOTORDER -> bootOrder(ct.conf().first(key));
      case VM_OVERCOMMIT -> factor(ct.conf().first(key));
    };
  }

  private static Cell orDefault(Ct ct, long number, long running) {
    return any(number < 0 && ct.isRunning() ? running : number);
  }

  private static Cell any(long number) {
    return number < 0 ? Cell.MISSING : Cell.number(number);
  }

  private static Cell positive(long number) {
    return number <= 0 ? Cell.MISSING : Cell.number(number);
  }

  private static long count(@Nullable String text) {
    Amount amount = text == null ? null : Amount.parseCount(text);
    return amount == null ? -1 : amount.value();
  }

  private static long bytes(@Nullable String text) {
    Amount amount = text == null ? null : Amount.parse(text, 1);
    return amount == null ? -1 : amount.value();
  }

  /** {@code 50}, {@code 50%} or {@code 12.5}, rounded. */
  private static long percent(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    BigDecimal number = decimal(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
    return number == null ? -1 : number.setScale(0, RoundingMode.HALF_UP).longValue();
  }

  /** It may be negative. */
  private static Cell bootOrder(@Nullable String text) {
    if (text == null) {
      return Cell.MISSING;
    }
    try {
      return Cell.number(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Cell.MISSING;
    }
  }

  private static Cell factor(@Nullable String text) {
    BigDecimal number = text == null ? null : decimal(text);
    if (number == null || number.signum() == 0) {
      return Cell.MISSING;
    }
    return Cell.number(number.longValue(), general(number));
  }

  /** A plain decimal number of sane length, not negative; null if the text is none. */
  private static @Nullable BigDecimal decimal(String text) {
    boolean digits = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return null;
      }
      digits |= c != '.';
    }
    if (!digits || text.length() > 40 || text.indexOf('.') != text.lastIndexOf('.')) {
      return null;
    }
    return new BigDecimal(text.startsWith(".") ? "0" + text : text);
  }

  /** As printf's {@code %g} writes it. */
  static String general(BigDecimal number) {
    BigDecimal rounded = number.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
    rounded = rounded.stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < DIGITS) {
      return rounded.toPlainString();
    }
    String mantissa = rounded.scaleByPowerOfTen(-exponent).toPlainString();
    String digits = Integer.toString(Math.abs(exponent));
    return mantissa + (exponent < 0 ? "e-" : "e+") + (digits.length() < 2 ? "0" + digits : digits);
  }
}

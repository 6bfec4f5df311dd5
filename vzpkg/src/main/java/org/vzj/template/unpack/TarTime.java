package org.vzj.template.unpack;

import org.vzj.template.TemplateException;

/**
 * A time of a PAX header.
 *
 * @param seconds since 1970, the floor
 * @param nanos 0 to 999,999,999; finer digits are cut off
 */
record TarTime(long seconds, int nanos) {
  /** Parses {@code [-]SECONDS[.FRACTION]}. */
  static TarTime parse(String text) throws TemplateException {
    boolean negative = text.startsWith("-");
    String number = negative ? text.substring(1) : text;
    int dot = number.indexOf('.');
    long seconds = PaxRecords.decimal(dot < 0 ? number : number.substring(0, dot));
    int nanos = 0;
    if (dot >= 0) {
      int scale = 100_000_000;
      for (int i = dot + 1; i < number.length(); i++) {
        int digit = number.charAt(i) - '0';
        if (digit < 0 || digit > 9) {
          throw PaxRecords.malformed();
        }
        nanos += digit * scale;
        scale /= 10;
      }
    }
    if (!negative) {
      return new TarTime(seconds, nanos);
    }
    return nanos == 0 ? new TarTime(-seconds, 0) : new TarTime(-seconds - 1, 1_000_000_000 - nanos);
  }
}

package org.vzj.config;

import org.jspecify.annotations.Nullable;

/**
 * What reading a value gave.
 *
 * @param canonical the value in its canonical form, or null if the text is none
 * @param truncated whether a number was too large and {@code canonical} holds the largest instead
 * @param note something to say about it besides: a part that was passed over, or what exactly is
 *     wrong; null if there is nothing to say
 */
public record Value(@Nullable String canonical, boolean truncated, @Nullable String note) {

  /** The text was no value, with nothing more to say. */
  static final Value BAD = new Value(null, false, null);

  static Value of(String canonical) {
    return new Value(canonical, false, null);
  }

  static Value ofNullable(@Nullable Object canonical) {
    return canonical == null ? BAD : of(canonical.toString());
  }

  static Value bad(String note) {
    return new Value(null, false, note);
  }
}

package org.vzj.cli.list;

/**
 * A line of the table of fields.
 *
 * @param name what {@code -o} and {@code -s} call it, and its key in JSON
 * @param heading the head of its column
 * @param headingWidth the width of the heading; negative if it stands at the left
 * @param width the width of the values; negative if they stand at the left
 * @param source where the value comes from; it alone decides what is read
 * @param order how {@code -s} sorts by it
 * @param json how it is written in JSON
 */
record Field(
    String name,
    String heading,
    int headingWidth,
    int width,
    Source source,
    Order order,
    JsonForm json) {

  /** Finds the value of a field. */
  interface Source {
    Cell read(Ct ct);
  }

  /** How rows are sorted by a field. */
  enum Order {
    ASCENDING,
    DESCENDING,
    /** Unset first, equal ones by descending id. */
    BOOT,
    /** Not at all: the order of ids stays. */
    NONE
  }

  /** How a field is written in JSON. */
  enum JsonForm {
    STRING,
    /** A number, or null. */
    NUMBER,
    /** A number, 0 if unset. */
    NUMBER_OR_ZERO,
    NUMBER_OR_STRING,
    ARRAY,
    /** An array of numbers, or null. */
    NUMBERS,
    /** true, false or null. */
    BOOLEAN,
    /** {@code a:on,b:off} as an object. */
    SWITCHES,
    SECONDS,
    /** held, maxheld, barrier, limit, failcnt: this field and the four that follow. */
    BEANCOUNTER,
    /** usage, softlimit, hardlimit: this field and the two that follow. */
    DISK,
    /** Part of the object of another field. */
    NONE
  }

  /** Whether it is a part of a beancounter or disk limit, which JSON has inside an object. */
  boolean isPart() {
    return json == JsonForm.NONE;
  }
}

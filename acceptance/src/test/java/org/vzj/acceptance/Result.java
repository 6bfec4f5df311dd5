package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * What a command did.
 *
 * @param command its words, for messages
 * @param status its exit status; 128 + N if signal N ended it
 * @param out its standard output
 * @param err its standard error
 */
record Result(List<String> command, int status, String out, String err) {
  /** Asserts the exit status. */
  Result expect(int wanted) {
    assertThat(status).as(this::toString).isEqualTo(wanted);
    return this;
  }

  /** Asserts success and returns standard output. */
  String ok() {
    return expect(0).out;
  }

  /** Returns the lines of standard output. */
  List<String> lines() {
    return out.lines().toList();
  }

  @Override
  public String toString() {
    return String.join(" ", command)
        + "\nstatus "
        + status
        + "\n--- out\n"
        + shortened(out)
        + "--- err\n"
        + shortened(err);
  }

  private static String shortened(String text) {
    return text.length() <= 4000 ? text : text.substring(0, 4000) + "[...]\n";
  }
}

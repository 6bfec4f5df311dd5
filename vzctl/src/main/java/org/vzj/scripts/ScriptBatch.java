package org.vzj.scripts;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Several scripts as one text for the standard input of one shell, as each shell that enters a
 * container costs more than a script. Each runs in a subshell with its own variables; what it sets,
 * or a mistake in it, does not concern the others.
 */
public final class ScriptBatch {
  /** Scripts after which nothing has failed. */
  public static final int ALL_WELL = 0;

  private final StringBuilder functions = new StringBuilder();
  private final StringBuilder calls = new StringBuilder();
  private int count;

  /** Adds text that stands before all scripts. */
  public void functions(byte[] text) {
    functions.append(latin(text)).append('\n');
  }

  /**
   * Adds a script, up to seven of them. Its bit in the shell's exit status is 1 shifted left by the
   * number of those added before it; it is set if the script fails.
   *
   * @param environment assignments, {@code NAME=VALUE}
   * @param needed bits of scripts without which it is not run
   * @return its bit
   */
  public int add(byte[] script, List<String> environment, int needed) {
    int bit = 1 << count;
    count++;
    if (needed != ALL_WELL) {
      calls.append("[ $((vz_failed & ").append(needed).append(")) != 0 ] || ");
    }
    // An "or" after it would keep "set -e" from working in the script.
    calls.append("{\n(\n");
    for (String assignment : environment) {
      int equals = assignment.indexOf('=');
      calls.append("export ").append(assignment, 0, equals + 1);
      quote(latin(assignment.substring(equals + 1).getBytes(StandardCharsets.UTF_8)));
      calls.append('\n');
    }
    calls.append("eval ");
    quote(latin(script));
    calls.append("\n) </dev/null\n[ $? = 0 ] || vz_failed=$((vz_failed + ").append(bit);
    calls.append("))\n}\n");
    return bit;
  }

  /** Whether there is nothing to run. */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the text. bash reads what comes through a pipe byte by byte, lest it take something
   * from the programs that it starts: that is slow, so that it has cat(1) read all at once; where
   * there is no such program it goes on by itself. Other shells read in blocks, and cat would get a
   * piece of the text.
   */
  public byte[] text() {
    String text =
        "[ -z \"$BASH_VERSION\" ] || eval \"$(cat)\"\n"
            + functions
            + "vz_failed=0\n"
            + calls
            + "exit $vz_failed\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void quote(String text) {
    calls.append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'') {
        calls.append("'\\''");
      } else {
        calls.append(c);
      }
    }
    calls.append('\'');
  }

  /** Each byte as one character: whatever a script is written in, it arrives as it is. */
  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

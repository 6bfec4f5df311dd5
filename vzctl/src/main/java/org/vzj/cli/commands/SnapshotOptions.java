package org.vzj.cli.commands;

import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.snapshot.Guid;

/** What the commands about snapshots have in common on the command line. */
final class SnapshotOptions {
  static final GetoptOption ID =
      GetoptOption.value("id", "uuid").helped("UUID", "the snapshot's UUID, with or without {}");

  private static final int LONGEST = 4096;

  private SnapshotOptions() {}

  /**
   * Returns the guid that was given, null if none was.
   *
   * @throws VzException INVALID_VALUE if it is none
   */
  static @Nullable String guid(Invocation invocation) throws VzException {
    String text = invocation.value("id");
    if (text == null) {
      return null;
    }
    String guid = Guid.parse(text);
    if (guid == null) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad parameter for --id: " + text);
    }
    return guid;
  }

  /**
   * Returns the guid that must be given.
   *
   * @throws VzException INVALID_SYNTAX if it is not, INVALID_VALUE if it is none
   */
  static String required(Invocation invocation) throws VzException {
    String guid = guid(invocation);
    if (guid == null) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "Invalid syntax: snapshot id is missing");
    }
    return guid;
  }

  /**
   * Returns a text for people, empty if none was given.
   *
   * @param lines whether it may have several
   * @throws VzException INVALID_VALUE if it is too long, or has characters that XML cannot hold
   */
  static String text(Invocation invocation, String option, boolean lines) throws VzException {
    String text = invocation.value(option);
    if (text == null) {
      return "";
    }
    boolean good = text.length() <= LONGEST;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      good &= c >= ' ' || (lines && (c == '\n' || c == '\t'));
    }
    if (!good) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad parameter for --" + option + ": " + text);
    }
    return text;
  }
}

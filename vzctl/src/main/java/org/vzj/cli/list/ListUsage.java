package org.vzj.cli.list;

import org.vzj.cli.getopt.OptionHelp;

/** The text of {@code vzlist --help}. */
final class ListUsage {
  private static final String SYNOPSIS =
      """
      Usage: vzlist [-a | -S] [-n] [-H] [-t] [-j] [-o field[,field...] | -1] [-s [-]field]
                    [-h pattern] [-N pattern] [-d pattern] [CTID|NAME ...]
             vzlist -L | --list

      Options:
      """;

  private ListUsage() {}

  /** Returns the text. */
  static String text() {
    return SYNOPSIS + OptionHelp.text(ListOptions.TABLE);
  }
}

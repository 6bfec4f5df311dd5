package org.vzj.cli.list;

/** The text of {@code vzlist --help}. */
final class ListUsage {
  static final String TEXT =
      """
      Usage: vzlist [-a | -S] [-n] [-H] [-t] [-j] [-o field[,field...] | -1] [-s [-]field]
                    [-h pattern] [-N pattern] [-d pattern] [CTID|NAME ...]
             vzlist -L | --list

      Options:
        -a, --all                  list all containers, not only the running ones
        -S, --stopped              list only containers that do not run
        -n, --name                 show names instead of ids
        -H, --no-header            do not print the header line
        -t, --no-trim              do not cut long values
        -j, --json                 print JSON
        -o, --output FIELD[,...]   show these fields
        -1                         same as -H -o veid
        -s, --sort [-]FIELD        sort by this field; with - in reverse
        -h, --hostname PATTERN     only containers whose host name matches the pattern
        -N, --name_filter PATTERN  only containers whose name matches the pattern
        -d, --description PATTERN  only containers whose description matches the pattern
        -L, --list                 list the fields and their headings
            --help                 print this text
      """;

  private ListUsage() {}
}

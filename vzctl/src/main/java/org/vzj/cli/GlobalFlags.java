package org.vzj.cli;

import java.util.ArrayList;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;

/**
 * The flags before the command word.
 *
 * @param quiet nothing is said at all
 * @param verbosity how often {@code --verbose} was given
 * @param version only the version is wanted
 * @param skipLock no lock is taken
 * @param parallel how many containers are worked on at once, 0 for the default
 * @param json results as JSON
 * @param dryRun say what would be done
 * @param all every configured container
 * @param command the command word and what follows
 */
record GlobalFlags(
    boolean quiet,
    int verbosity,
    boolean version,
    boolean skipLock,
    int parallel,
    boolean json,
    boolean dryRun,
    boolean all,
    List<String> command) {
  /**
   * Reads the flags up to the first word that is none of them.
   *
   * @throws VzException INVALID_SYNTAX or INVALID_VALUE for {@code --parallel} without a number
   */
  static GlobalFlags parse(List<String> words) throws VzException {
    boolean quiet = false;
    int verbosity = 0;
    boolean version = false;
    boolean skipLock = false;
    int parallel = 0;
    boolean json = false;
    boolean dryRun = false;
    boolean all = false;
    int i = 0;
    loop:
    for (; i < words.size(); i++) {
      String word = words.get(i);
      switch (word) {
        case "--quiet" -> quiet = true;
        case "--verbose" -> verbosity++;
        case "--version" -> version = true;
        case "--skiplock" -> skipLock = true;
        case "--json" -> json = true;
        case "--dry-run" -> dryRun = true;
        case "--all" -> all = true;
        case "--parallel" -> {
          i++;
          if (i == words.size()) {
            throw new VzException(
                ExitCode.INVALID_SYNTAX, "vzctl: option '--parallel' requires an argument");
          }
          parallel = parallel(words.get(i));
        }
        default -> {
          if (!word.startsWith("--parallel=")) {
            break loop;
          }
          parallel = parallel(word.substring(11));
        }
      }
    }
    return new GlobalFlags(
        quiet,
        verbosity,
        version,
        skipLock,
        parallel,
        json,
        dryRun,
        all,
        new ArrayList<>(words.subList(i, words.size())));
  }

  /** Returns a command line on which the flags that say how to show things come first. */
  List<String> asOptions(List<String> words) {
    List<String> all = withJson(words);
    if (verbosity > 0) {
      all.addFirst("--verbose");
    }
    return all;
  }

  /** Returns the words of a command that knows {@code --json} alone, with it if it was given. */
  List<String> withJson(List<String> words) {
    List<String> all = new ArrayList<>();
    if (json) {
      all.add("--json");
    }
    all.addAll(words);
    return all;
  }

  /**
   * Reads how many containers are worked on at once.
   *
   * @throws VzException INVALID_VALUE if it is no number from 1 to 1024
   */
  static int parallel(String text) throws VzException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= 1024) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same as a number out of range.
    }
    throw new VzException(ExitCode.INVALID_VALUE, "Bad parameter for --parallel: " + text);
  }

  /** Returns these flags with or without {@code --skiplock}. */
  GlobalFlags withSkipLock(boolean other) {
    return new GlobalFlags(quiet, verbosity, version, other, parallel, json, dryRun, all, command);
  }

  /** Returns these flags with those that were given among a command's own options. */
  GlobalFlags with(boolean moreJson, boolean moreDryRun, boolean moreAll, int otherParallel) {
    return new GlobalFlags(
        quiet,
        verbosity,
        version,
        skipLock,
        otherParallel != 0 ? otherParallel : parallel,
        json || moreJson,
        dryRun || moreDryRun,
        all || moreAll,
        command);
  }
}

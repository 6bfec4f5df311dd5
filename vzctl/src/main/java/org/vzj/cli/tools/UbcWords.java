package org.vzj.cli.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptOption;

/**
 * The command line of vzubc. Its options are words of their own, as {@code -wd} and {@code -qh},
 * and no cluster of letters.
 */
final class UbcWords {
  /** A word that is no option of vzubc, or one without its value. */
  static final class BadWordException extends Exception {
    private static final long serialVersionUID = 1;

    private BadWordException(String message) {
      super(message);
    }
  }

  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('w', "watch").helped("repeat it every 2 seconds under watch(1)"),
          word("wd", "", "the same, and mark what has changed"),
          word("wt", "", "the same without its title"),
          word("wn", "SECONDS", "the same every so many seconds"),
          GetoptOption.flag('q', "quiet").helped("only what was refused or is close to a limit"),
          word("qh", "RATIO", "how much held of the limit is close (0.5; over 1: percent)"),
          word("qm", "RATIO", "the same for maxheld (0.8)"),
          GetoptOption.flag('v', "verbose").helped("also what is not limited"),
          GetoptOption.flag('r', "relative").helped("refusals since the last run"),
          word("rc", "", "forget the refusals that were kept"),
          word("rd", "DIR", "where values are kept (/tmp/vzubc.store)"),
          GetoptOption.flag('i', "incremental").helped("also what held has changed by"),
          word("ic", "", "forget the values of held that were kept"),
          word("id", "DIR", "the same as -rd"),
          GetoptOption.flag('c', "color").helped("with colours"),
          GetoptOption.value('f', "file").helped("FILE", "read this file; - is standard input"),
          GetoptOption.flag("json").helped("the same for programs"),
          GetoptOption.flag("refresh").helped("only refresh the files in /run/vz"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  final List<String> containers = new ArrayList<>();
  final List<String> watchOptions = new ArrayList<>();
  boolean watch;
  boolean quiet;
  boolean verbose;
  boolean relative;
  boolean incremental;
  boolean color;
  boolean json;
  boolean refresh;
  boolean help;
  @Nullable String heldRatio;
  @Nullable String maxheldRatio;
  @Nullable String file;
  String store = "/tmp/vzubc.store";
  @Nullable String forgetFailcnt;
  @Nullable String forgetHeld;

  private UbcWords() {}

  private static GetoptOption word(String name, String argument, String help) {
    return new GetoptOption(name, '\0', List.of(), argument, help);
  }

  /**
   * Understands the words.
   *
   * @throws BadWordException with OpenVZ's message
   */
  static UbcWords parse(List<String> words) throws BadWordException {
    UbcWords parsed = new UbcWords();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (takesValue(word)) {
        if (i + 1 == words.size() || words.get(i + 1).isEmpty()) {
          throw new BadWordException("Error: option " + word + " requires an argument");
        }
        parsed.option(word, words.get(++i));
      } else if (word.startsWith("-")) {
        parsed.flag(word);
      } else {
        parsed.containers.add(word);
      }
      if (parsed.help) {
        return parsed;
      }
    }
    parsed.check();
    return parsed;
  }

  private static boolean takesValue(String word) {
    return switch (word) {
      case "-wn", "-qh", "-qm", "-rd", "-id", "-f", "--file" -> true;
      default -> false;
    };
  }

  private void option(String word, String value) {
    switch (word) {
      case "-wn" -> {
        watch = true;
        watchOptions.add("-n");
        watchOptions.add(value);
      }
      case "-qh" -> heldRatio = value;
      case "-qm" -> maxheldRatio = value;
      case "-rd", "-id" -> store = value;
      default -> file = value;
    }
  }

  private void flag(String word) throws BadWordException {
    switch (word) {
      case "-W" -> watch = false; // what watch(1) calls
      case "-w", "--watch" -> watch = true;
      case "-wd" -> watched("-d");
      case "-wt" -> watched("-t");
      case "-q", "--quiet" -> quiet = true;
      case "-v", "--verbose" -> verbose = true;
      case "-r", "--relative" -> relative = true;
      case "-rc" -> forgetFailcnt = store;
      case "-i", "--incremental" -> incremental = true;
      case "-ic" -> forgetHeld = store;
      case "-c", "--color" -> color = true;
      case "--json" -> json = true;
      case "--refresh" -> refresh = true;
      case "-h", "--help" -> help = true;
      default -> throw new BadWordException("Unrecognized option: " + word);
    }
  }

  private void watched(String option) {
    watch = true;
    watchOptions.add(option);
  }

  private void check() throws BadWordException {
    if (watch && color) {
      throw new BadWordException("Error: can't use --watch and --color together");
    }
    if ((heldRatio != null || maxheldRatio != null) && !color && !quiet) {
      throw new BadWordException("Error: -qh and -qm only make sense with --quiet or --color");
    }
    if (quiet && verbose) {
      throw new BadWordException("Error: options --quiet and --verbose can't be used together");
    }
  }
}

package org.vzj.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.cli.tools.Caller.Result;

/** The command line of vzubc, and what it prints. */
@SuppressWarnings("StringConcatToTextBlock") // rules are the longest part of it
class VzubcTest {
  private static final String FILE =
      """
      Version: 2.5
             uid  resource                     held              maxheld              barrier                limit              failcnt
            101:  kmemsize                  2565461              2650112             14372700             14790164                    0
                  numproc                        23                   23                  240                  240                    7
                  shmpages                        1                    1  9223372036854775807  9223372036854775807                    0
            102:  numproc                         5                    6                   10                   10                    0
      """;

  private static final String HEAD =
      """
       HELD  Bar%  Lim%| MAXH  Bar%  Lim%| BAR | LIM | FAIL
      -------------+-----------------+-----------------+-----+-----+------
      """;

  private final Caller caller;

  VzubcTest(@TempDir Path top) throws IOException {
    caller = new Caller(top);
    caller.write("saved", FILE);
    Files.createSymbolicLink(caller.path("etc/names/web"), Path.of("/etc/vz/conf/102.conf"));
  }

  private Result run(String... words) {
    return caller.run(Vzubc::run, words);
  }

  @Test
  void showsAFile() {
    String rule = "-".repeat(68) + "\n";
    String second =
        rule
            + "CT 102       |"
            + HEAD
            + "      numproc|   5    50%   50%|   6    60%   60%|  10 |  10 |    - \n"
            + rule;
    assertThat(run("-f", "saved"))
        .isEqualTo(
            new Result(
                0,
                rule
                    + "CT 101       |"
                    + HEAD
                    + "     kmemsize|2.45M   17%   17%|2.53M   18%   17%|13.7M|14.1M|    - \n"
                    + "      numproc|  23     9%    9%|  23     9%    9%| 240 | 240 |    7 \n"
                    + "\n"
                    + second,
                ""));
    assertThat(run("--file", "saved", "102").out()).isEqualTo(second);
    assertThat(run("--file", "saved", "web").out()).isEqualTo(second);
    assertThat(run("--file", "saved", "nobody")).isEqualTo(new Result(0, "", ""));
    assertThat(caller.typing(FILE).run(Vzubc::run, "-f", "-", "102").out()).isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-x | Unrecognized option: -x",
        "--Watch | Unrecognized option: --Watch",
        "-w -c | Error: can't use --watch and --color together",
        "-q -v | Error: options --quiet and --verbose can't be used together",
        "-qh 0.5 | Error: -qh and -qm only make sense with --quiet or --color",
        "-qm 1 | Error: -qh and -qm only make sense with --quiet or --color",
        "-f | Error: option -f requires an argument",
        "-wn | Error: option -wn requires an argument",
        "-rd | Error: option -rd requires an argument",
      })
  void refusesWhatMakesNoSense(String words, String message) {
    Result result = run(words.split(" "));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo(message + "\n");
    assertThat(result.out()).startsWith("Usage: vzubc [option ...] [<ctid> ...]\n");
  }

  @Test
  void tellsOfFilesThatItCannotRead() throws IOException {
    assertThat(run("-f", "none"))
        .isEqualTo(new Result(1, "", "/t/none: No such file or directory\n"));
    caller.write("new", "Version: 2.6\n 1: numproc 1 1 1 1 1\n");
    assertThat(run("-f", "new")).isEqualTo(new Result(1, "", "Error: unknown version: 2.6\n"));
    caller.write("one", " numproc 1 1 1 1 1\n");
    assertThat(run("-r", "-rd", caller.path("store").toString(), "-f", "one"))
        .isEqualTo(
            new Result(1, "", "Error: can not use relative/incremental modes: BCID is unknown\n"));
  }

  @Test
  void keepsValuesBetweenRuns() throws IOException {
    String store = caller.path("store").toString();
    assertThat(run("-r", "-i", "-rd", store, "-f", "saved", "101").out()).contains("|    7 \n");
    assertThat(caller.read("store/ubc.101.numproc.failcnt")).isEqualTo("7\n");
    assertThat(caller.read("store/ubc.101.numproc.held")).isEqualTo("23\n");
    caller.write("saved", FILE.replace("240                    7", "240                    9"));
    assertThat(run("-r", "-i", "-rd", store, "-f", "saved", "101").out())
        .contains("|+FAIL\n")
        .contains("|    2 \n");
    assertThat(run("-rd", store, "-rc", "-f", "saved", "101").status()).isZero();
    assertThat(caller.path("store/ubc.101.numproc.failcnt")).doesNotExist();
    assertThat(caller.path("store/ubc.101.numproc.held")).exists();
    assertThat(run("-id", store, "-ic", "-f", "saved", "101").status()).isZero();
    assertThat(caller.path("store/ubc.101.numproc.held")).doesNotExist();
  }

  @Test
  void writesNothingWhereALinkLeads() throws IOException {
    Files.createDirectories(caller.path("elsewhere"));
    Files.createSymbolicLink(caller.path("link"), caller.path("elsewhere"));
    Result result = run("-i", "-id", caller.path("link").toString(), "-f", "saved");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("/t/link is not a directory of the caller's own\n");
    assertThat(caller.path("elsewhere")).isEmptyDirectory();
  }

  @Test
  void printsJson() {
    assertThat(run("-f", "saved", "--json", "102").out())
        .isEqualTo(
            """
            [
              {
                "ctid": 102,
                "numproc": {
                  "held": 5,
                  "maxheld": 6,
                  "barrier": 10,
                  "limit": 10,
                  "failcnt": 0
                }
              }
            ]
            """);
  }

  @Test
  void helps() {
    Result help = run("--help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("  -wn SECONDS ").contains("  -q, --quiet ");
  }

  @Test
  void refreshesTheFilesOfScripts() throws IOException {
    assertThat(caller.run(session -> Vzubc.run(session, caller.path("proc")), "--refresh"))
        .isEqualTo(new Result(0, "", ""));
    assertThat(caller.read("run/user_beancounters"))
        .startsWith("Version: 2.5\n")
        .contains("\n        0:  kmemsize  ");
    assertThat(caller.read("run/bc/0/resources")).contains("            swappages  ");
    assertThat(caller.read("run/bc/resources")).startsWith("Version: 2.5\n");
    Files.createDirectories(caller.path("run/bc/7"));
    caller.write("run/bc/7/resources", "old");
    caller.run(session -> Vzubc.run(session, caller.path("proc")), "--refresh");
    assertThat(caller.path("run/bc/7")).doesNotExist();
  }
}

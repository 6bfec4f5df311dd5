package org.vzj.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.cli.GlobalOptions;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.list.Vzlist;

/** Real shells complete command lines. */
class CompletionTest {
  private static final Path TEMPLATES = Path.of("../packaging/src/main/completion");

  @TempDir Path directory;

  @BeforeEach
  void make() throws IOException {
    Manual.completion(TEMPLATES, directory);
    Path etc = directory.resolve("etc");
    Path conf = Files.createDirectories(etc.resolve("conf"));
    for (String name : List.of("0", "101", "102", "210")) {
      Files.createFile(conf.resolve(name + ".conf"));
    }
    Files.createFile(conf.resolve("ve-basic.conf-sample"));
    Files.createFile(conf.resolve("ve-vswap-1g.conf-sample"));
    Files.createFile(conf.resolve("101.mount"));
    Path names = Files.createDirectory(etc.resolve("names"));
    Files.createSymbolicLink(names.resolve("web"), conf.resolve("101.conf"));
    Path cache = Files.createDirectories(directory.resolve("template/cache"));
    Files.createFile(cache.resolve("debian-12-x86_64.tar.gz"));
    Files.createFile(cache.resolve("alpine.tar.zst"));
    Files.writeString(
        etc.resolve("vz.conf"), "# x\nTEMPLATE=\"" + directory.resolve("template") + "\" # y\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'vzctl st'                                    | start stop status",
        "'vzctl --q'                                   | --quiet",
        "'vzctl --parallel '                           | ''",
        "'vzctl --parallel 4 start '                   | 101 102 210 web",
        "'vzctl start '                                | 101 102 210 web",
        "'vzctl start 101 '                            | 102 210 web",
        "'vzctl start 101,2'                           | 101,210",
        "'vzctl start 101,101'                         | ''",
        "'vzctl start --f'                             | --force",
        "'vzctl create 9 --ostemplate '                | debian-12-x86_64 alpine",
        "'vzctl create 9 --ostemplate=d'               | debian-12-x86_64",
        "'vzctl create 9 --config v'                   | vswap-1g",
        "'vzctl set 101 --onboot '                     | yes no",
        "'vzctl set 101 --onboot=y'                    | yes",
        "'vzctl set 101 --name '                       | ''",
        "'vzctl set 101 --capability sys_n'            | sys_nice:on sys_nice:off",
        "'vzctl set 101 --capability sys_nice:o'       | on off",
        "'vzctl set 101 --capability sys_nice:on,lea'  | on,lease:on on,lease:off",
        "'vzctl set 101 --setmode '                    | restart ignore",
        "'vzctl set 101 --meminfo p'                   | pages: privvmpages:",
        "'vzctl exec w'                                | web",
        "'vzctl exec web '                             | ''",
        "'vzctl enter web '                            | --exec",
        "'vzctl check --'                              | --json --verbose --help",
        "'vzctl service '                              | start stop restart force-reload status",
        "'vzctl service stop '                         | ''",
        "'vzlist --na'                                 | --name --name_filter",
        "'vzlist 1'                                    | 101 102",
        "'vzlist -o ctid,host'                         | ctid,hostname",
        "'vzlist -s -host'                             | -hostname",
        "'vzcheck --v'                                 | --verbose",
        "'/usr/sbin/vzctl sta'                         | start status",
      })
  void bashCompletes(String line, String offer) throws Exception {
    assertThat(bash(line)).isEqualTo(offer);
  }

  @Test
  void bashKnowsEveryOption() throws Exception {
    assertThat(bash("vzctl ").split(" ")).containsAll(CommandTable.NAMES).contains("check");
    assertThat(bash("vzctl -").split(" ")).containsAll(names(GlobalOptions.BEFORE));
    assertThat(bash("vzlist -").split(" ")).containsAll(names(Vzlist.options()));
    assertThat(bash("vzlist -o ").split(" ")).containsExactlyElementsOf(Vzlist.fields().keySet());
    for (String command : CommandTable.NAMES) {
      if (!Tables.command(command).takesWords()) {
        List<String> names = names(Tables.optionsOf(command));
        names.addAll(names(GlobalOptions.AFTER));
        assertThat(bash("vzctl " + command + " 101 --").split(" "))
            .as(command)
            .containsExactlyInAnyOrderElementsOf(names);
      }
    }
  }

  private static List<String> names(List<GetoptOption> options) {
    List<String> names = new ArrayList<>();
    for (GetoptOption option : options) {
      if (!option.hidden() && !option.longNames().isEmpty()) {
        names.add("--" + option.key());
      }
    }
    return names;
  }

  @Test
  void zshCompletes() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "needs zsh");
    String script =
        """
        zmodload zsh/zpty
        ask() {
            zpty z zsh -f -i
            zpty -w z "PS1=; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -D -u
                bindkey '^I' list-choices; LISTMAX=0; stty -echo cols 200; print RE''ADY"
            zpty -r -m z out '*READY*'
            zpty -w -n z "$2"$'\\t'
            zpty -r -m z out "*$3*" && print -r -- "$2"
            zpty -d z
        }
        ask $1 'vzctl st' 'start *status *stop'
        ask $1 'vzctl start ' '101 *102 *210 *web'
        ask $1 'vzctl start --f' force
        ask $1 'vzctl create 9 --ostemplate ' 'alpine *debian-12-x86_64'
        ask $1 'vzctl create 9 --config=' 'basic *vswap-1g'
        ask $1 'vzctl set 101 --onboot ' 'no *yes'
        ask $1 'vzctl set 101 --capability lea' 'lease:off *lease:on'
        ask $1 'vzlist -o ctid,hostn' hostname
        ask $1 'vzlist -s -host' -hostname
        ask $1 'vzcheck --' verbose
        """;

    String answered = run("timeout", "60", "zsh", "-f", "-c", script, "zsh", directory.toString());

    assertThat(answered.lines())
        .containsExactly(
            "vzctl st",
            "vzctl start ",
            "vzctl start --f",
            "vzctl create 9 --ostemplate ",
            "vzctl create 9 --config=",
            "vzctl set 101 --onboot ",
            "vzctl set 101 --capability lea",
            "vzlist -o ctid,hostn",
            "vzlist -s -host",
            "vzcheck --");
  }

  /** What bash offers for a line with the cursor at its end, with blanks between. */
  private String bash(String line) throws Exception {
    String script =
        """
        set -u
        . "$1"
        COMP_LINE=$2 COMP_POINT=${#2}
        _vzctl
        echo "${COMPREPLY[*]-}"
        """;
    return run(
            "bash",
            "--norc",
            "-c",
            script,
            "bash",
            directory.resolve("vzctl.bash").toString(),
            line)
        .strip();
  }

  private String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("VZ_ETC_DIR", directory.resolve("etc").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}

package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of checks: what is wrong with the words comes before what is wrong with the host. */
class VzctlTest {
  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void makeHost() throws IOException {
    vz = new Vz(root);
  }

  @Test
  void version() throws Exception {
    Files.delete(vz.paths().globalConfig());
    assertThat(vz.run("--version", "start", "x")).isZero();
    assertThat(vz.out()).startsWith("vzctl version 4.11.1").endsWith("\n");
    assertThat(vz.err()).isEmpty();
  }

  @Test
  void withoutACommandThereIsUsage() {
    assertThat(vz.run()).isEqualTo(20);
    assertThat(vz.out()).isEmpty();
    assertThat(vz.err()).startsWith("Usage: vzctl [options] <command>");
  }

  @Test
  void helpIsACommandWord() {
    assertThat(vz.run("--help")).isZero();
    assertThat(vz.out()).startsWith("vzctl version ").contains("\nvzctl start <ctid>...");
    assertThat(vz.err()).isEmpty();
  }

  /** One line of words, the exit status, and what is said on the standard error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bogus 101                            | 20 | Bad command: bogus",
        "start                                | 21 | CT ID missing",
        "exec                                 | 21 | CT ID missing",
        "set --save                           | 21 | CT ID missing",
        "start nosuch                         | 21 | Bad CT ID nosuch",
        "status nosuch                        | 21 | Bad CT ID nosuch",
        "exec nosuch ls                       | 21 | Bad CT ID nosuch",
        "start 2147483645                     | 21 | Bad CT ID 2147483645",
        "start 999 --bogus                    | 20 | vzctl: unrecognized option '--bogus'",
        "stop 999 --bogus                     | 20 | vzctl: unrecognized option '--bogus'",
        "restart 999 --bogus                  | 20 | vzctl: unrecognized option '--bogus'",
        "set 999 --bogus                      | 21 | vzctl: unrecognized option '--bogus'",
        "create 999 --bogus                   | 21 | vzctl: unrecognized option '--bogus'",
        "set 999 --cpuunits 7                 | 21 | Bad parameter for --cpuunits: 7",
        "set 999 -p x                         | 21 | Bad parameter for -p : x",
        "set 999                              | 20 | No parameters given for set",
        "set 999 --force --onboot yes         | 20 | Option --force can only be used with --save",
        "set 999 --name x                     | 131 |"
            + " Unable to set name: option --name can only be used with --save",
        "exec 999                             | 20 | No command line given for exec",
        "exec2 999                            | 20 | No command line given for exec",
        "runscript 999                        | 20 | Script not specified",
        "runscript 999 /no/such               | 11 | Script not found: /no/such",
        "enter 999 --bogus                    | 20 | Invalid option '--bogus'",
        "enter 999 --exec                     | 20 | No command line given for --exec",
        "console 999 1 2                      | 20 | Too many arguments for console",
        "start 0                              | 21 | Only set actions are allowed for CT0",
        "create 0 --hostname a/b              | 21 | Bad parameter for --hostname: a/b",
        "create 0                             | 21 | Only set actions are allowed for CT0",
        "start 0-3                            | 21 | Only set actions are allowed for CT0",
        "start 999                            | 14 | Container config file does not exist",
        "stop 999                             | 14 | Container config file does not exist",
        "destroy 999                          | 14 | Container config file does not exist",
        "mount 999                            | 14 | Container config file does not exist",
        "umount 999                           | 14 | Container config file does not exist",
        "exec 999 ls                          | 14 | Container config file does not exist",
        "enter 999                            | 14 | Container config file does not exist",
        "console 999                          | 14 | Container config file does not exist",
        "enter 101 102                        | 20 | Invalid option '102'",
        "enter 101,102                        | 20 | Command enter works on one container at a"
            + " time",
        "--all enter                          | 20 | --all makes no sense for enter",
        "stop --all 101                       | 20 |"
            + " --all and 101: give either all containers or some",
        "--all stop 101                       | 20 |"
            + " --all and 101: give either all containers or some",
        "--parallel 0 start 101               | 21 | Bad parameter for --parallel: 0",
        "start 101 --parallel x               | 21 | Bad parameter for --parallel: x",
        "--parallel                           | 20 |"
            + " vzctl: option '--parallel' requires an argument",
      })
  void errors(String words, int status, String error) {
    assertThat(vz.run(words.strip().split(" +"))).isEqualTo(status);
    assertThat(vz.err()).isEqualTo(error + "\n");
    assertThat(vz.out()).isEmpty();
    assertThat(vz.paths().conf()).isEmptyDirectory();
    assertThat(root.resolve("lock")).doesNotExist();
  }

  @Test
  void withoutAGlobalConfigurationNothingGoes() throws Exception {
    Files.delete(vz.paths().globalConfig());
    assertThat(vz.run("start", "101", "--bogus")).isEqualTo(10);
    assertThat(vz.err()).startsWith("Global configuration file " + vz.paths().globalConfig());
    assertThat(vz.run("bogus")).isEqualTo(20);
  }

  @Test
  void aMissingConfigurationComesBeforeTheLock() throws Exception {
    Files.createDirectories(root.resolve("lock"));
    Files.writeString(root.resolve("lock/101.lck"), ProcessHandle.current().pid() + "\n\n");
    assertThat(vz.run("mount", "101")).isEqualTo(14);
    vz.container(101);
    assertThat(vz.run("mount", "101")).isEqualTo(9);
    assertThat(vz.err())
        .startsWith("Locked by: pid " + ProcessHandle.current().pid() + ", cmdline ")
        .endsWith("\nContainer already locked\n");
    assertThat(vz.run("status", "101")).isZero();
  }

  @Test
  void quietHidesErrorsButThoseOfUsage() throws Exception {
    assertThat(vz.run("--quiet", "start", "999")).isEqualTo(14);
    assertThat(vz.out() + vz.err()).isEmpty();
    assertThat(vz.run("--quiet", "start", "nosuch")).isEqualTo(21);
    assertThat(vz.err()).isEqualTo("Bad CT ID nosuch\n");
    vz.container(101);
    assertThat(vz.run("--quiet", "status", "101")).isZero();
    assertThat(vz.out()).isEqualTo("CTID 101 exist unmounted down\n");
    Files.delete(vz.paths().globalConfig());
    assertThat(vz.run("--quiet", "start", "999")).isEqualTo(10);
    assertThat(vz.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"start 101 --help", "start 101 --hel", "set --help", "status x --help"})
  void helpOfACommandDoesNothing(String words) throws Exception {
    vz.container(101);
    assertThat(vz.run(words.split(" "))).isZero();
    assertThat(vz.out()).startsWith("Usage: vzctl " + words.split(" ")[0] + " <ctid>...");
    assertThat(root.resolve("lock")).doesNotExist();
  }

  @Test
  void helpMayBeTheValueOfAnOption() throws Exception {
    vz.container(101);
    assertThat(vz.run("set", "101", "--description", "--help", "--save")).isZero();
    assertThat(Files.readString(vz.config(101))).contains("DESCRIPTION=\"--help\"");
  }

  @Test
  void helpOfACommandThatTakesWords() {
    assertThat(vz.run("exec", "--help")).isZero();
    assertThat(vz.out()).startsWith("Usage: vzctl exec <ctid>[,<ctid>...] <command> [arg ...]\n");
  }

  @Test
  void aNameIsAsGoodAsANumber() throws Exception {
    vz.container(101, "NAME=\"web\"");
    vz.name("web", 101);
    assertThat(vz.run("status", "web")).isZero();
    assertThat(vz.out()).isEqualTo("CTID 101 exist unmounted down\n");
    vz.name("old", 101);
    assertThat(vz.run("status", "old")).isEqualTo(21);
    assertThat(vz.err()).isEqualTo("Unable to find container by name old\n");
  }

  @Test
  void theNameOfTheToolMayHaveAPath() {
    assertThat(vz.tool("/usr/sbin/vzctl", "--version")).isZero();
    assertThat(vz.tool("vzlist", "--bogus")).isEqualTo(1);
    assertThat(vz.err()).contains("--bogus");
  }
}

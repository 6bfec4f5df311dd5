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

class SetCommandTest {
  private static final String UNSAVED =
      "WARNING: Settings were not saved to config (use --save flag)\n";
  private static final String LOST =
      "WARNING: Settings were not saved to config and will be lost after CT restart (use --save"
          + " flag)\n";

  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void makeContainer() throws IOException {
    vz = new Vz(root);
    vz.container(101, "# first", "ONBOOT=\"no\"", "UNKNOWN=\"kept\"", "OSTEMPLATE=\"debian\"");
  }

  private int set(String words) {
    return vz.run(("set 101 " + words).split(" "));
  }

  private String config() throws IOException {
    return Files.readString(vz.config(101));
  }

  private String saved() {
    return "CT configuration saved to " + vz.config(101) + "\n";
  }

  /** Combinations that make no sense, whether the container runs or not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--reset_ub --onboot yes | 20 | Option --reset_ub can not be used with other options",
        "--reset_ub --save | 20 | Option --reset_ub can not be used with other options",
        "--force --onboot yes | 20 | Option --force can only be used with --save",
        "--setmode restart --onboot yes | 20 |"
            + " Option --setmode restart can only be used with --save",
        "--ostemplate x | 20 | Option --ostemplate can only be used with --save",
        "--stop-timeout 5 | 20 | Option --stop-timeout can only be used with --save",
        "--name x | 131 | Unable to set name: option --name can only be used with --save",
        "--setmode x --save | 21 | Bad parameter for --setmode: x",
        "--onboot maybe --save | 21 | Bad parameter for --onboot: maybe",
        "--ram -1 --save | 21 | Bad parameter for --ram: -1",
        "--ram 4G:2G --save | 21 | Bad parameter for --ram: 4G:2G",
        "--ram 1.5.2G --save | 21 | Bad parameter for --ram: 1.5.2G",
        "--swap 64MB --save | 21 | Bad parameter for --swap: 64MB",
        "--swap 99999999999T --save | 21 | Bad parameter for --swap: 99999999999T",
        "--physpages 1:2:3 --save | 21 | Bad parameter for --physpages: 1:2:3",
        "--physpages :5 --save | 21 | Bad parameter for --physpages: :5",
        "--privvmpages -5:5 --save | 21 | Bad parameter for --privvmpages: -5:5",
        "--numproc 10K --save | 21 | Bad parameter for --numproc: 10K",
        "-p 4096P --save | 21 | Bad parameter for -p : 4096P",
        "--numpty Unlimited --save | 21 | Bad parameter for --numpty: Unlimited",
        "--kmemsize 9223372036854775808 --save | 21 |"
            + " Bad parameter for --kmemsize: 9223372036854775808",
        "--vm_overcommit -1 --save | 21 | Bad parameter for --vm_overcommit: -1",
      })
  void refusals(String words, int status, String error) throws Exception {
    String before = config();
    for (int round = 0; round < 2; round++) {
      assertThat(set(words.strip())).isEqualTo(status);
      assertThat(vz.err()).isEqualTo(error + "\n");
      assertThat(vz.out()).isEmpty();
      assertThat(config()).isEqualTo(before);
      vz.running(101);
    }
  }

  @Test
  void savingKeepsWhatItDoesNotKnow() throws Exception {
    assertThat(set("--onboot yes --description x --save")).isZero();
    assertThat(vz.out()).isEqualTo(saved());
    assertThat(vz.err()).isEmpty();
    assertThat(config())
        .isEqualTo(
            """
            # first
            ONBOOT="yes"
            UNKNOWN="kept"
            OSTEMPLATE="debian"
            DESCRIPTION="x"
            """);
  }

  @Test
  void nothingNewIsNotSaved() throws Exception {
    String before = config();
    assertThat(set("--onboot no --save")).isZero();
    assertThat(vz.out()).isEqualTo("No changes in CT configuration, not saving\n");
    assertThat(config()).isEqualTo(before);
  }

  @Test
  void whatIsOnlyInTheFileIsToldToBeUnsaved() throws Exception {
    assertThat(set("--onboot yes")).isZero();
    assertThat(vz.out()).isEqualTo(UNSAVED);
    vz.running(101);
    assertThat(set("--onboot yes")).isZero();
    assertThat(vz.out()).isEqualTo(LOST);
    assertThat(config()).contains("ONBOOT=\"no\"");
  }

  /** The first stage that has something to do fails. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--numproc 100 | Unable to apply UBC parameters: container is not running",
        "--cpus 2 --numproc 100 | Unable to apply UBC parameters: container is not running",
        "--ipadd 10.0.0.1 | Unable to apply network parameters: container is not running",
        "--netif_add eth0 | Unable to apply network parameters: container is not running",
        "--cpus 2 | Unable to apply CPU parameters: container is not running",
        "--devices c:10:200:rw | Unable to apply devperm: container is not running",
      })
  void aStoppedContainerTakesNothingThatIsNotSaved(String words, String error) {
    assertThat(set(words.strip())).isEqualTo(31);
    assertThat(vz.err()).isEqualTo(error + "\n");
    assertThat(vz.out()).doesNotContain("WARNING");
  }

  @Test
  void aHostNameWaitsForTheContainer() {
    assertThat(set("--hostname web")).isZero();
    assertThat(vz.out()).isEqualTo("Unable to configure container: not running\n" + UNSAVED);
  }

  @Test
  void withRamEveryChangeConcernsTheLimits() throws Exception {
    vz.container(101, "PHYSPAGES=\"0:262144\"", "SWAPPAGES=\"0:262144\"");
    assertThat(set("--onboot yes")).isEqualTo(31);
    assertThat(vz.err()).isEqualTo("Unable to apply UBC parameters: container is not running\n");
  }

  @ParameterizedTest
  @CsvSource({"--private /x,VE_PRIVATE", "--root /x,VE_ROOT"})
  void placesAreNotChangedUnderARunningContainer(String words, String key) throws Exception {
    vz.running(101);
    assertThat(set(words + " --save")).isEqualTo(32);
    assertThat(vz.err()).isEqualTo("Unable to change " + key + " on a running container\n");
    assertThat(config()).doesNotContain(key);
  }

  @Test
  void whatNeedsARestartIsToldAndSaved() throws Exception {
    vz.running(101);
    assertThat(set("--capability sys_time:on --save")).isZero();
    assertThat(vz.err())
        .isEqualTo(
            """
            Unable to set capability on a running container
            WARNING: Some of the parameters could not be applied to a running container.
            \tPlease consider using --setmode option
            """);
    assertThat(vz.out()).endsWith(saved());
    assertThat(config()).contains("CAPABILITY=\"");
  }

  @Test
  void whatNeedsARestartIsRefusedWithIgnore() throws Exception {
    vz.running(101);
    assertThat(set("--capability sys_time:on --setmode ignore --save")).isEqualTo(32);
    assertThat(vz.err()).isEqualTo("Unable to set capability on a running container\n");
    assertThat(config()).doesNotContain("CAPABILITY");
  }

  @Test
  void aNameIsALinkAndComesAndGoes() throws Exception {
    assertThat(vz.run("set", "101", "--name", "my web", "--save")).isZero();
    assertThat(vz.out()).isEqualTo("Name my web assigned\n" + saved());
    assertThat(vz.run("status", "my web")).isZero();
    assertThat(set("--name db --save")).isZero();
    assertThat(vz.run("status", "my web")).isEqualTo(21);
    assertThat(vz.run("set", "101", "--name", "", "--save")).isZero();
    assertThat(vz.out()).startsWith("Name  assigned\n");
    assertThat(vz.paths().names()).isEmptyDirectory();
  }

  @Test
  void aNameOfAnotherIsAConflictAndChangesNothing() throws Exception {
    vz.container(102, "NAME=\"web\"");
    vz.name("web", 102);
    String before = config();
    assertThat(set("--name web --onboot yes --save")).isEqualTo(131);
    assertThat(vz.err()).isEqualTo("Conflict: name web already used by container 102\n");
    assertThat(config()).isEqualTo(before);
    assertThat(vz.run("status", "web")).isZero();
    assertThat(vz.out()).startsWith("CTID 102 ");
  }

  @Test
  void aMissingConfigurationIsMade() throws Exception {
    assertThat(vz.run("set", "105", "--onboot", "yes", "--save")).isZero();
    assertThat(vz.err()).isEqualTo("WARNING: " + vz.config(105) + " not found\n");
    assertThat(Files.readString(vz.config(105))).isEqualTo("ONBOOT=\"yes\"\n");
  }

  @Test
  void aSampleIsAppliedButForWhatIsTheContainersOwn() throws Exception {
    Files.writeString(
        vz.paths().conf().resolve("ve-s.conf-sample"),
        "ONBOOT=\"yes\"\nHOSTNAME=\"sample\"\nDESCRIPTION=\"sample\"\nBOOTORDER=\"3\"\n");
    assertThat(set("--applyconfig s --bootorder 5 --save")).isZero();
    assertThat(config())
        .contains("ONBOOT=\"yes\"", "BOOTORDER=\"5\"", "ORIGIN_SAMPLE=\"s\"")
        .doesNotContain("HOSTNAME", "DESCRIPTION");
    assertThat(set("--applyconfig none --save")).isEqualTo(109);
    assertThat(vz.err())
        .isEqualTo(
            "Sample config file not found: "
                + vz.paths().conf().resolve("ve-none.conf-sample")
                + "\n");
  }

  @Test
  void aNameIsRestoredFromTheFile() throws Exception {
    vz.container(101, "NAME=\"web\"");
    assertThat(set("--applyconfig_map name")).isZero();
    assertThat(vz.out()).isEqualTo("Name web assigned\n");
    assertThat(vz.run("status", "web")).isZero();
  }

  @Test
  void aDryRunTellsWhatWouldBeSaved() throws Exception {
    String before = config();
    assertThat(set("--onboot yes --bootorder 5 --save --dry-run")).isZero();
    assertThat(vz.out()).isEqualTo("save ONBOOT=\"yes\" (was \"no\")\nsave BOOTORDER=\"5\"\n");
    assertThat(config()).isEqualTo(before);
    assertThat(set("--onboot no --save --dry-run")).isZero();
    assertThat(vz.out()).isEqualTo("nothing changes\n");
  }
}

package org.vzj.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.quota.DiskLimit;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaLimits;
import org.vzj.quota.QuotaRecord;

/** vzquota and its companions, as far as they need no quota in the kernel. */
class VzquotaTest {
  private static final QuotaLimits LIMITS =
      new QuotaLimits(new DiskLimit(1000, 1100), new DiskLimit(20, 30), 3600, 3600);

  @TempDir Path top;
  private Caller caller;
  private Caller.Result last = new Caller.Result(0, "", "");
  private QuotaFiles files;

  @BeforeEach
  void prepare() throws IOException {
    caller = new Caller(top);
    files = new QuotaFiles(top.resolve("state/vzquota"));
    Files.createDirectories(top.resolve("tree"));
  }

  private int vzquota(String... words) {
    return run("vzquota", words);
  }

  private QuotaRecord saved() throws IOException {
    return Objects.requireNonNull(files.read(101));
  }

  private int run(String tool, String... words) {
    last = caller.run(Objects.requireNonNull(ToolTable.find(tool)), words);
    return last.status();
  }

  private void record(boolean on) throws IOException {
    QuotaRecord record = QuotaRecord.of(top.resolve("tree"), 101, LIMITS);
    files.save(101, on ? record.turnedOn() : record);
  }

  @Test
  void versionAndUsage() {
    assertThat(vzquota("-V")).isZero();
    assertThat(last.out()).isEqualTo("Vzquota version 2.5.0\n");
    assertThat(vzquota()).isEqualTo(2);
    assertThat(last.err()).startsWith("Usage: vzquota ");
    assertThat(vzquota("frob", "101")).isEqualTo(2);
    assertThat(last.err()).startsWith("Unknown command: 'frob'\nUsage: vzquota ");
    assertThat(vzquota("-h")).isEqualTo(2);
    assertThat(vzquota("-x", "stat", "101")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stat",
        "stat x",
        "stat 0",
        "stat -1",
        "init 101 -p tree",
        "init 101 -p tree -b 1 -B 2 -i 3 -I 4 -e 5",
        "init 101 -p tree -b 1K -B 2 -i 3 -I 4 -e 5 -n 6",
        "init 101 -p tree -b 1 -B 2 -i 3 -I 4 -e 5 -n 1:60:00",
        "init 101 -p tree -b 1 -B 2 -i 3 -I 4 -e 5 -n 6 -s 2",
        "setlimit 101",
        "setlimit 101 -b",
        "setlimit 101 -b 1 more",
        "setlimit2 101 -u 1000 1 2 3",
        "setlimit2 101 -u -g 1000 1 2 3 4",
        "setlimit2 101 -t 5",
        "off 101 --nocheck",
        "stat 101 -c a -R"
      })
  void wrongWords(String line) throws IOException {
    record(true);
    assertThat(vzquota(line.split(" "))).isEqualTo(2);
    assertThat(last.out()).isEmpty();
    assertThat(saved().limits()).isEqualTo(LIMITS);
  }

  @Test
  void withoutAFile() {
    for (String command : new String[] {"on", "off", "drop"}) {
      assertThat(vzquota(command, "101")).as(command).isEqualTo(11);
    }
    assertThat(vzquota("setlimit", "101", "-b", "1")).isEqualTo(11);
    assertThat(vzquota("show", "101")).isEqualTo(11);
    assertThat(last.err()).isEqualTo("vzquota : (error) Quota file must exist for show command\n");
    assertThat(vzquota("stat", "101")).isEqualTo(6);
    assertThat(last.err())
        .isEqualTo("vzquota : (error) Quota accounting is off, try vzquota show id\n");
    assertThat(vzquota("reload2", "101")).isZero();
  }

  @Test
  void whatIsOnAndWhatIsOff() throws IOException {
    record(false);
    assertThat(vzquota("off", "101")).isEqualTo(6);
    assertThat(last.err()).isEqualTo("vzquota : (error) Quota is not running for id 101\n");
    assertThat(vzquota("setlimit2", "101", "-u", "1000", "1", "2", "3", "4")).isEqualTo(6);
    assertThat(last.err()).isEqualTo("vzquota : (error) Quota accounting is off\n");
    assertThat(vzquota("setlimit", "101", "-b", "5", "-B", "6", "-e", "1h")).isZero();
    assertThat(saved().limits())
        .isEqualTo(new QuotaLimits(new DiskLimit(5, 6), new DiskLimit(20, 30), 3600, 3600));
    assertThat(vzquota("setlimit", "101", "-b", "7")).isEqualTo(2);
    assertThat(last.err())
        .isEqualTo("vzquota : (error) block_hard_limit [6] < block_soft_limit [7]\n");
    record(true);
    assertThat(vzquota("on", "101")).isEqualTo(5);
    assertThat(last.err()).isEqualTo("vzquota : (error) Quota is running for id 101 already\n");
    assertThat(vzquota("drop", "101")).isEqualTo(5);
    assertThat(vzquota("setlimit2", "101", "-u", "1000", "1", "2", "3", "4")).isEqualTo(6);
    assertThat(last.err()).isEqualTo("vzquota : (error) Second level quota accounting is off\n");
    assertThat(
            vzquota(
                "init", "101", "-p", "tree", "-b", "1", "-B", "2", "-i", "3", "-I", "4", "-e", "5",
                "-n", "6"))
        .isEqualTo(5);
    assertThat(last.err())
        .isEqualTo(
            """
            vzquota : (warning) Quota file exists, it will be overwritten
            vzquota : (error) Quota is running, stop it first
            """);
    assertThat(vzquota("drop", "101", "-f")).isZero();
    assertThat(files.read(101)).isNull();
  }

  @Test
  void whatIsShownOfATreeThatNobodyCounts() throws IOException {
    record(false);
    assertThat(vzquota("show", "101")).isZero();
    assertThat(last.out())
        .isEqualTo(
            """
               resource          usage       softlimit      hardlimit    grace
              1k-blocks              0            1000           1100\s\s\s\s\s\s\s\s\s
                 inodes              0              20             30\s\s\s\s\s\s\s\s\s
            """);
    files.save(101, saved().marked(true));
    assertThat(vzquota("-b", "show", "101")).as("dirty").isEqualTo(10);
    assertThat(last.out()).startsWith("             0           1000           1100 ");
    assertThat(vzquota("show", "101", "-t")).isIn(9, 10);
    assertThat(vzquota("show", "101", "--json")).isEqualTo(10);
    assertThat(last.out()).contains("\"softlimit\": 1000");
  }

  @Test
  void anotherFileIsNamed() throws IOException {
    QuotaFiles.save(top.resolve("own"), QuotaRecord.of(top.resolve("tree"), 101, LIMITS));
    assertThat(vzquota("show", "101", "-c", top.resolve("own").toString())).isZero();
    Files.move(top.resolve("own"), top.resolve("quota.tree"));
    assertThat(vzquota("show", "101", "-p", top.resolve("tree").toString())).isZero();
    assertThat(vzquota("show", "101", "-R", "-p", top.resolve("none").toString())).isEqualTo(11);
    Files.writeString(top.resolve("quota.tree"), "something else");
    assertThat(vzquota("show", "101", "-p", top.resolve("tree").toString())).isEqualTo(4);
  }

  @Test
  void dumpAndLoad() throws IOException {
    assertThat(run("vzdqdump", "101")).isEqualTo(2);
    assertThat(run("vzdqdump", "101", "-F")).isEqualTo(11);
    record(false);
    assertThat(run("vzdqdump", "101", "-f", "-F", "-U")).isZero();
    assertThat(last.out())
        .isEqualTo(
            """
            ugid_quota_status:	0
            ugid_number:	0
            #ugid:	ID	type	bsoft	bhard	isoft	ihard
            first_level_quota:	0	1024000	1126400	0	3600
            first_level_quota:	0	20	30	0	3600
            """);
    caller.typing(last.out().replace("1024000", "512000"));
    assertThat(run("vzdqload", "101", "-F", "-U")).isZero();
    assertThat(saved().limits().space()).isEqualTo(new DiskLimit(500, 1100));
    caller.typing("garbage\n");
    assertThat(run("vzdqload", "101", "-F")).isEqualTo(4);
    record(true);
    assertThat(run("vzdqload", "101", "-F")).isEqualTo(5);
  }

  @Test
  void checkWantsAPath() {
    assertThat(run("vzdqcheck")).isEqualTo(2);
    assertThat(run("vzdqcheck", "-V")).isZero();
    assertThat(run("vzdqcheck", "a", "b")).isEqualTo(2);
  }
}

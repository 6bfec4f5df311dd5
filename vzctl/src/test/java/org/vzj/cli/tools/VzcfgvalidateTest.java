package org.vzj.cli.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.cli.tools.Caller.Result;

/** vzcfgvalidate as it is called: files, prompts, exit codes. */
@SuppressWarnings("StringConcatToTextBlock") // prompts end no line
class VzcfgvalidateTest {
  private static final String GOOD =
      """
      # kept
      NUMPROC="240:240"
      NUMTCPSOCK="360:360"
      NUMOTHERSOCK="360:360"
      VMGUARPAGES="33792:9223372036854775807"
      KMEMSIZE="14372700:14790164"
      TCPSNDBUF="1720320:2703360"
      TCPRCVBUF="1720320:2703360"
      OTHERSOCKBUF="1126080:2097152"
      DGRAMRCVBUF="262144:262144"
      OOMGUARPAGES="26112:unlimited"
      PRIVVMPAGES="65536:69632"
      LOCKEDPAGES="256:256"
      SHMPAGES="21504:21504"
      PHYSPAGES="0:unlimited"
      NUMFILE="9312:9312"
      NUMFLOCK="188:206"
      NUMPTY="16:16"
      NUMSIGINFO="256:256"
      DCACHESIZE="3409920:3624960"
      NUMIPTENT="128:128"
      HOSTNAME="web"
      """;
  private static final String BAD = GOOD.replace("240:240", "240:250").replace("16:16", "16:20");

  private final Caller caller;

  VzcfgvalidateTest(@TempDir Path top) throws IOException {
    caller = new Caller(top);
  }

  private Result run(String... words) {
    return caller.run(Vzcfgvalidate::run, words);
  }

  @Test
  void findsItGood() throws IOException {
    caller.write("good", GOOD);
    assertThat(run("good")).isEqualTo(new Result(0, "", "Validation completed: success\n"));
    assertThat(run("-r", caller.path("good").toString()).status()).isZero();
    assertThat(caller.read("good")).isEqualTo(GOOD);
  }

  @Test
  void complainsAndLeavesItAsItIs() throws IOException {
    caller.write("bad", BAD);
    assertThat(run("bad"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                Error: barrier should be equal to limit for numproc (currently, 240:250)
                Error: barrier should be equal to limit for numpty (currently, 16:20)
                """));
    assertThat(caller.read("bad")).isEqualTo(BAD);
  }

  @Test
  void repairs() throws IOException {
    caller.write("bad", BAD);
    Result result = run("-r", "bad");
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("set to 250:250\nset to 20:20\n");
    assertThat(result.err()).endsWith("Validation completed: success\n");
    assertThat(caller.read("bad"))
        .isEqualTo(GOOD.replace("\"240:240\"", "\"250\"").replace("\"16:16\"", "\"20\""));
  }

  @Test
  void asks() throws IOException {
    caller.write("bad", BAD);
    Result refused = caller.typing("what\nn\ny\n").run(Vzcfgvalidate::run, "-i", "bad");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "Error: barrier should be equal to limit for numproc (currently, 240:250)\n"
                + " (y/n) [y]  (y/n) [y] "
                + "Error: barrier should be equal to limit for numpty (currently, 16:20)\n"
                + " (y/n) [y] ");
    assertThat(caller.read("bad")).isEqualTo(BAD);
    Result accepted = caller.typing("\ny\n").run(Vzcfgvalidate::run, "-i", "bad");
    assertThat(accepted.status()).isZero();
    assertThat(caller.read("bad")).contains("NUMPROC=\"250\"").contains("NUMPTY=\"20\"");
    caller.write("bad", BAD);
    assertThat(caller.typing("").run(Vzcfgvalidate::run, "-i", "bad").status()).isEqualTo(2);
  }

  @Test
  void looksAtRamAndSwapIfThoseAreLimited() throws IOException {
    caller.write("small", "PHYSPAGES=\"0:1\"\nSWAPPAGES=\"0:0\"\n");
    assertThat(run("small").status()).isZero();
    assertThat(run("-v", "no", "small").err()).startsWith("Error: parameter numproc not found\n");
    caller.write("half", "PHYSPAGES=\"1:1\"\n");
    assertThat(run("half"))
        .isEqualTo(
            new Result(
                2,
                "",
                """
                Error: physpages.bar should be = 0 (currently, 1)
                Error: parameter swappages not found
                """));
  }

  @Test
  void looksAtTheDiskIfVzConfSaysSo() throws IOException {
    caller.write("etc/vz.conf", "DISK_QUOTA=yes\n");
    caller.write("good", GOOD + "DISKSPACE=\"5:4\"\nDISKINODES=\"4:5\"\n");
    assertThat(run("good").err())
        .isEqualTo("Error: barrier should be <= limit for diskspace (currently, 5:4)\n");
    assertThat(run("-r", "good").status()).isZero();
    assertThat(caller.read("good")).contains("DISKSPACE=\"5:5\"\n");
  }

  @Test
  void refusesWrongCalls() {
    assertThat(run("none"))
        .isEqualTo(new Result(1, "", "Container configuration file none not found\n"));
    String usage = "Usage: vzcfgvalidate [-r|-i] [-v yes|no] <configfile>\n";
    assertThat(run().status()).isEqualTo(1);
    assertThat(run().err()).startsWith(usage);
    assertThat(run("-x").err()).startsWith("vzcfgvalidate: invalid option -- 'x'\n" + usage);
    assertThat(run("-v", "maybe", "x").err())
        .startsWith("Invalid argument for -v: maybe\n" + usage);
    assertThat(run("-h").out()).startsWith(usage);
    assertThat(run("-h").status()).isZero();
  }
}

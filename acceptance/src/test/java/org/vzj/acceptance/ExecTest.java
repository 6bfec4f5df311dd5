package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Commands in a container: words, environment, exit statuses, ends of all kinds. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class ExecTest {
  private final Sandbox sandbox = Sandbox.open();
  private int id;
  private String ct = "";

  @BeforeAll
  void start() {
    id = sandbox.start("sysvinit");
    ct = "" + id;
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  private String exec2(String... words) {
    return sandbox.vzctl(with("exec2", words)).ok();
  }

  private String[] with(String command, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = command;
    all[1] = ct;
    System.arraycopy(words, 0, all, 2, words.length);
    return all;
  }

  @Test
  void statusesOfExec2() {
    // One JVM for each would take its time: the shell inside a loop of ours covers the range.
    for (int status : new int[] {0, 1, 2, 7, 8, 31, 100, 126, 127, 128, 130, 254, 255}) {
      assertThat(sandbox.vzctl("exec2", ct, "exit", "" + status).status()).isEqualTo(status);
    }
  }

  @Test
  void statusesOfExecAreZeroOrEight() {
    sandbox.vzctl("exec", ct, "exit", "0").expect(0);
    for (int status : new int[] {1, 8, 127, 255}) {
      Result result = sandbox.vzctl("exec", ct, "exit", "" + status).expect(8);
      assertThat(result.out() + result.err()).isEmpty();
    }
    Result missing = sandbox.vzctl("exec", ct, "no-such-program").expect(8);
    assertThat(missing.err()).contains("no-such-program");
  }

  @Test
  void everyStatusFromZeroTo255() {
    Result all =
        Host.run(
            "env",
            "VZ_ETC_DIR=" + sandbox.etc(),
            "VZ_RUN_DIR=" + sandbox.base().resolve("run"),
            "VZ_LIB_DIR=" + sandbox.base().resolve("lib"),
            "sh",
            "-c",
            "for i in $(seq 0 255); do $1 exec2 $2 \"exit $i\" </dev/null; s=$?;"
                + " [ $s = $i ] || echo $i gave $s; done; echo looked",
            "sh",
            sandbox.base().resolve("lib/bin/vzctl").toString(),
            ct);
    assertThat(all.ok()).isEqualTo("looked\n");
  }

  @Test
  void killedBySignal() {
    Result killed = sandbox.vzctl("exec2", ct, "kill -9 $$").expect(3);
    assertThat(killed.err()).isEqualTo("Got signal 9\n");
    Result terminated = sandbox.vzctl("exec", ct, "kill -15 $$").expect(8);
    assertThat(terminated.err()).isEqualTo("Got signal 15\n");
  }

  @Test
  void scriptFromStandardInput() {
    Result result =
        sandbox.vzctlWithInput("echo one\ncd /etc\npwd\nexit 42\n", "exec2", ct, "-").expect(42);
    assertThat(result.out()).isEqualTo("one\n/etc\n");
  }

  @Test
  void wordsAreJoinedForAShell() {
    assertThat(exec2("echo", "a  b", ";", "echo", "$((6*7))", "|", "tr", "4", "x"))
        .isEqualTo("a b\nx2\n");
    assertThat(exec2("printf", "'[%s]'", "one", "", "three")).isEqualTo("[one][][three]");
    assertThat(exec2("echo --version -h --quiet; echo", "--help"))
        .isEqualTo("--version -h --quiet\n--help\n");
    assertThat(sandbox.vzctl("exec", ct).expect(20).err())
        .isEqualTo("No command line given for exec\n");
  }

  @Test
  void bytesOfWordsArriveAsTheyAre() {
    assertThat(exec2("echo", "'grüße ☃ '", "| od -An -tx1 | tr -d ' \\n'"))
        .isEqualTo("6772c3bcc39f6520e298 83200a".replace(" ", ""));
    assertThat(exec2("printf %s 'tab\there\nand a line\\134'"))
        .isEqualTo("tab\there\nand a line\\134");
  }

  @Test
  void environmentIsExactlyThis() {
    assertThat(exec2("tr '\\0' '\\n' < /proc/$$/environ | sort"))
        .isEqualTo(
            """
            HOME=/
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            TERM=linux
            """);
    assertThat(
            exec2(
                "pwd; umask; id -u; id -g; id -G; ulimit -c >/dev/null; tty"
                    + "; grep SigBlk /proc/self/status; ls /proc/$$/fd | tr '\\n' ' '; true"))
        .isEqualTo("/\n0022\n0\n0\n0\nnot a tty\nSigBlk:\t0000000000000000\n0 1 2 ");
  }

  @Test
  void exec3UsesNoShell() {
    assertThat(sandbox.vzctl("exec3", ct, "echo", "$HOME", "a  b", "", ";").ok())
        .isEqualTo("$HOME a  b  ;\n");
    assertThat(sandbox.vzctl("exec3", ct, "/bin/false").status()).isEqualTo(1);
    assertThat(sandbox.vzctl("exec3", ct, "no-such-program").status()).isNotZero();
  }

  @Test
  void standardErrorIsKeptApart() {
    Result result = sandbox.vzctl("exec2", ct, "echo out; echo err >&2").expect(0);
    assertThat(result.out()).isEqualTo("out\n");
    assertThat(result.err()).isEqualTo("err\n");
  }

  @Test
  void endOfInputIsPassedOn() {
    assertThat(exec2("wc -c")).isEqualTo("0\n");
    assertThat(sandbox.vzctlWithInput("12345", "exec2", ct, "wc -c").ok()).isEqualTo("5\n");
  }

  @Test
  void inputThatNobodyReadsHoldsNothingUp() throws Exception {
    try (Running running = sandbox.background("exec2", ct, "echo done")) {
      // Its standard input stays open all the time.
      assertThat(running.await(Duration.ofSeconds(60)).ok()).isEqualTo("done\n");
    }
  }

  @Test
  void childInTheBackgroundHoldsNothingUp() {
    long begin = System.nanoTime();
    assertThat(exec2("sleep 61.7 & echo started")).isEqualTo("started\n");
    assertThat(System.nanoTime() - begin).isLessThan(Duration.ofSeconds(55).toNanos());
    assertThat(exec2("pkill -f 'sleep 61[.]7' && echo it ran on")).isEqualTo("it ran on\n");
  }

  @Test
  void notRunning() {
    int stopped = sandbox.create("busybox");
    assertThat(sandbox.vzctl("exec2", "" + stopped, "true").expect(31).err())
        .isEqualTo("Container is not running\n");
    assertThat(sandbox.vzctl("exec", "" + stopped, "true").expect(8).err())
        .isEqualTo("Container is not running\n");
    assertThat(sandbox.vzctl("exec3", "" + stopped, "true").expect(31).err())
        .isEqualTo("Container is not running\n");
  }

  @Test
  void processIsOneOfTheContainer() {
    // A variable of the parent shell would not do: the process looks at itself.
    assertThat(exec2("cat /proc/self/cgroup /proc/1/cgroup | sed 's/^[0-9]*://' | sort | uniq -u"))
        .as("groups that only one of them is in")
        .isEmpty();
    for (String namespace : List.of("user", "pid", "mnt", "net", "ipc", "uts", "cgroup")) {
      assertThat(exec2("readlink /proc/self/ns/" + namespace))
          .as(namespace)
          .isEqualTo(exec2("readlink /proc/1/ns/" + namespace));
    }
    String own = exec2("grep -E '^(Cap|Seccomp:|NoNewPrivs)' /proc/self/status");
    assertThat(own).isEqualTo(exec2("grep -E '^(Cap|Seccomp:|NoNewPrivs)' /proc/1/status"));
    assertThat(own).contains("Seccomp:\t2\n");
  }

  @Test
  void initDiesWhileACommandRuns() {
    int victim = sandbox.start("busybox");
    try (Running running = sandbox.background("exec2", "" + victim, "echo up; sleep 1000")) {
      Host.await("it runs", Duration.ofSeconds(60), () -> running.outSoFar().equals("up\n"));
      sandbox.vzctl("stop", "" + victim, "--fast").expect(0);
      Result result = running.await(Duration.ofSeconds(60)).expect(3);
      assertThat(result.err()).isEqualTo("Got signal 9\n");
    }
    sandbox.assertNothingRemains(victim);
  }

  /** Where groups have real-time of their own, and none at first, it could not even get in. */
  @Test
  void nobodyInsideIsRealtimeBecauseTheCallerIs() {
    List<String> realtime = List.of("chrt", "--fifo", "1");
    assumeTrue(
        Host.run("chrt", "--fifo", "1", "true").status() == 0, "needs chrt and CAP_SYS_NICE");
    for (String command : List.of("exec2", "restart")) {
      ProcessBuilder builder =
          command.equals("exec2")
              ? sandbox.command("vzctl", "exec2", ct, "cat", "/proc/self/stat")
              : sandbox.command("vzctl", "restart", ct, "--fast");
      builder.command().addAll(0, realtime);
      String said;
      try (Running running = Running.start(builder)) {
        said = running.await(Sandbox.LIMIT).ok();
      }
      String stat =
          command.equals("exec2") ? said : Host.read(Path.of("/proc/" + sandbox.init(id), "stat"));
      // From the third: rt_priority and policy are the 40th and 41st, proc_pid_stat(5).
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      assertThat(List.of(fields[37], fields[38])).as(command + ": " + said).containsOnly("0");
    }
  }
}

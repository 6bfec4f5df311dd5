package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * vzctl's messages and exit codes, to the byte where OpenVZ's are known: a row of {@link
 * ExitCodeRows} each. Rows leave the containers as they are, or put them back.
 */
@Tag("root")
@Timeout(120)
class ExitCodeTest {
  private static Sandbox sandbox;
  private static int stopped;
  private static int running;
  private static int mounted;
  private static int none;
  private static Process holder;

  @BeforeAll
  static void prepare() throws IOException {
    sandbox = Sandbox.open();
    stopped = sandbox.create("busybox", "--config", "basic", "--name", "vztest-s");
    running = sandbox.create("busybox", "--config", "basic");
    mounted = sandbox.create("busybox", "--config", "basic");
    none = sandbox.id();
    // The distribution's own file, so that no warning is said about it.
    Files.copy(sandbox.etc().resolve("dists/default"), sandbox.etc().resolve("dists/busybox.conf"));
    Files.writeString(sandbox.config(running), "STOP_TIMEOUT=\"1\"\n", StandardOpenOption.APPEND);
    sandbox.vzctl("start", "" + running).expect(0);
    sandbox.vzctl("mount", "" + mounted).expect(0);
    holder = new ProcessBuilder("sleep", "1000").start();
  }

  @AfterAll
  static void close() {
    if (holder != null) {
      holder.destroyForcibly();
    }
    if (sandbox != null) {
      sandbox.close();
    }
  }

  static Stream<ExitCodeRows.Row> rows() {
    return ExitCodeRows.all().stream();
  }

  /** Puts this sandbox's values in place of the letters in braces. */
  private static String fill(String text) {
    return text.replace("{S}", "" + stopped)
        .replace("{R}", "" + running)
        .replace("{M}", "" + mounted)
        .replace("{N}", "" + none)
        .replace("{P}", "" + holder.pid())
        .replace("{ETC}", sandbox.etc().toString())
        .replace("{VZ}", sandbox.base().resolve("vz").toString());
  }

  private static void shell(String line) {
    if (!line.isEmpty()) {
      Host.run("bash", "-ec", fill(line)).expect(0);
    }
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("rows")
  void row(ExitCodeRows.Row row) {
    Path configuration = sandbox.etc().resolve("vz.conf");
    String before = Host.read(configuration);
    try {
      shell(row.before());
      String[] words = new String[row.words().size()];
      for (int i = 0; i < words.length; i++) {
        words[i] = fill(row.words().get(i));
      }
      Result result = sandbox.vzctl(words);
      assertThat(result.status()).as(result::toString).isEqualTo(row.status());
      check(result, "out", result.out(), row.out());
      check(result, "err", result.err(), row.err());
    } finally {
      shell(row.after());
      write(configuration, before);
    }
  }

  /** A text that begins with ~ is a part; others are all there is. */
  private static void check(Result result, String stream, String actual, String expected) {
    String wanted = fill(expected);
    if (wanted.startsWith("~")) {
      assertThat(actual).as("%s of %s", stream, result).contains(wanted.substring(1));
    } else {
      assertThat(actual).as("%s of %s", stream, result).isEqualTo(wanted);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyCodeOfTheReferenceIsMetOrAccountedFor() {
    Set<Integer> met =
        ExitCodeRows.all().stream()
            // Where the status may be that of the command inside.
            .filter(row -> !row.words().contains("exec2") && !row.words().contains("runscript"))
            .map(ExitCodeRows.Row::status)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> accounted = new TreeSet<>(met);
    accounted.addAll(ExitCodeRows.ELSEWHERE.keySet());
    accounted.addAll(ExitCodeRows.LATER.keySet());
    assertThat(accounted).containsAll(ExitCodeRows.REFERENCE);
    assertThat(ExitCodeRows.LATER.keySet()).doesNotContainAnyElementsOf(met);
    System.out.printf(
        "%d rows meet %d of the %d codes; %d are met by other tests; %d belong to what comes later:%n",
        ExitCodeRows.all().size(),
        met.size(),
        ExitCodeRows.REFERENCE.size(),
        ExitCodeRows.ELSEWHERE.size(),
        ExitCodeRows.LATER.size());
    ExitCodeRows.LATER.forEach((code, why) -> System.out.println("  " + code + ": " + why));
  }
}

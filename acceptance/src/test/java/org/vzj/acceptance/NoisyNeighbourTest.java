package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All hogs at once in one container, a fork bomb among them, while another one serves the web. */
@Tag("root")
@Timeout(300)
class NoisyNeighbourTest {
  /** A request may take so many times as long as in quiet, */
  private static final long FACTOR = 20;

  /** or so many microseconds, if that is more: the kernel's slices of time are of this order. */
  private static final long FLOOR = 50_000;

  private static final int REQUESTS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path VISITOR = Path.of("src/test/perl/visitor.pl");

  private static Sandbox sandbox;
  private static int hog;
  private static int web;

  @BeforeAll
  static void start() throws IOException {
    sandbox = Sandbox.open();
    hog = sandbox.create("debian-12-x86_64");
    web = sandbox.create("debian-12-x86_64");
    Hog.install(sandbox.privateArea(hog));
    Files.copy(VISITOR, sandbox.privateArea(web).resolve("visitor.pl"));
    sandbox
        .set(hog, "--ram", "128M", "--swap", "0", "--iolimit", "4M", "--numpty", "4", "--save")
        .expect(0);
    sandbox.set(hog, "--shmpages", "64", "--cpuunits", "1000", "--save").expect(0);
    sandbox.vzctl("start", "" + hog, "" + web, "--wait").expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  /** The median time of a request, and what nineteen of twenty stay below, in microseconds. */
  private record Answers(long median, long most) {}

  private static Answers visit() {
    String said = sandbox.vzctl(LIMIT, "exec2", "" + web, "perl /visitor.pl " + REQUESTS).ok();
    String[] words = said.split(" ", -1);
    assertThat(said).startsWith(REQUESTS + " answers, ");
    return new Answers(Long.parseLong(words[3]), Long.parseLong(words[6]));
  }

  private static Running loop(String command) {
    return sandbox.background(
        "exec", "" + hog, "while :; do " + command + "; done >/dev/null 2>&1 </dev/null");
  }

  @Test
  void itServesWhileAllHogsAreAtWork() throws Exception {
    long inits = sandbox.init(hog) + sandbox.init(web);
    Answers quiet = visit();
    Map<String, Resources> before = Resources.of(sandbox, hog);
    Deque<AutoCloseable> hogs = new ArrayDeque<>();
    try {
      let(hogs);
      Answers noisy = visit();
      System.out.printf("answers in quiet: %s, beside all hogs: %s%n", quiet, noisy);
      for (String refused : List.of("numproc", "physpages", "oomguarpages")) {
        assertThat(fails(before, refused)).as(refused).isTrue();
      }
      assertThat(sandbox.init(hog) + sandbox.init(web)).as("both live on").isEqualTo(inits);
      assertThat(sandbox.status(hog)).isEqualTo("exist mounted running");
      long most = Math.max(FACTOR * quiet.median(), FLOOR);
      assertThat(noisy.median()).isLessThan(most);
      assertThat(noisy.most()).isLessThan(4 * most);
    } finally {
      sandbox.vzctl("stop", "" + hog, "--fast").expect(0);
      for (AutoCloseable one : hogs) {
        one.close();
      }
    }
  }

  /** Lets all of them in; the bomb last, as it leaves no process to the others. */
  private static void let(Deque<AutoCloseable> hogs) {
    Map<String, Resources> before = Resources.of(sandbox, hog);
    String[] kinds = {"terminals", "segments", "locks", "listeners", "unix", "streams"};
    for (String kind : kinds) {
      hogs.push(Hog.take(sandbox, hog, kind, kind.equals("streams") ? 4 : 200));
    }
    hogs.push(loop("perl /hog.pl memory 400"));
    hogs.push(loop("dd if=/dev/zero of=/root/big bs=1M count=64 conv=fsync"));
    Host.await("memory ran out", LIMIT, () -> fails(before, "oomguarpages"));
    long most = Resources.of(sandbox, hog, "numproc").held() + 40;
    sandbox.set(hog, "--numproc", "" + most).expect(0);
    hogs.push(sandbox.background("exec", "" + hog, "perl -e 'fork while 1'"));
    Host.await("no process is left for the bomb", LIMIT, () -> fails(before, "numproc"));
  }

  private static boolean fails(Map<String, Resources> before, String name) {
    Resources old = before.get(name);
    return Resources.of(sandbox, hog, name).failcnt() > (old == null ? 0 : old.failcnt());
  }
}

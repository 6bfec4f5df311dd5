package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fifty containers in one command: created, started, executed in, stopped, destroyed. */
@Tag("root")
class ManyTest {
  private static final int COUNT = 50;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Test
  void fiftyInOneCommand() {
    try (Sandbox sandbox = Sandbox.open()) {
      sandbox.template("busybox");
      List<Integer> ids = sandbox.ids(COUNT);
      String range = ids.getFirst() + "-" + ids.getLast();

      done(sandbox, "create", range, "--ostemplate", "busybox");
      assertThat(uids(sandbox, ids))
          .as("user ids are each container's own")
          .doesNotHaveDuplicates();

      done(sandbox, "start", range);
      assertStatus(sandbox, range, ids, "exist mounted running");
      assertThat(ids.stream().map(sandbox::init)).doesNotHaveDuplicates().doesNotContain(0L);
      assertThat(sandbox.vzlist("-H", "-1").ok().lines().map(String::strip))
          .containsExactlyElementsOf(ids.stream().map(String::valueOf).toList());

      Result exec = sandbox.vzctl(LIMIT, "exec2", range, "test -e /run/started; echo up $?");
      assertThat(exec.ok().lines().sorted())
          .containsExactlyElementsOf(ids.stream().map(id -> "CT " + id + ": up 0").toList());

      done(sandbox, "stop", range);
      assertStatus(sandbox, range, ids, "exist unmounted down");
      ids.forEach(sandbox::assertNothingRemains);

      done(sandbox, "destroy", range);
      assertStatus(sandbox, range, ids, "deleted unmounted down");
    }
  }

  private static void done(Sandbox sandbox, String... words) {
    Result result = sandbox.vzctl(LIMIT, words).expect(0);
    assertThat(result.lines().getLast())
        .isEqualTo(words[0] + ": " + COUNT + " containers, " + COUNT + " done, 0 failed");
  }

  private static void assertStatus(
      Sandbox sandbox, String range, List<Integer> ids, String wanted) {
    assertThat(sandbox.vzctl("status", range).ok().lines())
        .containsExactlyElementsOf(ids.stream().map(id -> "CTID " + id + " " + wanted).toList());
  }

  private static List<String> uids(Sandbox sandbox, List<Integer> ids) {
    return ids.stream()
        .map(
            id ->
                Host.read(sandbox.config(id))
                    .lines()
                    .filter(line -> line.startsWith("LOCAL_UID="))
                    .findFirst()
                    .orElse(""))
        .toList();
  }
}

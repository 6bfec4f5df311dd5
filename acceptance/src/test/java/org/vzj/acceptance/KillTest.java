package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * vzctl killed by {@code kill -9} at random moments: whatever it leaves, the next commands can deal
 * with. {@code -Dvzj.test.seed=N} repeats a run, {@code -Dvzj.test.kills=N} makes it longer.
 */
@Tag("root")
class KillTest {
  private static final int CONTAINERS = 3;
  private static final int ROUNDS = Integer.getInteger("vzj.test.kills", 40);
  private static final String LEGAL =
      "CTID \\d+ (exist (unmounted down|mounted (down|running))|deleted (un)?mounted down)\n";

  private final long seed = Long.getLong("vzj.test.seed", 20_250_101L);
  private final Random random = new Random(seed);
  private final List<String> history = new ArrayList<>();

  @Test
  void whateverIsLeftCanBeDealtWith() throws Exception {
    try (Sandbox sandbox = Sandbox.open()) {
      sandbox.template("busybox");
      List<Integer> ids = sandbox.ids(CONTAINERS);
      for (int round = 0; round < ROUNDS; round++) {
        int id = ids.get(random.nextInt(CONTAINERS));
        try {
          round(sandbox, id);
        } catch (AssertionError e) {
          throw new AssertionError(
              "seed " + seed + ", round " + round + ":\n" + String.join("\n", last(12)), e);
        }
      }
    }
  }

  private List<String> last(int count) {
    return history.subList(Math.max(0, history.size() - count), history.size());
  }

  private void round(Sandbox sandbox, int id) throws Exception {
    String state = sandbox.status(id);
    String[] words = command(id, state);
    long millis = moment(words[0]);
    Path log = sandbox.base().resolve("killed.out");
    ProcessBuilder builder = sandbox.command("vzctl", words);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    Result line = sandbox.vzctl("status", "" + id);
    history.add(
        String.join(" ", words)
            + (ended ? " ended" : " killed after " + millis + " ms")
            + " -> "
            + line.out().strip()
            + "   ["
            + Host.read(log).strip().replace('\n', '|')
            + "]");
    assertThat(line.ok()).matches(LEGAL);
    if (random.nextInt(3) == 0) {
      bringToNothing(sandbox, id);
    }
  }

  /** What makes sense in this state, or at times what does not. */
  private String[] command(int id, String state) {
    List<String> verbs =
        state.startsWith("deleted")
            ? List.of("create", "create", "create", "destroy")
            : state.endsWith("running")
                ? List.of("stop", "stop --fast", "exec", "restart", "restart", "destroy")
                : List.of("start", "start", "start", "mount", "umount", "destroy", "create");
    String verb = verbs.get(random.nextInt(verbs.size()));
    return switch (verb) {
      case "create" ->
          new String[] {"create", "" + id, "--ostemplate", "busybox", "--name", name(id)};
      case "stop --fast" -> new String[] {"stop", "" + id, "--fast"};
      case "exec" -> new String[] {"exec", "" + id, "sleep 1000"};
      default -> new String[] {verb, "" + id};
    };
  }

  private static String name(int id) {
    return "vztest-" + id;
  }

  /** Most of a command's time is the first few hundred milliseconds. */
  private long moment(String verb) {
    return verb.equals("exec") ? 100 + random.nextInt(500) : 60 + random.nextInt(340);
  }

  private void bringToNothing(Sandbox sandbox, int id) {
    history.add("to nothing: " + id);
    Result stop = sandbox.vzctl("stop", "" + id, "--fast");
    // What the monitor's own command began may still be at it.
    if (stop.status() == 9) {
      sandbox.awaitUnlocked(id);
      stop = sandbox.vzctl("stop", "" + id, "--fast");
    }
    boolean configured = Files.exists(sandbox.config(id));
    history.add(stop.toString());
    if (configured) {
      stop.expect(0);
      if (!Host.mounts(sandbox.root(id)).isEmpty()) {
        Result umount = sandbox.vzctl("umount", "" + id);
        history.add(umount.toString());
        umount.expect(0);
      }
      sandbox.assertNothingRemains(id);
      Result destroy = sandbox.vzctl("destroy", "" + id);
      history.add(destroy.toString());
      destroy.expect(0);
    } else {
      // What a killed create left waits for the next one.
      assertThat(stop.status()).isEqualTo(14);
    }
    assertThat(sandbox.status(id)).isEqualTo("deleted unmounted down");
    // The next create cleans up whatever a killed one left, and works.
    Result create = sandbox.vzctl("create", "" + id, "--ostemplate", "busybox", "--name", name(id));
    history.add(create.toString());
    create.expect(0);
    sandbox.assertNothingRemains(id);
    String[] beside = sandbox.base().resolve("vz/private").toFile().list();
    assertThat(beside).as("beside the private areas").doesNotContain(id + ".tmp");
    sandbox.vzctl("start", "" + id).expect(0);
    Host.await(
        "it works",
        Duration.ofSeconds(30),
        () -> sandbox.vzctl("exec2", "" + id, "true").status() == 0);
  }
}

package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.cli.commands.Command;
import org.vzj.cli.commands.Invocation;
import org.vzj.cli.commands.Work;
import org.vzj.config.ConfigReader;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Host;
import org.vzj.lifecycle.Target;

/** With a command that fails on odd numbers with a status of their own. */
class RunnerTest {
  @TempDir Path root;
  private Vz vz;
  private final List<Integer> worked = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void makeHost() throws IOException {
    vz = new Vz(root);
    for (int id = 101; id <= 104; id++) {
      vz.container(id, "HOSTNAME=\"h" + id + "\"");
    }
  }

  /** Says two lines, fails with status 30 + n on the odd n of 100 + n, returns 7 for 104. */
  private class Fake extends Command implements Work {
    @Override
    public String usage() {
      return "";
    }

    @Override
    public Work bind(Invocation invocation) {
      return this;
    }

    @Override
    public int run(Target target) throws VzException {
      int id = target.id().value();
      worked.add(id);
      target.messages().say("Working ...");
      target.messages().fact("odd", id % 2 == 1);
      if (id % 2 == 1) {
        throw VzException.ofStatus(30 + id - 100, "Refused " + target.config().hostname());
      }
      target.messages().say("Worked on " + target.config().hostname());
      return id == 104 ? 7 : 0;
    }

    @Override
    public List<String> plan(Target target) {
      return List.of("work on " + target.id(), "rest");
    }
  }

  private int run(Fake fake, List<String> flags, int... numbers) throws Exception {
    List<CtId> ids = new ArrayList<>();
    for (int number : numbers) {
      ids.add(new CtId(number));
    }
    GlobalFlags parsed = GlobalFlags.parse(flags);
    Host host = new Host(vz.paths(), ConfigReader.readGlobal(vz.paths().globalConfig()).config());
    return new Runner(vz.session(), parsed, fake, "fake", fake, host)
        .run(ids, ids.size() > 1 || parsed.all());
  }

  private int run(List<String> flags, int... numbers) throws Exception {
    return run(new Fake(), flags, numbers);
  }

  @Test
  void oneContainerIsShownAsItIsSaid() throws Exception {
    assertThat(run(List.of(), 102)).isZero();
    assertThat(vz.out()).isEqualTo("Working ...\nWorked on h102\n");
    assertThat(vz.err()).isEmpty();
    assertThat(run(List.of(), 103)).isEqualTo(33);
    assertThat(vz.out()).isEqualTo("Working ...\n");
    assertThat(vz.err()).isEqualTo("Refused h103\n");
  }

  @Test
  void severalHaveALineEachInTheirOrderAndASummary() throws Exception {
    assertThat(run(List.of("--parallel", "3"), 103, 102, 101)).isEqualTo(33);
    assertThat(vz.out().replaceAll("\\d+\\.\\d\\d s", "N s"))
        .isEqualTo("CT 102: Worked on h102 (N s)\nfake: 3 containers, 1 done, 2 failed\n");
    assertThat(vz.err())
        .isEqualTo("CT 103: failed (33): Refused h103\nCT 101: failed (31): Refused h101\n");
    assertThat(worked).containsExactlyInAnyOrder(101, 102, 103);
  }

  @Test
  void theStatusIsThatOfTheFirstFailureInTheOrderGiven() throws Exception {
    assertThat(run(List.of(), 102, 104, 101)).isEqualTo(7);
    assertThat(run(List.of(), 102, 101, 104)).isEqualTo(31);
    assertThat(run(List.of(), 999, 101)).isEqualTo(14);
    assertThat(vz.err()).startsWith("CT 999: failed (14): Container config file does not exist\n");
  }

  @Test
  void allWithOneContainerHasItsLineAndTheSummary() throws Exception {
    assertThat(run(List.of("--all"), 102)).isZero();
    assertThat(vz.out()).startsWith("CT 102: Worked on h102 (").endsWith("1 done, 0 failed\n");
    assertThat(run(List.of("--all"), 101)).isEqualTo(31);
    assertThat(vz.err()).isEqualTo("CT 101: failed (31): Refused h101\n");
  }

  @Test
  void allWithoutContainersIsNothingToDo() throws Exception {
    assertThat(run(List.of("--all"))).isZero();
    assertThat(vz.out()).isEqualTo("fake: 0 containers, 0 done, 0 failed\n");
    assertThat(run(List.of("--all", "--json"))).isZero();
    assertThat(vz.out()).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  void jsonIsAnArrayOfObjects() throws Exception {
    assertThat(run(List.of("--json"), 102, 101)).isEqualTo(31);
    assertThat(vz.err()).isEmpty();
    assertThat(vz.out().replaceAll("\\s+", "").replaceAll("\"seconds\":[0-9.E-]+", "\"seconds\":N"))
        .isEqualTo(
            "[{\"ctid\":102,\"command\":\"fake\",\"exit\":0,\"odd\":false,\"seconds\":N,"
                + "\"messages\":[\"Working...\",\"Workedonh102\"]},"
                + "{\"ctid\":101,\"command\":\"fake\",\"exit\":31,\"odd\":true,\"seconds\":N,"
                + "\"messages\":[\"Working...\",\"Refusedh101\"]}]");
  }

  @Test
  void jsonOfOneIsAnArrayToo() throws Exception {
    assertThat(run(List.of("--json"), 102)).isZero();
    assertThat(vz.out()).startsWith("[").contains("\"ctid\"").endsWith("]\n");
  }

  @Test
  void quietSaysNothingAndFailsAllTheSame() throws Exception {
    assertThat(run(List.of("--quiet"), 101)).isEqualTo(31);
    assertThat(run(List.of("--quiet"), 102, 101)).isEqualTo(31);
    assertThat(vz.out() + vz.err()).isEmpty();
  }

  @Test
  void aDryRunDoesNothingAndLocksNothing() throws Exception {
    assertThat(run(List.of("--dry-run"), 101)).isZero();
    assertThat(vz.out()).isEqualTo("work on 101\nrest\n");
    assertThat(worked).isEmpty();
    assertThat(root.resolve("lock")).doesNotExist();
  }

  @Test
  void theLockIsHeldDuringTheWorkAndGoneAfterwards() throws Exception {
    Path lock = root.resolve("lock/102.lck");
    List<Boolean> held = new ArrayList<>();
    Fake fake =
        new Fake() {
          @Override
          public int run(Target target) throws VzException {
            held.add(Files.exists(lock));
            throw new VzException(ExitCode.SYSTEM, "x");
          }
        };
    assertThat(run(fake, List.of(), 102)).isEqualTo(3);
    assertThat(run(fake, List.of("--skiplock"), 102)).isEqualTo(3);
    assertThat(held).containsExactly(true, false);
    assertThat(lock).doesNotExist();
  }

  @Test
  void theConfigurationIsTheOneSavedBeforeTheLockWasFree() throws Exception {
    Files.createDirectories(root.resolve("lock"));
    Path lock =
        Files.writeString(root.resolve("lock/102.lck"), ProcessHandle.current().pid() + "\n\n");
    Fake patient =
        new Fake() {
          @Override
          public long lockPatience() {
            return 60_000;
          }
        };
    Thread holder =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Thread.sleep(200);
                    vz.container(102, "HOSTNAME=\"saved\"");
                    Files.delete(lock);
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(run(patient, List.of(), 102)).isZero();
    holder.join();
    assertThat(vz.out()).endsWith("Worked on saved\n");
  }

  @Test
  void everythingIsLoggedUnderItsContainer() throws Exception {
    run(List.of("--quiet"), 102, 101);
    assertThat(Files.readString(root.resolve("vzctl.log")))
        .contains(" vzctl : CT 102 : Worked on h102\n")
        .contains(" vzctl : CT 101 : Refused h101\n");
  }
}

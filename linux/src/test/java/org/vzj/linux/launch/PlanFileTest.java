package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  @TempDir Path directory = Path.of("");

  @Test
  void plansOfTheDeadAreRemovedAndNothingElse() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.onExit().join();
    Path left = make("plan." + dead.pid() + ".7");
    Path living = make("plan." + ProcessHandle.current().pid() + ".7");
    Path other = make("plan.of.mine");
    PlanFile.removeDead(directory);
    assertThat(left).doesNotExist();
    assertThat(living).exists();
    assertThat(other).exists();
    PlanFile.removeDead(directory.resolve("missing"));
  }

  private Path make(String name) throws IOException {
    return Files.createFile(directory.resolve(name));
  }
}

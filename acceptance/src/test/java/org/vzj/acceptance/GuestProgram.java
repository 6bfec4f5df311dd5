package org.vzj.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** C programs of the tests, linked so that they run in any system. */
final class GuestProgram {
  /** Where they are compiled already, for a machine that has no compiler. */
  private static final @Nullable String READY = System.getProperty("vzj.test.programs");

  private GuestProgram() {}

  /**
   * Compiles a program into a directory.
   *
   * @param name its source's, without {@code .c}
   * @return the program
   */
  static Path compile(String name, Path directory) {
    Path binary = directory.resolve(name);
    if (READY != null) {
      Host.run("cp", READY + "/" + name, binary.toString()).expect(0);
      return binary;
    }
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
    String[] gcc = "gcc -static -O1 -Wall -Wextra -Werror -o".split(" ");
    List<String> words = new ArrayList<>(List.of(gcc));
    words.addAll(List.of(binary.toString(), "src/test/c/" + name + ".c"));
    Host.run(words.toArray(String[]::new)).expect(0);
    return binary;
  }
}

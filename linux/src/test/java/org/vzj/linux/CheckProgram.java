package org.vzj.linux;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Small C programs of the tests, which try on the running kernel what Java has no call for. */
public final class CheckProgram {
  private final Path binary;

  private CheckProgram(Path binary) {
    this.binary = binary;
  }

  /** Compiles sources given relative to the module. */
  public static CheckProgram compile(Path directory, String... sources)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/gcc")), "needs gcc");
    Path binary = directory.resolve("check");
    List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Wextra", "-Werror"));
    command.addAll(List.of("-o", binary.toString()));
    command.addAll(List.of(sources));
    run(command);
    return new CheckProgram(binary);
  }

  /** Runs it and gives its output. */
  public String output(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command.getFirst() + " failed: " + output);
    }
    return output;
  }
}

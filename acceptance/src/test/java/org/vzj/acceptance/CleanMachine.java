package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/**
 * A fresh minimal system in an ordinary, unprivileged container of an engine, from the archive of a
 * root file system on this machine: nothing is pulled. It has no network.
 */
final class CleanMachine implements AutoCloseable {
  private static final Path ROOTS =
      Path.of(System.getProperty("vzj.test.roots", "/var/cache/vzj/test-roots"));
  private static final Path PACKAGES =
      Path.of(System.getProperty("vzj.tree", ".."), "packaging/target/packages");

  private final GenericContainer<?> container;

  private CleanMachine(GenericContainer<?> container) {
    this.container = container;
  }

  /**
   * Starts one; skips the test where there is no engine.
   *
   * @param root the archive's name without .tar.gz
   */
  static CleanMachine of(String root) {
    String without = System.getenv("VZJ_NO_ENGINE");
    assumeTrue(
        System.getenv("DOCKER_HOST") != null,
        without == null
            ? "no container engine is named by DOCKER_HOST: packaging/with-engine runs one"
            : "no container engine: " + without);
    Path archive = ROOTS.resolve(root + ".tar.gz");
    assumeTrue(
        Files.isRegularFile(archive), archive + " is missing: templates/build test-roots/" + root);
    // Not docker-java's createImageCmd, which sends its stream as JSON (docker-java issue 2377).
    ImageFromDockerfile image =
        new ImageFromDockerfile("vztest-" + root, false)
            .withFileFromPath("root.tar.gz", archive)
            .withDockerfileFromBuilder(
                builder -> builder.from("scratch").add("root.tar.gz", "/").build());
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withImagePullPolicy(name -> false)
            .withNetworkMode("none")
            .withCommand("sleep", "infinity");
    container.start();
    return new CleanMachine(container);
  }

  /**
   * Copies the built package into the machine; skips the test if there is none.
   *
   * @param kind deb or rpm
   * @return its place there
   */
  String put(String kind) {
    List<Path> found;
    try (var files = Files.list(PACKAGES)) {
      found = files.filter(file -> file.toString().endsWith("." + kind)).toList();
    } catch (IOException e) {
      found = List.of();
    }
    assumeTrue(!found.isEmpty(), "there is no " + kind + ": packaging/packages makes it");
    assertThat(found).as("packages of the kind " + kind).hasSize(1);
    String target = "/root/vzj." + kind;
    container.copyFileToContainer(MountableFile.forHostPath(found.getFirst()), target);
    return target;
  }

  /** Runs a command as root. */
  Result run(String... words) {
    try {
      ExecResult result = container.execInContainer(words);
      return new Result(
          List.of(words), result.getExitCode(), result.getStdout(), result.getStderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns every path there is, except for what package managers and the engine note for
   * themselves.
   */
  Set<String> paths() {
    return new TreeSet<>(
        run(
                "sh",
                "-c",
                "find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /root"
                    + " -o -path '/var/lib/dpkg/*' -o -path '/var/lib/apt/*' -o -path /var/lib/rpm"
                    + " -o -path '/var/cache/*' -o -path /var/log/apt -o -path /var/log/dpkg.log"
                    + " -o -path /var/log/alternatives.log \\) -prune -o -print")
            .lines());
  }

  @Override
  public void close() {
    container.stop();
  }
}

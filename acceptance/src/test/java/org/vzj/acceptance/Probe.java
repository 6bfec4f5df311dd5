package org.vzj.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The C program that tries to break out; the same one runs inside and, as a control, outside. */
final class Probe {
  private final Path binary;

  private Probe(Path binary) {
    this.binary = binary;
  }

  /** Compiles it, static, so that it runs in any system. */
  static Probe compile(Path directory) {
    return new Probe(GuestProgram.compile("probe", directory));
  }

  /** Puts it into a container's files, as /probe. */
  void putInto(Path area) {
    try {
      Files.copy(binary, area.resolve("probe"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it on the host. */
  Result onHost(String... words) {
    return Host.run(command(words).toArray(String[]::new));
  }

  /** Starts it on the host; for what waits until it is killed. */
  Running background(String... words) {
    return Running.start(new ProcessBuilder(command(words)));
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(words));
    return command;
  }

  /** Reads lines of a name and a result. */
  static Map<String, String> results(String text) {
    Map<String, String> results = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      int blank = line.lastIndexOf(' ');
      results.put(line.substring(0, blank).strip(), line.substring(blank + 1));
    }
    return results;
  }
}

package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.process.CommandResult;

/** The tools' own files. */
final class InstallationProbes {
  private static final String AGAIN = "install the tools again";

  private InstallationProbes() {}

  static List<Probe> all() {
    return List.of(
        executable("vzlaunch", "starting, entering and mounting containers"),
        executable("vzmonitor", "noticing that a container halts or reboots"),
        executable("bin/vzctl", "tidying up after a container that ended by itself"),
        new Probe(
            Area.INSTALLATION,
            "run-time image",
            Need.FEATURE,
            "running without any other Java",
            "lib/modules and lib/server/libjvm.so",
            host -> image(host.at(host.paths().lib()))),
        new Probe(
            Area.INSTALLATION,
            "start-up cache",
            Need.HINT,
            "commands that start in a few hundredths of a second",
            "a start of the image's java that insists on the cache",
            InstallationProbes::caches));
  }

  private static Probe executable(String name, String purpose) {
    return new Probe(
        Area.INSTALLATION,
        name,
        Need.ESSENTIAL,
        purpose,
        "file mode",
        host -> executable(host.at(host.paths().lib().resolve(name))));
  }

  static Finding executable(Path file) {
    if (!Files.isRegularFile(file)) {
      return Finding.missing(file + " is not there", AGAIN);
    }
    return Files.isExecutable(file)
        ? Finding.ok(file.toString())
        : Finding.missing(file + " is not executable", "chmod 755 " + file);
  }

  static Finding image(Path lib) {
    boolean whole =
        Files.isRegularFile(lib.resolve("lib/modules"))
            && Files.isRegularFile(lib.resolve("lib/server/libjvm.so"));
    return whole ? Finding.ok(lib.toString()) : Finding.limited("there is none in " + lib, AGAIN);
  }

  private static Finding caches(HostView host) throws IOException {
    Finding everyday = cache(host, "everyday.aot");
    return everyday.verdict() == Verdict.OK ? cache(host, "vzj.aot") : everyday;
  }

  private static Finding cache(HostView host, String name) throws IOException {
    Path lib = host.at(host.paths().lib());
    Path cache = lib.resolve("lib").resolve(name);
    Path java = lib.resolve("bin/java");
    if (!Files.isRegularFile(cache)) {
      return Finding.missing(cache + " is not there", AGAIN);
    }
    if (!Files.isExecutable(java)) {
      return Finding.limited("cannot be told: " + java + " is not there", "");
    }
    List<String> argv = new ArrayList<>();
    argv.add(java.toString());
    // What a cache depends on: the collector, the size of the heap, and native access.
    argv.add("-XX:+UseSerialGC");
    argv.add("-Xmx512m");
    argv.add("--enable-native-access=ALL-UNNAMED");
    argv.add("-XX:AOTCache=" + cache);
    argv.add("-XX:AOTMode=on");
    argv.add(
        "-Xbootclasspath/a:" + classPath(lib, host.names(host.paths().lib().resolve("lib/app"))));
    argv.add("-XX:-UsePerfData"); // which leaves a directory in /tmp
    argv.add("-version");
    return cache(host.run(argv));
  }

  /**
   * Ours first, then the others, each in the order of the alphabet: as the image's builder has it.
   */
  static String classPath(Path lib, List<String> jars) {
    StringBuilder path = new StringBuilder();
    for (boolean ours : new boolean[] {true, false}) {
      for (String jar : jars) {
        if (jar.endsWith(".jar") && jar.startsWith("vzj-") == ours) {
          path.append(path.isEmpty() ? "" : ":").append(lib.resolve("lib/app").resolve(jar));
        }
      }
    }
    return path.toString();
  }

  static Finding cache(CommandResult result) {
    return result.ok()
        ? Finding.ok("in use")
        : Finding.limited("stale: every command starts several times slower", AGAIN);
  }
}

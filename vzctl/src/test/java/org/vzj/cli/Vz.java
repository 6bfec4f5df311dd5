package org.vzj.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.container.VzPaths;

/** The tools with directories of their own and streams that are caught. */
final class Vz {
  private static final String GLOBAL =
      """
      LXCFS="no"
      LOCKDIR="ROOT/lock"
      LOGFILE="ROOT/vzctl.log"
      TEMPLATE="ROOT/template"
      VE_ROOT="ROOT/root/$VEID"
      VE_PRIVATE="ROOT/private/$VEID"
      DUMPDIR="ROOT/dump"
      """;

  private final Path root;
  private final VzPaths paths;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /**
   * @param root an empty directory
   */
  Vz(Path root) throws IOException {
    this.root = root;
    this.paths = new VzPaths(root.resolve("etc"), root.resolve("run"), root.resolve("lib"));
    Files.createDirectories(paths.conf());
    Files.createDirectories(paths.names());
    Files.writeString(paths.globalConfig(), GLOBAL.replace("ROOT", root.toString()));
  }

  /** Runs vzctl and returns its exit status; out and err are those of this run alone. */
  int run(String... words) {
    return tool("vzctl", words);
  }

  int tool(String name, String... words) {
    return Main.run(name, session(words));
  }

  /** A session whose streams are caught from now on. */
  Session session(String... words) {
    out.reset();
    err.reset();
    return new Session(
        List.of(words),
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of(
            "VZ_ETC_DIR", paths.etc().toString(),
            "VZ_RUN_DIR", paths.run().toString(),
            "VZ_STATE_DIR", paths.state().toString(),
            "VZ_LIB_DIR", paths.lib().toString()),
        root,
        false);
  }

  VzPaths paths() {
    return paths;
  }

  Path root() {
    return root;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  Path config(int id) {
    return paths.conf().resolve(new CtId(id) + ".conf");
  }

  /** Makes a container that is configured and has an empty private area. */
  void container(int id, String... lines) throws IOException {
    Files.writeString(config(id), String.join("\n", lines) + (lines.length == 0 ? "" : "\n"));
    Files.createDirectories(root.resolve("private").resolve(Integer.toString(id)));
  }

  /** Makes this very process the init of a container, which thereby runs. */
  void running(int id) throws IOException {
    Path directory = Files.createDirectories(paths.run().resolve(Integer.toString(id)));
    Files.writeString(directory.resolve("init"), InitProcess.ofThisProcess() + "\n");
  }

  void global(String line) throws IOException {
    Files.writeString(paths.globalConfig(), Files.readString(paths.globalConfig()) + line + "\n");
  }

  void name(String name, int id) throws IOException {
    Files.createSymbolicLink(paths.names().resolve(name), config(id));
  }
}

package org.vzj.cli.tools;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigWarning;
import org.vzj.config.ContainerConfig;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.VzPaths;

/** Reads configurations for the tools, and tells what is wrong with them. */
final class ToolConfig {
  private ToolConfig() {}

  /** The host's configuration; without a file that can be read, a warning and the defaults. */
  static GlobalConfig global(VzPaths paths, PrintStream err) {
    try {
      ConfigReader.GlobalReading read = ConfigReader.readGlobal(paths.globalConfig());
      tell(read.warnings(), err);
      return read.config();
    } catch (IOException e) {
      err.println("WARNING: Global configuration file " + paths.globalConfig() + " not found");
      return new GlobalConfig(Settings.NONE);
    }
  }

  /**
   * A container's configuration over the host's.
   *
   * @throws IOException if it cannot be read
   */
  static ContainerConfig container(int id, Path file, GlobalConfig global, PrintStream err)
      throws IOException {
    ConfigReader.ContainerReading read = ConfigReader.readContainer(id, file, global);
    tell(read.warnings(), err);
    return read.config();
  }

  private static void tell(List<ConfigWarning> warnings, PrintStream err) {
    for (ConfigWarning warning : warnings) {
      if (warning.level() < 1) {
        err.println(TerminalText.of(warning.text()));
      }
    }
  }
}

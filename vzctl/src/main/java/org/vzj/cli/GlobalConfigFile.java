package org.vzj.cli;

import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigWarning;
import org.vzj.config.GlobalConfig;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;

/** Reads vz.conf and tells what is wrong with it. */
final class GlobalConfigFile {
  private GlobalConfigFile() {}

  /**
   * Reads the file.
   *
   * @param warnings where to tell, null for nowhere
   * @throws VzException NO_GLOBAL_CONFIG if it cannot be read
   */
  static GlobalConfig read(VzPaths paths, @Nullable PrintStream warnings) throws VzException {
    try {
      ConfigReader.GlobalReading read = ConfigReader.readGlobal(paths.globalConfig());
      for (ConfigWarning warning : read.warnings()) {
        if (warnings != null && warning.level() < 1) {
          warnings.println(warning.text());
        }
      }
      return read.config();
    } catch (IOException e) {
      throw new VzException(
          ExitCode.NO_GLOBAL_CONFIG,
          "Global configuration file " + paths.globalConfig() + " not found or unreadable: " + e,
          e);
    }
  }
}

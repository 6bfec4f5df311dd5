package org.vzj.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vzj.container.Container;
import org.vzj.linux.conf.ConfFile;

/** The NAME that a container's own configuration gives it. */
final class ConfiguredName {
  private ConfiguredName() {}

  /** Returns the name, or null if the configuration has none or cannot be read. */
  static @Nullable String of(Container container) {
    try {
      return ConfFile.read(container.configFile()).get("NAME");
    } catch (IOException e) {
      return null;
    }
  }
}

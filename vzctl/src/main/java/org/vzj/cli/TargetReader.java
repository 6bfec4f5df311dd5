package org.vzj.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigWarning;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Settings;
import org.vzj.container.Container;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Host;
import org.vzj.lifecycle.Target;

/** Reads what is configured about one container. */
public final class TargetReader {
  private TargetReader() {}

  /**
   * Returns the container with its configuration over the global one.
   *
   * @param required whether the configuration file must exist
   * @throws VzException NO_CONTAINER_CONFIG if it does not, NO_GLOBAL_CONFIG if it is unreadable
   */
  public static Target read(Host host, Container container, Messages messages, boolean required)
      throws VzException {
    try {
      ConfigReader.ContainerReading read =
          ConfigReader.readContainer(container.id().value(), container.configFile(), host.global());
      for (ConfigWarning warning : read.warnings()) {
        tell(warning, messages);
      }
      return new Target(host, container, read.config(), messages);
    } catch (NoSuchFileException e) {
      if (required) {
        throw missing();
      }
      ContainerConfig empty =
          new ContainerConfig(container.id().value(), Settings.NONE, host.global());
      return new Target(host, container, empty, messages);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.NO_GLOBAL_CONFIG, "Unable to read " + container.configFile() + ": " + e, e);
    }
  }

  /**
   * Refuses a container that is not configured.
   *
   * @throws VzException NO_CONTAINER_CONFIG
   */
  static void requireConfig(Container container) throws VzException {
    if (!Files.exists(container.configFile())) {
      throw missing();
    }
  }

  private static VzException missing() {
    return new VzException(ExitCode.NO_CONTAINER_CONFIG, "Container config file does not exist");
  }

  private static void tell(ConfigWarning warning, Messages messages) {
    if (warning.level() < 0) {
      messages.warn(warning.text());
    } else if (warning.level() == 0) {
      messages.say(warning.text());
    } else {
      messages.detail(warning.text());
    }
  }
}

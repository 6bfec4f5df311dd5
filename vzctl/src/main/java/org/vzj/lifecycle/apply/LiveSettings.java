package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigSaver;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Group;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.Container;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.conf.ConfFile;

/**
 * What was set in a running container without being saved: it holds until the container stops, also
 * where the next change concerns something else. A file in the container's state directory.
 */
public final class LiveSettings {
  private LiveSettings() {}

  /**
   * Returns the configuration that is in force.
   *
   * @param config what its files say
   * @throws VzException SYSTEM if the file cannot be read
   */
  public static ContainerConfig inForce(Container container, ContainerConfig config)
      throws VzException {
    return config.withOwn(read(container).over(config.own()));
  }

  private static Settings read(Container container) throws VzException {
    Path file = container.liveFile();
    if (!Files.exists(file)) {
      return Settings.NONE;
    }
    try {
      return ConfigReader.settings(ConfFile.read(file), file).settings();
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to read " + file + ": " + e, e);
    }
  }

  /**
   * Returns the configuration that will be in force.
   *
   * @param options what is being set
   */
  public static ContainerConfig with(Container container, ContainerConfig config, Settings options)
      throws VzException {
    return config.withOwn(limits(options).over(read(container)).over(config.own()));
  }

  /**
   * Remembers what has been set.
   *
   * @param options what has been set
   * @throws VzException SYSTEM if it cannot be written
   */
  public static void remember(Container container, Settings options) throws VzException {
    Settings limits = limits(options);
    if (limits.isEmpty()) {
      return;
    }
    Path file = container.liveFile();
    try {
      ConfigSaver.save(file, limits.over(read(container)));
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to write " + file + ": " + e, e);
    }
  }

  /** Those that are one value each, and so can be laid over others. */
  private static Settings limits(Settings options) {
    Settings limits = Settings.NONE;
    for (Parameter parameter : options.parameters()) {
      if (parameter.key() != null
          && (parameter.group() == Group.CPU
              || parameter.group() == Group.IO
              || parameter == Parameter.MEMINFO)) {
        limits = limits.with(parameter, options.get(parameter));
      }
    }
    return limits;
  }
}

package org.vzj.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vzj.linux.conf.ConfFile;

/**
 * The sample configurations, {@code ve-NAME.conf-sample}.
 *
 * @param directory where they are: {@code conf} below the configuration folder
 */
public record SampleConfigs(Path directory) {

  private static final String PREFIX = "ve-";
  private static final String SUFFIX = ".conf-sample";

  /** What is a container's own: {@code --applyconfig} does not take it from a sample. */
  private static final List<Parameter> NOT_APPLIED =
      List.of(
          Parameter.HOSTNAME,
          Parameter.IP_ADDRESS,
          Parameter.OSTEMPLATE,
          Parameter.VE_ROOT,
          Parameter.VE_PRIVATE,
          Parameter.DESCRIPTION,
          // Beyond OpenVZ: two containers must never share these.
          Parameter.NAME,
          Parameter.VEID,
          Parameter.LOCAL_UID,
          Parameter.LOCAL_GID);

  /** The file of the sample {@code name}, there or not. */
  public Path path(String name) {
    return directory.resolve(PREFIX + name + SUFFIX);
  }

  /** Whether there is a sample {@code name}. */
  public boolean exists(String name) {
    return Files.isRegularFile(path(name));
  }

  /** The names of all samples, sorted; for completion and messages. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String file = String.valueOf(entry.getFileName());
        if (file.startsWith(PREFIX) && file.endsWith(SUFFIX)) {
          int end = file.length() - SUFFIX.length();
          if (end > PREFIX.length()) {
            names.add(file.substring(PREFIX.length(), end));
          }
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * The sample {@code name} as it is, from which a new container's file is made.
   *
   * @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if there is
   *     none (exit code 82 for {@code create}, 109 for {@code --applyconfig})
   */
  public ConfFile read(String name) throws IOException {
    return ConfFile.read(path(name));
  }

  /**
   * A container's settings with all that the sample {@code name} sets, except what is the
   * container's own, and with its name as ORIGIN_SAMPLE.
   *
   * @throws IOException as {@link #read}
   */
  public ConfigReader.SettingsReading applyTo(Settings container, String name) throws IOException {
    ConfigReader.SettingsReading read = ConfigReader.settings(read(name), path(name));
    Settings sample = read.settings();
    for (Parameter parameter : NOT_APPLIED) {
      sample = sample.with(parameter, null);
    }
    Settings result = sample.over(container).with(Parameter.ORIGIN_SAMPLE, name);
    return new ConfigReader.SettingsReading(result, read.warnings());
  }
}

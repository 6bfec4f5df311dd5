package org.vzj.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.conf.ConfFile;

/** Reads configuration files. Nothing in them is fatal: what is wrong is skipped and told. */
public final class ConfigReader {

  /**
   * What a file sets.
   *
   * @param settings the good values
   * @param warnings what to tell about the others, in the order of the file
   */
  public record SettingsReading(Settings settings, List<ConfigWarning> warnings) {}

  /** The global configuration and what to tell about its file. */
  public record GlobalReading(GlobalConfig config, List<ConfigWarning> warnings) {}

  /** A container's configuration and what to tell about its file. */
  public record ContainerReading(ContainerConfig config, List<ConfigWarning> warnings) {}

  private final Path path;
  private final boolean global;
  private final Settings.Builder settings = new Settings.Builder();
  private final List<ConfigWarning> warnings = new ArrayList<>();

  private ConfigReader(Path path, boolean global) {
    this.path = path;
    this.global = global;
  }

  /**
   * Reads the global file.
   *
   * @throws IOException if it cannot be read; without it no command works (exit code 10)
   */
  public static GlobalReading readGlobal(Path path) throws IOException {
    SettingsReading read = new ConfigReader(path, true).read(ConfFile.read(path));
    return new GlobalReading(new GlobalConfig(read.settings()), read.warnings());
  }

  /**
   * Reads a container's file.
   *
   * @throws IOException if it cannot be read; {@link java.nio.file.NoSuchFileException} if it is
   *     not there (exit code 14)
   */
  public static ContainerReading readContainer(int veid, Path path, GlobalConfig global)
      throws IOException {
    SettingsReading read = settings(ConfFile.read(path), path);
    return new ContainerReading(
        new ContainerConfig(veid, read.settings(), global), read.warnings());
  }

  /** What the container's file or sample {@code file} sets; {@code path} is named in warnings. */
  public static SettingsReading settings(ConfFile file, Path path) {
    return new ConfigReader(path, false).read(file);
  }

  private SettingsReading read(ConfFile file) {
    List<ConfFile.Problem> problems = file.problems();
    int next = 0;
    for (ConfFile.Assignment assignment : file.assignments()) {
      while (next < problems.size() && problems.get(next).line() < assignment.line()) {
        warnings.add(ConfigWarning.error(problems.get(next++).warning(path)));
      }
      read(assignment);
    }
    while (next < problems.size()) {
      warnings.add(ConfigWarning.error(problems.get(next++).warning(path)));
    }
    return new SettingsReading(settings.build(), warnings);
  }

  private void read(ConfFile.Assignment assignment) {
    Parameter parameter = Parameters.byKey(assignment.key());
    if (parameter == null) {
      warnings.add(ConfigWarning.detail(text("unknown parameter ", assignment, ", ignored")));
      return;
    }
    if (parameter == Parameter.VETH) {
      warnings.add(ConfigWarning.normal(text("obsolete: ", assignment, ", use NETIF")));
    }
    if (global && parameter == Parameter.NETFILTER) {
      warnings.add(ConfigWarning.normal(text("not for the whole host: ", assignment, ", ignored")));
      return;
    }
    Value value = Parameters.parseConfig(parameter, assignment.value());
    if (value.note() != null) {
      warnings.add(ConfigWarning.error(value.note()));
    }
    if (value.canonical() == null) {
      warnings.add(ConfigWarning.error(text("invalid value for ", assignment, ", skipped")));
      return;
    }
    if (value.truncated()) {
      warnings.add(ConfigWarning.error(text("too large value for ", assignment, ", truncated")));
    }
    if (!settings.add(parameter, value.canonical())) {
      warnings.add(ConfigWarning.error(text("duplicate for ", assignment, ", ignored")));
    }
  }

  private String text(String before, ConfFile.Assignment assignment, String after) {
    String what = assignment.key() + " (\"" + assignment.value() + "\")";
    return "Warning at " + path + ":" + assignment.line() + ": " + before + what + after;
  }
}

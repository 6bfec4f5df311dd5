package org.vzj.config;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;

/** Writes settings into a configuration file. */
public final class ConfigSaver {

  private ConfigSaver() {}

  /**
   * The file with the values of {@code settings}: lines of changed parameters are replaced, new
   * ones are appended in the order of the table, all else is kept, broken lines included. A
   * parameter that the file sets and {@code settings} does not is removed.
   *
   * @return {@code file} itself if it says all this already, in whatever form
   */
  public static ConfFile update(ConfFile file, Settings settings) {
    Settings before = ConfigReader.settings(file, Path.of("")).settings();
    ConfFile result = file;
    for (Parameter parameter : Parameter.values()) {
      String key = parameter.key();
      String old = before.get(parameter);
      String value = settings.get(parameter);
      if (key == null || equal(old, value)) {
        continue;
      }
      String oldKey = parameter.oldKey();
      result =
          value == null
              ? result.without(key).without(oldKey == null ? key : oldKey)
              : result.with(key, oldKey == null ? key : oldKey, value);
    }
    return result;
  }

  /**
   * Writes {@code settings} into the file {@code path}, which is made if it is not there.
   *
   * @return false if the file says all this already: it is not touched then
   * @throws IOException naming file and cause; the file is as it was
   */
  public static boolean save(Path path, Settings settings) throws IOException {
    ConfFile file;
    try {
      file = ConfFile.read(path);
    } catch (NoSuchFileException e) {
      file = ConfFile.empty();
    }
    ConfFile updated = update(file, settings);
    if (updated == file) {
      return false;
    }
    updated.save(path);
    return true;
  }

  private static boolean equal(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equals(b);
  }
}

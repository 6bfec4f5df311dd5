package org.vzj.template;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The directory of ready-made template archives, {@code $TEMPLATE/cache}. A template's name is its
 * file's name without the suffix.
 *
 * @param directory where the archives are; need not exist
 */
public record TemplateCache(Path directory) {
  /** Suffixes in the order of search: OpenVZ's own, then ours. */
  private static final List<String> SUFFIXES =
      List.of(".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst");

  /**
   * The cache below a template directory.
   *
   * @param template the TEMPLATE of the global configuration
   */
  public static TemplateCache below(Path template) {
    return new TemplateCache(template.resolve("cache"));
  }

  /** True if {@code name} can be a template's name: not empty, no slash, no leading dot. */
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.charAt(0) != '.'
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0;
  }

  /**
   * Looks for a template's archive.
   *
   * @param name the template, as given to {@code --ostemplate}
   * @return the first archive of that name, or empty
   */
  public Optional<Path> find(String name) {
    if (!isName(name)) {
      return Optional.empty();
    }
    for (String suffix : SUFFIXES) {
      Path archive = directory.resolve(name + suffix);
      if (Files.isRegularFile(archive)) {
        return Optional.of(archive);
      }
    }
    return Optional.empty();
  }

  /**
   * Looks for a template's archive that must be there.
   *
   * @throws TemplateException NOT_FOUND, in OpenVZ's words
   */
  public Path require(String name) throws TemplateException {
    Optional<Path> archive = find(name);
    if (archive.isEmpty()) {
      throw new TemplateException(
          TemplateException.Kind.NOT_FOUND,
          "Cached OS template "
              + directory
              + "/"
              + name
              + ".tar[.gz|.bz2|.xz|.zst] not found"
              + (isName(name) ? "" : " (not a template name)"));
    }
    return archive.get();
  }

  /**
   * Lists the templates.
   *
   * @return their names, sorted, each once; none if there is no cache directory
   * @throws IOException if the directory cannot be read
   */
  public List<String> list() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String fileName = String.valueOf(file.getFileName());
        for (String suffix : SUFFIXES) {
          if (fileName.endsWith(suffix)) {
            String name = fileName.substring(0, fileName.length() - suffix.length());
            if (isName(name) && Files.isRegularFile(file)) {
              names.add(name);
            }
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return new ArrayList<>(names);
  }
}

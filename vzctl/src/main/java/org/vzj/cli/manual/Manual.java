package org.vzj.cli.manual;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the manual pages: templates and tables in, {@code man8/vzctl.8} and so on out. */
public final class Manual {
  private static final String TEMPLATE_SUFFIX = ".in";

  private Manual() {}

  /**
   * Makes all pages.
   *
   * @param words the directory of templates ({@code NAME.SECTION.in}) and prose, the directory to
   *     write into, the project's version, and its date, which begins as 2026-01-31
   */
  public static void main(String[] words) throws IOException {
    make(Path.of(words[0]), Path.of(words[1]), words[2], words[3].substring(0, 10));
  }

  static void make(Path templates, Path output, String version, String date) throws IOException {
    Tables tables =
        new Tables(
            Prose.read(templates.resolve("parameters.prose")),
            Prose.read(templates.resolve("fields.prose")));
    Page page = new Page(tables, version, date);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*" + TEMPLATE_SUFFIX)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        name = name.substring(0, name.length() - TEMPLATE_SUFFIX.length());
        Path section = output.resolve("man" + name.substring(name.lastIndexOf('.') + 1));
        Files.createDirectories(section);
        Files.writeString(section.resolve(name), page.fill(Files.readString(file)));
      }
    }
  }
}

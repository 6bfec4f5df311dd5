package org.vzj.cli.manual;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the manual pages and the completion of shells: templates and tables in, {@code
 * man/man8/vzctl.8}, {@code completion/vzctl.bash} and so on out.
 */
public final class Manual {
  private static final String TEMPLATE_SUFFIX = ".in";

  private Manual() {}

  /**
   * Makes all of them.
   *
   * @param words the directory with the templates of both ({@code man}, {@code completion}), the
   *     directory to write into, the project's version, and its date, which begins as 2026-01-31
   */
  public static void main(String[] words) throws IOException {
    Path templates = Path.of(words[0]);
    Path output = Path.of(words[1]);
    pages(templates.resolve("man"), output.resolve("man"), words[2], words[3].substring(0, 10));
    completion(templates.resolve("completion"), output.resolve("completion"));
  }

  /** Makes the manual pages: {@code NAME.SECTION.in}, and prose about entries of tables. */
  static void pages(Path templates, Path output, String version, String date) throws IOException {
    Tables tables =
        new Tables(
            Prose.read(templates.resolve("parameters.prose")),
            Prose.read(templates.resolve("fields.prose")));
    Page page = new Page(tables, version, date);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(templates, "*" + TEMPLATE_SUFFIX)) {
      for (Path file : files) {
        String name = target(file);
        Path section = output.resolve("man" + name.substring(name.lastIndexOf('.') + 1));
        Files.createDirectories(section);
        Files.writeString(section.resolve(name), page.fill(Files.readString(file)));
      }
    }
  }

  /** Makes the completion of both shells. */
  static void completion(Path templates, Path output) throws IOException {
    Files.createDirectories(output);
    fill(templates.resolve("vzctl.bash.in"), output, BashTables::part);
    fill(templates.resolve("_vzctl.in"), output, ZshTables::part);
  }

  private static void fill(Path template, Path output, Template.Part part) throws IOException {
    Files.writeString(
        output.resolve(target(template)), Template.fill(Files.readString(template), part));
  }

  private static String target(Path template) {
    String name = String.valueOf(template.getFileName());
    return name.substring(0, name.length() - TEMPLATE_SUFFIX.length());
  }
}

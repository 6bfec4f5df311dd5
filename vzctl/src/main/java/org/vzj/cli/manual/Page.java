package org.vzj.cli.manual;

import java.util.List;

/**
 * Fills a template: a line {@code @WORDS@} is replaced by a part that a table makes,
 * {@code @VERSION@} and {@code @DATE@} anywhere by what they say. All other lines stay as they are.
 */
final class Page {
  private final Tables tables;
  private final String version;
  private final String date;

  /**
   * @param tables makes the parts
   * @param version of the project
   * @param date of this version, as 2026-01-31
   */
  Page(Tables tables, String version, String date) {
    this.tables = tables;
    this.version = version;
    this.date = date;
  }

  /**
   * Returns the page.
   *
   * @throws IllegalArgumentException if the template asks for a part that there is not
   */
  String fill(String template) {
    return Template.fill(template, this::part)
        .replace("@VERSION@", version)
        .replace("@DATE@", date);
  }

  private String part(String[] words) {
    return switch (words[0]) {
      case "options" -> tables.options(Tables.optionsOf(words[1]));
      case "names" -> tables.names(Tables.optionsOf(words[1]));
      case "command" -> tables.command(words[1], List.of(words).subList(2, words.length));
      case "parameters" -> tables.parameterOptions(words[1].equals("set"));
      case "keys" -> tables.keys(words[1].equals("container"));
      case "fields" -> tables.fields();
      case "capabilities" -> tables.capabilities(words[1].equals("all"));
      case "exit-codes" -> tables.exitCodes();
      default -> throw Template.unknown(words);
    };
  }
}

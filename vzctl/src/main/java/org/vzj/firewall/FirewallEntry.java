package org.vzj.firewall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule and where it is from.
 *
 * @param fromFile whether it stands in the container's own file of rules, and not in its
 *     configuration
 * @param rule the rule
 */
public record FirewallEntry(boolean fromFile, FirewallRule rule) {
  /**
   * Reads rules that are parted by semicolons.
   *
   * @throws BadRuleException for the first that is none
   */
  public static List<FirewallEntry> ofSetting(String value) throws BadRuleException {
    List<FirewallEntry> entries = new ArrayList<>();
    for (String text : RuleList.split(value)) {
      entries.add(new FirewallEntry(false, RuleReader.read(text)));
    }
    return entries;
  }

  /**
   * Reads a file of rules, one a line; what follows a {@code #} is a comment. Without the file
   * there are none.
   *
   * @throws BadRuleException for the first line that is no rule, with its number
   * @throws IOException if it cannot be read
   */
  public static List<FirewallEntry> ofFile(Path file) throws BadRuleException, IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    List<FirewallEntry> entries = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      int comment = line.indexOf('#');
      String rule = (comment < 0 ? line : line.substring(0, comment)).strip();
      try {
        if (!rule.isEmpty()) {
          entries.add(new FirewallEntry(true, RuleReader.read(rule)));
        }
      } catch (BadRuleException e) {
        throw e.at(file + ":" + number);
      }
    }
    return entries;
  }

  /** Reads such a line as {@link #line} gives; null if it is none. */
  public static @Nullable FirewallEntry ofLine(String line) {
    int space = line.indexOf(' ');
    try {
      return new FirewallEntry(
          line.startsWith("filerule "), RuleReader.read(line.substring(space + 1)));
    } catch (BadRuleException e) {
      return null;
    }
  }

  /** The entry as a line of a state file: {@code rule} or {@code filerule}, and the rule. */
  public String line() {
    return (fromFile ? "filerule " : "rule ") + rule.text();
  }
}

package org.vzj.cli.manual;

/** A text in which a line {@code @WORDS@} stands for a part that a table makes. */
final class Template {
  /** Makes a part: several whole lines. */
  interface Part {
    /**
     * Makes one.
     *
     * @param words what stands in the template
     * @return its lines, each ended
     * @throws IllegalArgumentException if there is no such part
     */
    String make(String[] words);
  }

  private Template() {}

  /** Returns the text with its parts; all other lines stay as they are. */
  static String fill(String template, Part part) {
    StringBuilder text = new StringBuilder();
    for (String line : template.split("\n")) {
      if (line.length() > 2 && line.startsWith("@") && line.endsWith("@")) {
        text.append(part.make(line.substring(1, line.length() - 1).split(" ")));
      } else {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  /** What a maker of parts throws for words that it does not know. */
  static IllegalArgumentException unknown(String[] words) {
    return new IllegalArgumentException("no such part: " + String.join(" ", words));
  }
}

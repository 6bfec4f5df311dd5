package org.vzj.container;

import java.util.List;
import java.util.Map;

/**
 * What a verb says while it works on one container. The verbs decide the words, the command layer
 * decides who sees them: the terminal, the log file, both or nobody.
 */
public interface Messages {
  /** Says what is normal: to the standard output and the log. */
  void say(String text);

  /** Says what went wrong or looks wrong: to the standard error and the log. */
  void warn(String text);

  /** Says what only a user who asked for more wants to know ({@code --verbose}). */
  void detail(String text);

  /**
   * Tells a program what it asked for, apart from the words for people; lost unless results are
   * wanted as JSON.
   */
  void fact(String name, boolean value);

  /**
   * Tells a program a list that it asked for; lost unless results are wanted as JSON.
   *
   * @param name of the list
   * @param rows fields by their names: texts, {@link Boolean}, or whole numbers as {@link Long}
   */
  default void rows(String name, List<Map<String, Object>> rows) {}

  /**
   * Passes on what a script printed inside a container, made harmless for a terminal: the shell
   * that ran it is the container's own.
   *
   * @param text its output
   */
  void guestOutput(String text);

  /**
   * Passes on what a script of the host's printed, unchanged.
   *
   * @param bytes its output, both streams
   */
  void scriptOutput(byte[] bytes);
}

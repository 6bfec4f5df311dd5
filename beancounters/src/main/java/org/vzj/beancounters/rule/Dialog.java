package org.vzj.beancounters.rule;

/** Who is told what is wrong with a configuration, and decides whether it is repaired. */
public interface Dialog {
  /** Tells of an error, a warning or a recommendation. */
  void complain(String text);

  /** Whether repairs are wanted at all: if not, none is proposed. */
  boolean repairs();

  /**
   * Proposes a repair.
   *
   * @param text what would be set
   * @return whether it is to be done
   */
  boolean accepts(String text);
}

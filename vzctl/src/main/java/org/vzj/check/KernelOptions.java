package org.vzj.check;

/**
 * How the running kernel was configured: the text of {@code /proc/config.gz} or {@code
 * /boot/config-RELEASE}.
 *
 * @param text lines {@code CONFIG_X=y}; empty if neither file is there
 */
record KernelOptions(String text) {
  /** What is known of an option. */
  enum State {
    /** It is part of the kernel. */
    BUILT_IN,
    /** It was built as a module. */
    MODULE,
    /** It was left out. */
    OFF,
    /** There is no configuration to look at. */
    UNKNOWN
  }

  /**
   * Looks an option up.
   *
   * @param option for example {@code CONFIG_KSM}
   */
  State of(String option) {
    if (text.isEmpty()) {
      return State.UNKNOWN;
    }
    int at = text.startsWith(option + "=") ? 0 : text.indexOf("\n" + option + "=") + 1;
    if (at == 0 && !text.startsWith(option + "=")) {
      return State.OFF;
    }
    int value = at + option.length() + 1;
    char c = value < text.length() ? text.charAt(value) : 'n';
    return c == 'y' ? State.BUILT_IN : c == 'm' ? State.MODULE : State.OFF;
  }
}

package org.vzj.firewall;

/** A text that is no rule; the message says which word of it is wrong, and what is right. */
public final class BadRuleException extends Exception {
  private static final long serialVersionUID = 1L;

  BadRuleException(String rule, String reason) {
    super("Firewall rule \"" + rule + "\": " + reason);
  }

  private BadRuleException(String message, BadRuleException cause) {
    super(message, cause);
  }

  /** The same with the place it was found at. */
  BadRuleException at(String place) {
    return new BadRuleException(place + ": " + getMessage(), this);
  }

  /** What is wrong. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}

package org.vzj.cli.getopt;

/**
 * An option found on the command line.
 *
 * @param option the line of the table it matched
 * @param value its value; empty for an option that takes none
 * @param shortForm whether it was written as a letter ({@code -o}) and not as a long name
 */
public record GetoptOccurrence(GetoptOption option, String value, boolean shortForm) {

  /** The key of the option, for a switch. */
  public String key() {
    return option.key();
  }
}

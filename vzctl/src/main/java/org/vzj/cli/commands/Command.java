package org.vzj.cli.commands;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.VzException;

/** One subcommand of vzctl. */
public abstract class Command {
  /** Returns the options it takes besides those that every command takes. */
  public List<GetoptOption> options() {
    return List.of();
  }

  /** Returns the exit status for an option that is unknown: 20 or 21, as in the reference. */
  public int optionError() {
    return 20;
  }

  /** Tells whether other commands must keep off the container meanwhile. */
  public boolean locks() {
    return true;
  }

  /** Returns how long to wait for a lock that another command holds, in ms; 0: not at all. */
  public long lockPatience() {
    return 0;
  }

  /** Tells whether the container's configuration file must exist. */
  public boolean needsConfig() {
    return true;
  }

  /** Tells whether it may be used on the host itself, container 0. */
  public boolean acceptsHost() {
    return false;
  }

  /** Tells whether it can work on more than one container. */
  public boolean takesMany() {
    return true;
  }

  /**
   * Tells whether the words after the container are a command line of their own, to be left as they
   * are; otherwise every operand is a container.
   */
  public boolean takesWords() {
    return false;
  }

  /**
   * Tells whether its first operand is a container that it takes something from; it is handed over
   * as a word, and the containers to work on follow.
   */
  public boolean takesSource() {
    return false;
  }

  /** Tells whether its own output is all that is to be seen, errors excepted ({@code status}). */
  public boolean silent() {
    return false;
  }

  /** Returns what {@code --help} says after the command's name. */
  public abstract String usage();

  /**
   * Understands the command line.
   *
   * @throws VzException for bad values: nothing has been done yet
   */
  public abstract Work bind(Invocation invocation) throws VzException;
}

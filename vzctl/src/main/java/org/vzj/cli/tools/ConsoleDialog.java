package org.vzj.cli.tools;

import java.io.IOException;
import org.vzj.beancounters.rule.Dialog;
import org.vzj.cli.Session;

/** Tells a person what is wrong, and repairs always, never, or as the person says. */
final class ConsoleDialog implements Dialog {
  private static final String PROMPT = " (y/n) [y] ";

  private final Session session;
  private final boolean repairs;
  private final boolean asks;

  ConsoleDialog(Session session, boolean repairs, boolean asks) {
    this.session = session;
    this.repairs = repairs;
    this.asks = asks;
  }

  @Override
  public void complain(String text) {
    session.err().println(text);
    session.err().flush();
  }

  @Override
  public boolean repairs() {
    return repairs || asks;
  }

  @Override
  public boolean accepts(String text) {
    session.out().println(text);
    session.out().flush();
    return !asks || answer();
  }

  /** Anything but an answer is asked again; the end of the input is no. */
  private boolean answer() {
    try {
      while (true) {
        session.err().print(PROMPT);
        session.err().flush();
        int first = session.in().read();
        for (int c = first; c >= 0 && c != '\n'; ) {
          c = session.in().read();
        }
        if (first == 'y' || first == '\n') {
          return true;
        }
        if (first == 'n' || first < 0) {
          return false;
        }
      }
    } catch (IOException e) {
      return false;
    }
  }
}

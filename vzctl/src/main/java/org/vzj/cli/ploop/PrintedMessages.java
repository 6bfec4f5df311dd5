package org.vzj.cli.ploop;

import org.vzj.cli.Session;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.Messages;

/**
 * What is said of a disk goes to the caller; nothing runs in a container.
 *
 * @param session the caller
 */
record PrintedMessages(Session session) implements Messages {
  @Override
  public void say(String text) {
    session.out().println(TerminalText.of(text));
  }

  @Override
  public void warn(String text) {
    session.err().println(TerminalText.of(text));
  }

  @Override
  public void detail(String text) {}

  @Override
  public void fact(String name, boolean value) {}

  @Override
  public void guestOutput(String text) {}

  @Override
  public void scriptOutput(byte[] bytes) {}
}

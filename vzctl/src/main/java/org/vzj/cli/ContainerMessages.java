package org.vzj.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.CtId;
import org.vzj.container.Messages;

/**
 * What is said about one container, to the terminal and the log. With one container it appears as
 * it is said; with several it is kept, and the caller prints one line for each.
 */
final class ContainerMessages implements Messages {
  private final Session session;
  private final LogFile log;
  private final CtId id;
  private final int level;
  private final boolean kept;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Boolean> facts = new LinkedHashMap<>();
  private final Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();

  /**
   * @param level what the terminal shows: below 0 errors only, 0 what is normal, more details
   *     above; {@link Integer#MIN_VALUE} nothing at all
   * @param kept keep the lines instead of showing them
   */
  ContainerMessages(Session session, LogFile log, CtId id, int level, boolean kept) {
    this.session = session;
    this.log = log;
    this.id = id;
    this.level = level;
    this.kept = kept;
  }

  @Override
  public void say(String words) {
    String text = TerminalText.ofLines(words);
    log.write(0, id, text);
    if (kept) {
      lines.add(text);
    } else if (level >= 0) {
      session.out().println(text);
      session.out().flush();
    }
  }

  @Override
  public void warn(String words) {
    String text = TerminalText.ofLines(words);
    log.write(-1, id, text);
    if (kept) {
      lines.add(text);
    } else if (level > Integer.MIN_VALUE) {
      session.out().flush();
      session.err().println(text);
      session.err().flush();
    }
  }

  @Override
  public void detail(String words) {
    String text = TerminalText.ofLines(words);
    log.write(1, id, text);
    if (level >= 1 && !kept) {
      session.out().println(text);
    }
  }

  @Override
  public void fact(String name, boolean value) {
    facts.put(name, value);
  }

  @Override
  public void rows(String name, List<Map<String, Object>> rows) {
    tables.put(name, rows);
  }

  @Override
  public void guestOutput(String text) {
    scriptOutput(TerminalText.ofLines(text).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void scriptOutput(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    if (kept) {
      lines.add(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
    } else {
      session.out().write(bytes, 0, bytes.length);
      session.out().flush();
    }
  }

  /** Returns what programs are told, in order. */
  Map<String, Boolean> facts() {
    return facts;
  }

  /** Returns the lists that programs are told, in order. */
  Map<String, List<Map<String, Object>>> tables() {
    return tables;
  }

  /** Returns what was kept, in order. */
  List<String> lines() {
    return lines;
  }
}

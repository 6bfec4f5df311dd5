package org.vzj.container;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers what was said. */
public final class RecordedMessages implements Messages {
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final List<String> warned = Collections.synchronizedList(new ArrayList<>());
  private final List<String> details = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Boolean> facts = new LinkedHashMap<>();
  private final StringBuilder output = new StringBuilder();

  private Runnable listener = () -> {};

  /** Does something whenever something is said. */
  public void atEachLine(Runnable action) {
    listener = action;
  }

  @Override
  public void say(String text) {
    said.add(text);
    listener.run();
  }

  @Override
  public void warn(String text) {
    warned.add(text);
  }

  @Override
  public void detail(String text) {
    details.add(text);
  }

  @Override
  public void fact(String name, boolean value) {
    facts.put(name, value);
  }

  @Override
  public void guestOutput(String text) {
    output.append(text);
  }

  @Override
  public void scriptOutput(byte[] bytes) {
    output.append(new String(bytes, StandardCharsets.UTF_8));
  }

  /** What went to the standard output. */
  public List<String> said() {
    return said;
  }

  /** What went to the standard error. */
  public List<String> warned() {
    return warned;
  }

  /** What only a verbose command shows. */
  public List<String> details() {
    return details;
  }

  /** What programs are told. */
  public Map<String, Boolean> facts() {
    return facts;
  }

  /** What scripts printed. */
  public String output() {
    return output.toString();
  }
}

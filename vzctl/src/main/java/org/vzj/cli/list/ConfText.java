package org.vzj.cli.list;

/**
 * A value that is shown as the configuration has it.
 *
 * @param key its name there
 */
record ConfText(String key) implements Field.Source {
  @Override
  public Cell read(Ct ct) {
    String text = ct.conf().first(key);
    return text == null ? Cell.MISSING : Cell.text(text);
  }
}

package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.getopt.GetoptOccurrence;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.BadValue;
import org.vzj.config.OptionValue;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Scope;
import org.vzj.config.Settings;
import org.vzj.container.VzException;

/** The options of {@code set} and {@code create}, drawn from the table of parameters. */
final class ParameterOptions {
  private ParameterOptions() {}

  /** Returns the options of {@code set}, or else those of {@code create}, in the table's order. */
  static List<GetoptOption> of(boolean set) {
    List<GetoptOption> options = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      if (set ? parameter.isSetOption() : parameter.isCreateOption()) {
        options.add(option(parameter));
      }
    }
    return options;
  }

  /** Returns the option of one parameter. */
  static GetoptOption option(Parameter parameter) {
    char letter = 0;
    List<String> names = new ArrayList<>();
    for (String name : parameter.options()) {
      if (name.length() == 1) {
        letter = name.charAt(0);
      } else {
        names.add(name);
      }
    }
    String help = parameter.scope() == Scope.HIDDEN ? "" : parameter.help();
    return new GetoptOption(names.getFirst(), letter, names, parameter.argument(), help);
  }

  /**
   * Reads the values that the command line gives.
   *
   * @param notes where warnings about them go
   * @throws VzException INVALID_VALUE or INVALID_SYNTAX in the reference's words
   */
  static Settings read(List<GetoptOccurrence> options, List<String> notes) throws VzException {
    Settings.Builder settings = new Settings.Builder();
    for (GetoptOccurrence occurrence : options) {
      if (Parameters.byOption(occurrence.key()) == null) {
        continue;
      }
      GetoptOption option = occurrence.option();
      String name = occurrence.shortForm() ? String.valueOf(option.letter()) : occurrence.key();
      OptionValue value = settings.addOption(name, occurrence.value());
      if (value instanceof BadValue bad) {
        throw VzException.ofStatus(bad.exitCode(), String.join("\n", bad.lines()));
      }
      if (value instanceof OptionValue.Accepted accepted && accepted.note() != null) {
        notes.add(accepted.note());
      }
    }
    return settings.build();
  }
}

package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.Parameter;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Convert;
import org.vzj.lifecycle.Target;

/** {@code vzctl convert}. */
final class ConvertCommand extends Command {
  private static final String USUAL = "ploop";

  @Override
  public List<GetoptOption> options() {
    return List.of(ParameterOptions.option(Parameter.VE_LAYOUT));
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public String usage() {
    return "<ctid>... [--layout ploop[:expanded|plain|raw]|simfs]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    String given =
        ParameterOptions.read(invocation.options(), new ArrayList<>()).get(Parameter.VE_LAYOUT);
    String layout = given == null ? USUAL : given;
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        new Convert(target, layout).run();
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return new Convert(target, layout).plan();
      }
    };
  }
}

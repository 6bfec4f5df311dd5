package org.vzj.cli.commands;

import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.SetParameters;
import org.vzj.lifecycle.Target;

/** {@code vzctl set}. */
final class SetCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return ParameterOptions.of(true);
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public boolean needsConfig() {
    return false;
  }

  @Override
  public boolean acceptsHost() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid>... [--save] [--force] [--setmode restart|ignore] [--applyconfig <sample>] ...";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    List<String> notes = new ArrayList<>();
    Settings options = ParameterOptions.read(invocation.options(), notes);
    SetParameters set = new SetParameters(options, options(invocation));
    set.check();
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        for (String note : notes) {
          target.messages().warn(note);
        }
        set.run(target);
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return set.plan(target);
      }
    };
  }

  private static List<String> options(Invocation invocation) throws VzException {
    List<String> given = new ArrayList<>();
    for (var option : invocation.options()) {
      if (Parameters.byOption(option.key()) != null) {
        given.add(option.key());
      }
    }
    if (given.isEmpty()) {
      throw new VzException(ExitCode.INVALID_SYNTAX, "No parameters given for set");
    }
    return given;
  }
}

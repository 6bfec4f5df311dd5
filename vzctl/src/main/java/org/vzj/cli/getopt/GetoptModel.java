package org.vzj.cli.getopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.ParserSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Parses a command line as GNU getopt_long does, with a picocli model of this one command.
 *
 * <p>Options may be abbreviated to a unique prefix, clustered ({@code -aH}), given as {@code
 * --opt=val}, {@code --opt val}, {@code -oval} or {@code -o val}, and mixed with operands; {@code
 * --} ends them. A value may begin with a dash. The model is built by code: picocli's annotations
 * cost 40 ms of reflection.
 */
public final class GetoptModel {
  /** No argument of a process can hold this: {@code --} then comes to us, not to picocli. */
  private static final String NEVER = "\0";

  private final String program;
  private final List<GetoptOption> table;
  private final LongNames names;
  private final boolean stopAtOperand;

  /**
   * A command with operands anywhere.
   *
   * @param program the name that error messages begin with
   * @param table the options; messages list them in this order
   */
  public GetoptModel(String program, List<GetoptOption> table) {
    this(program, table, false);
  }

  /**
   * A command.
   *
   * @param stopAtOperand whether the first operand ends the options (getopt's {@code +})
   */
  public GetoptModel(String program, List<GetoptOption> table, boolean stopAtOperand) {
    this.program = program;
    this.table = table;
    this.names = new LongNames(table);
    this.stopAtOperand = stopAtOperand;
  }

  /** Parses; never throws for what the user wrote. */
  public GetoptResult parse(List<String> arguments) {
    String[] argv = arguments.toArray(new String[0]);
    GetoptScan scan = new GetoptScan(argv, stopAtOperand);
    String error = null;
    try {
      new CommandLine(spec(argv, scan)).parseArgs(argv);
    } catch (UnmatchedArgumentException e) {
      error = message(scan.refusal(), e.getUnmatched().getFirst());
    } catch (ParameterException e) {
      error = message(scan.refusal(), "");
    }
    return new GetoptResult(scan.options(), scan.operands(), error);
  }

  private CommandSpec spec(String[] argv, GetoptScan scan) {
    // Getopt's rule for abbreviations differs from picocli's (which splits names into words), so
    // those in use become plain names of the model. One that turns out to be a value does no harm.
    Map<String, String> abbreviations = names.abbreviations(argv);
    CommandSpec spec = CommandSpec.create();
    for (GetoptOption option : table) {
      spec.addOption(optionSpec(option, abbreviations, scan));
    }
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(String.class)
            .parameterConsumer(scan::operand)
            .build());
    spec.parser(
        new ParserSpec()
            .expandAtFiles(false)
            .trimQuotes(false)
            .endOfOptionsDelimiter(NEVER)
            .unmatchedOptionsArePositionalParams(true)
            .stopAtUnmatched(true)
            .overwrittenOptionsAllowed(true));
    return spec;
  }

  private static OptionSpec optionSpec(
      GetoptOption option, Map<String, String> abbreviations, GetoptScan scan) {
    List<String> all = new ArrayList<>();
    if (option.letter() != 0) {
      all.add("-" + option.letter());
    }
    for (String name : option.longNames()) {
      all.add("--" + name);
    }
    for (Map.Entry<String, String> abbreviation : abbreviations.entrySet()) {
      if (abbreviation.getValue().equals(option.key())) {
        all.add("--" + abbreviation.getKey());
      }
    }
    GetoptScan.OptionHook hook = scan.hook(option);
    return OptionSpec.builder(all.toArray(new String[0]))
        .arity(option.takesValue() ? "1" : "0")
        .type(option.takesValue() ? String.class : boolean.class)
        .preprocessor(hook)
        .parameterConsumer(hook)
        .build();
  }

  private String message(GetoptScan.@Nullable Refusal refusal, String unmatched) {
    StringBuilder text = new StringBuilder(program).append(": ");
    if (refusal == null) {
      // The rest of a cluster whose first letters were known.
      return text.append("invalid option -- '").append(unmatched.charAt(1)).append('\'').toString();
    }
    GetoptOption option = refusal.option();
    if (option == null) {
      unknown(text, refusal.word());
    } else if (!option.takesValue()) {
      refusedValue(text, option, refusal);
    } else if (refusal.shortForm()) {
      text.append("option requires an argument -- '").append(option.letter()).append('\'');
    } else {
      text.append("option '--").append(fullName(option, refusal.word()));
      text.append("' requires an argument");
    }
    return text.toString();
  }

  private void unknown(StringBuilder text, String word) {
    String name = GetoptScan.longName(word);
    if (name == null) {
      text.append("invalid option -- '").append(word.charAt(1)).append('\'');
      return;
    }
    List<String> candidates = names.candidates(name);
    if (candidates.size() < 2) {
      text.append("unrecognized option '").append(word).append('\'');
      return;
    }
    text.append("option '").append(word).append("' is ambiguous; possibilities:");
    for (String candidate : candidates) {
      text.append(" '--").append(candidate).append('\'');
    }
  }

  private static void refusedValue(
      StringBuilder text, GetoptOption option, GetoptScan.Refusal refusal) {
    if (refusal.shortForm()) {
      text.append("invalid option -- '='");
    } else {
      text.append("option '--").append(fullName(option, refusal.word()));
      text.append("' doesn't allow an argument");
    }
  }

  private static String fullName(GetoptOption option, String word) {
    String name = GetoptScan.longName(word);
    for (String full : option.longNames()) {
      if (name != null && full.startsWith(name)) {
        return full;
      }
    }
    return option.key();
  }
}

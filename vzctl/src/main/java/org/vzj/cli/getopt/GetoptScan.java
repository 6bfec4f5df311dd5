package org.vzj.cli.getopt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What one run of picocli's parser meets, in order.
 *
 * <p>picocli hands us its stack of words still to come. A value that it cut off a word ({@code
 * --opt=val}, {@code -oval}) lies on that stack in the word's place, so the stack's height tells
 * which word is being looked at.
 */
@SuppressWarnings("JdkObsolete") // Stack is what picocli's interfaces are written with.
final class GetoptScan {

  /**
   * Why the scan ended early.
   *
   * @param option the option that misses its value or refuses one; null for an unknown one
   * @param word the word it was found in
   */
  record Refusal(@Nullable GetoptOption option, String word, boolean shortForm) {}

  private final String[] argv;
  private final boolean stopAtOperand;
  private final List<GetoptOccurrence> options = new ArrayList<>();
  private final List<String> operands = new ArrayList<>();
  private @Nullable Refusal refusal;

  GetoptScan(String[] argv, boolean stopAtOperand) {
    this.argv = argv;
    this.stopAtOperand = stopAtOperand;
  }

  List<GetoptOccurrence> options() {
    return options;
  }

  List<String> operands() {
    return operands;
  }

  @Nullable Refusal refusal() {
    return refusal;
  }

  /** The name in {@code --name} or {@code --name=value}; null for any other word. */
  static @Nullable String longName(String word) {
    if (word.length() < 3 || !word.startsWith("--")) {
      return null;
    }
    int equals = word.indexOf('=');
    return word.substring(2, equals < 0 ? word.length() : equals);
  }

  OptionHook hook(GetoptOption option) {
    return new OptionHook(option);
  }

  /** Called for a word that picocli takes for an operand: an unknown option, {@code --}, or one. */
  void operand(Stack<String> args, ArgSpec arg, CommandSpec command) {
    String word = args.pop();
    boolean rest = false;
    if (word.equals("--")) {
      rest = true;
    } else if (word.length() > 1 && word.charAt(0) == '-') {
      throw refuse(new Refusal(null, word, false), command);
    } else {
      operands.add(word);
      rest = stopAtOperand;
    }
    while (rest && !args.isEmpty()) {
      operands.add(args.pop());
    }
  }

  private ParameterException refuse(Refusal why, CommandSpec command) {
    refusal = why;
    return new ParameterException(command.commandLine(), why.word());
  }

  /** Takes the value of one option off picocli's stack. */
  final class OptionHook implements IParameterPreprocessor, IParameterConsumer {
    private final GetoptOption option;
    private boolean separated;

    private OptionHook(GetoptOption option) {
      this.option = option;
    }

    /** Notes whether picocli cut a {@code =} off, which only a long name may lose. */
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec arg, Map<String, Object> info) {
      separated = "=".equals(info.get("separator"));
      return false;
    }

    @Override
    public void consumeParameters(Stack<String> args, ArgSpec arg, CommandSpec command) {
      int at = argv.length - args.size();
      boolean attached = !args.isEmpty() && !args.peek().equals(argv[at]);
      String word = argv[attached ? at : at - 1];
      boolean shortForm = !word.startsWith("--");
      if (!option.takesValue()) {
        // In -a=x it is the letter "=" that is wrong, after a good -a.
        if (shortForm || !separated) {
          options.add(new GetoptOccurrence(option, "", shortForm));
        }
        if (separated) {
          throw refuse(new Refusal(option, word, shortForm), command);
        }
        return;
      }
      if (separated && shortForm) {
        // getopt has no -o=val: the value is "=val".
        options.add(new GetoptOccurrence(option, attached ? "=" + args.pop() : "=", true));
        return;
      }
      if (args.isEmpty()) {
        throw refuse(new Refusal(option, word, shortForm), command);
      }
      options.add(new GetoptOccurrence(option, args.pop(), shortForm));
    }
  }
}

package org.vzj.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vzj.linux.seccomp.SyscallRule.Argument;
import org.vzj.linux.seccomp.SyscallRule.Errno;

/**
 * Turns rules into a filter program in classic BPF, see seccomp(2).
 *
 * <p>The program looks at the numbering first (a number alone means nothing), then finds the call
 * by binary search: about seven comparisons. Calls that no rule concerns are decided without
 * looking at arguments, so that Linux 5.11 and later cache the answer and run no program at all.
 */
public final class SeccompCompiler {
  private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
  private static final int JUMP = 0x05; // BPF_JMP | BPF_JA
  private static final int EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
  private static final int ABOVE = 0x25; // BPF_JMP | BPF_JGT | BPF_K
  private static final int AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
  private static final int RETURN = 0x06; // BPF_RET | BPF_K

  private static final int ALLOW = 0x7fff0000;
  private static final int ERRNO = 0x00050000;
  private static final int KILL_PROCESS = 0x80000000;

  // Offsets in struct seccomp_data.
  private static final int NUMBER = 0;
  private static final int ARCH = 4;
  private static final int ARGUMENTS = 16;

  private static final long X32_BIT = 0x40000000L;
  private static final long LAST = 0xffffffffL;

  private SeccompCompiler() {}

  /**
   * Compiles a filter.
   *
   * @param machine where it will run
   * @param rules the calls to refuse; all others are allowed. Calls in a numbering that the machine
   *     does not list kill the process, those of x86-64's x32 numbering give ENOSYS, as they do on
   *     kernels built without it.
   * @return the program
   */
  public static SeccompProgram compile(Machine machine, List<SyscallRule> rules) {
    List<Instruction> code = new ArrayList<>();
    code.add(new Instruction(LOAD, 0, 0, ARCH));
    for (Abi abi : machine.abis()) {
      List<Instruction> section = new ArrayList<>();
      section.add(new Instruction(LOAD, 0, 0, NUMBER));
      section.addAll(search(ranges(abi, rules)));
      code.addAll(branch(EQUAL, abi.auditArch(), section));
    }
    code.add(new Instruction(RETURN, 0, 0, KILL_PROCESS));
    return new SeccompProgram(encode(code));
  }

  private record Instruction(int code, int ifTrue, int ifFalse, int value) {}

  /** Consecutive numbers with the same answer; numbers are unsigned. */
  private record Range(long first, long last, List<Instruction> answer) {}

  private static List<Range> ranges(Abi abi, List<SyscallRule> rules) {
    List<SyscallRule> sorted = new ArrayList<>();
    for (SyscallRule rule : rules) {
      if (rule.number(abi) != SyscallRule.NONE) {
        sorted.add(rule);
      }
    }
    sorted.sort(Comparator.comparingInt(rule -> rule.number(abi)));
    List<Range> ranges = new ArrayList<>();
    int next = 0;
    while (next < sorted.size()) {
      int number = sorted.get(next).number(abi);
      int from = next;
      while (next < sorted.size() && sorted.get(next).number(abi) == number) {
        next++;
      }
      List<Instruction> answer = answer(sorted.subList(from, next));
      Range before = ranges.isEmpty() ? null : ranges.getLast();
      if (before != null && before.last == number - 1 && before.answer.equals(answer)) {
        ranges.set(ranges.size() - 1, new Range(before.first, number, answer));
      } else {
        ranges.add(new Range(number, number, answer));
      }
    }
    if (abi == Abi.X86_64) {
      ranges.add(new Range(X32_BIT, LAST, List.of(error(Errno.ENOSYS))));
    }
    return ranges;
  }

  /** What to do about one call, for which there may be several rules with different arguments. */
  private static List<Instruction> answer(List<SyscallRule> rules) {
    List<Instruction> code = new ArrayList<>();
    for (SyscallRule rule : rules) {
      Argument argument = rule.argument();
      if (argument == null) {
        code.add(error(rule.error()));
        return code;
      }
      code.add(new Instruction(LOAD, 0, 0, ARGUMENTS + 8 * argument.index()));
      code.add(new Instruction(EQUAL, 0, 1, argument.value()));
      code.add(error(rule.error()));
    }
    code.add(new Instruction(RETURN, 0, 0, ALLOW));
    return code;
  }

  private static Instruction error(Errno error) {
    return new Instruction(RETURN, 0, 0, ERRNO | error.number());
  }

  /** Code that expects the number in the accumulator and always returns. */
  private static List<Instruction> search(List<Range> ranges) {
    List<Instruction> code = new ArrayList<>();
    if (ranges.isEmpty()) {
      code.add(new Instruction(RETURN, 0, 0, ALLOW));
    } else if (ranges.size() == 1) {
      code.addAll(single(ranges.getFirst()));
    } else {
      int middle = ranges.size() / 2;
      List<Instruction> upper = search(ranges.subList(middle, ranges.size()));
      code.addAll(branch(AT_LEAST, (int) ranges.get(middle).first, upper));
      code.addAll(search(ranges.subList(0, middle)));
    }
    return code;
  }

  private static List<Instruction> single(Range range) {
    List<Instruction> inside = new ArrayList<>(range.answer);
    if (range.first == range.last) {
      List<Instruction> code = branch(EQUAL, (int) range.first, inside);
      code.add(new Instruction(RETURN, 0, 0, ALLOW));
      return code;
    }
    List<Instruction> above =
        branch(ABOVE, (int) range.last, List.of(new Instruction(RETURN, 0, 0, ALLOW)));
    above.addAll(inside);
    List<Instruction> code = branch(AT_LEAST, (int) range.first, above);
    code.add(new Instruction(RETURN, 0, 0, ALLOW));
    return code;
  }

  /**
   * A test, followed by what to do if it holds; what follows is done if not. A conditional jump
   * reaches 255 instructions: over a longer body it takes an unconditional one, which reaches any.
   */
  private static List<Instruction> branch(int test, int value, List<Instruction> body) {
    List<Instruction> code = new ArrayList<>(body.size() + 2);
    if (body.size() <= 255) {
      code.add(new Instruction(test, 0, body.size(), value));
    } else {
      code.add(new Instruction(test, 1, 0, value));
      code.add(new Instruction(JUMP, 0, 0, body.size()));
    }
    code.addAll(body);
    return code;
  }

  private static byte[] encode(List<Instruction> code) {
    ByteBuffer buffer =
        ByteBuffer.allocate(code.size() * SeccompProgram.INSTRUCTION_SIZE)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Instruction instruction : code) {
      buffer.putShort((short) instruction.code);
      buffer.put((byte) instruction.ifTrue);
      buffer.put((byte) instruction.ifFalse);
      buffer.putInt(instruction.value);
    }
    return buffer.array();
  }
}

package org.vzj.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private static final int USER_NOTIF = 0x7fc00000;
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
    Code code = new Code();
    code.add(LOAD, 0, 0, ARCH);
    for (Abi abi : machine.abis()) {
      Code section = new Code();
      section.add(LOAD, 0, 0, NUMBER);
      List<Range> ranges = ranges(abi, rules);
      section.add(search(ranges, 0, ranges.size()));
      code.add(branch(EQUAL, abi.auditArch(), section));
    }
    code.add(RETURN, 0, 0, KILL_PROCESS);
    return code.program();
  }

  /** Instructions, each a struct sock_filter as a little-endian number. */
  private static final class Code {
    private long[] instructions = new long[8];
    private int size;

    void add(int operation, int ifTrue, int ifFalse, int value) {
      append((long) value << 32 | (long) ifFalse << 24 | (long) ifTrue << 16 | operation);
    }

    void add(Code other) {
      for (int i = 0; i < other.size; i++) {
        append(other.instructions[i]);
      }
    }

    private void append(long instruction) {
      if (size == instructions.length) {
        instructions = Arrays.copyOf(instructions, size * 2);
      }
      instructions[size++] = instruction;
    }

    boolean same(Code other) {
      return Arrays.equals(instructions, 0, size, other.instructions, 0, other.size);
    }

    SeccompProgram program() {
      ByteBuffer buffer =
          ByteBuffer.allocate(size * SeccompProgram.INSTRUCTION_SIZE)
              .order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < size; i++) {
        buffer.putLong(instructions[i]);
      }
      return new SeccompProgram(buffer.array());
    }
  }

  /** Consecutive numbers with the same answer; numbers are unsigned. */
  private record Range(long first, long last, Code answer) {}

  private static List<Range> ranges(Abi abi, List<SyscallRule> rules) {
    List<SyscallRule> sorted = sorted(abi, rules);
    List<Range> ranges = new ArrayList<>();
    int next = 0;
    while (next < sorted.size()) {
      int number = sorted.get(next).number(abi);
      int from = next;
      while (next < sorted.size() && sorted.get(next).number(abi) == number) {
        next++;
      }
      Code answer = answer(sorted.subList(from, next));
      Range before = ranges.isEmpty() ? null : ranges.getLast();
      if (before != null && before.last == number - 1 && before.answer.same(answer)) {
        ranges.set(ranges.size() - 1, new Range(before.first, number, answer));
      } else {
        ranges.add(new Range(number, number, answer));
      }
    }
    if (abi == Abi.X86_64) {
      Code none = new Code();
      refuse(none, Errno.ENOSYS);
      ranges.add(new Range(X32_BIT, LAST, none));
    }
    return ranges;
  }

  /** By number; those of one number in the table's order. */
  private static List<SyscallRule> sorted(Abi abi, List<SyscallRule> rules) {
    // By insertion: a comparator would be the only lambda on the way of starting a container, and
    // the first one costs milliseconds.
    List<SyscallRule> sorted = new ArrayList<>(rules.size());
    for (SyscallRule rule : rules) {
      int number = rule.number(abi);
      if (number != SyscallRule.NONE) {
        int at = sorted.size();
        while (at > 0 && sorted.get(at - 1).number(abi) > number) {
          at--;
        }
        sorted.add(at, rule);
      }
    }
    return sorted;
  }

  /** What to do about one call, for which there may be several rules with different arguments. */
  private static Code answer(List<SyscallRule> rules) {
    Code code = new Code();
    for (SyscallRule rule : rules) {
      Argument argument = rule.argument();
      if (argument == null) {
        refuse(code, rule.error());
        return code;
      }
      code.add(LOAD, 0, 0, ARGUMENTS + 8 * argument.index());
      code.add(EQUAL, 0, 1, argument.value());
      refuse(code, rule.error());
    }
    code.add(RETURN, 0, 0, ALLOW);
    return code;
  }

  private static void refuse(Code code, @Nullable Errno error) {
    code.add(RETURN, 0, 0, error == null ? USER_NOTIF : ERRNO | error.number());
  }

  /** Code that expects the number in the accumulator and always returns. */
  private static Code search(List<Range> ranges, int from, int to) {
    Code code = new Code();
    if (from == to) {
      code.add(RETURN, 0, 0, ALLOW);
    } else if (from + 1 == to) {
      code.add(single(ranges.get(from)));
    } else {
      int middle = (from + to) >>> 1;
      code.add(branch(AT_LEAST, (int) ranges.get(middle).first, search(ranges, middle, to)));
      code.add(search(ranges, from, middle));
    }
    return code;
  }

  private static Code single(Range range) {
    Code code;
    if (range.first == range.last) {
      code = branch(EQUAL, (int) range.first, range.answer);
    } else {
      Code allow = new Code();
      allow.add(RETURN, 0, 0, ALLOW);
      Code notBelow = branch(ABOVE, (int) range.last, allow);
      notBelow.add(range.answer);
      code = branch(AT_LEAST, (int) range.first, notBelow);
    }
    code.add(RETURN, 0, 0, ALLOW);
    return code;
  }

  /**
   * A test, followed by what to do if it holds; what follows is done if not. A conditional jump
   * reaches 255 instructions: over a longer body it takes an unconditional one, which reaches any.
   */
  private static Code branch(int test, int value, Code body) {
    Code code = new Code();
    if (body.size <= 255) {
      code.add(test, 0, body.size, value);
    } else {
      code.add(test, 1, 0, value);
      code.add(JUMP, 0, 0, body.size);
    }
    code.add(body);
    return code;
  }
}

package org.vzj.linux.seccomp;

import org.jspecify.annotations.Nullable;
import org.vzj.linux.capability.Capability;

/**
 * One system call that is not for containers, or not for the kernel alone to answer.
 *
 * @param name the call's name
 * @param x86 its number on x86-64, or {@link #NONE}
 * @param i386 its number for 32-bit programs on x86, or {@link #NONE}
 * @param arm its number on arm64, or {@link #NONE}
 * @param error what it gives; null: whoever listens to the filter answers, and if nobody does, the
 *     kernel with ENOSYS
 * @param argument if not null, only calls with such an argument are refused
 * @param unless if not null, a privileged container that keeps this capability may make the call
 * @param reason why it is refused
 */
public record SyscallRule(
    String name,
    int x86,
    int i386,
    int arm,
    @Nullable Errno error,
    @Nullable Argument argument,
    @Nullable Capability unless,
    String reason) {
  /** Stands for a call that a numbering does not have. */
  public static final int NONE = -1;

  /** Errors that refused calls give; the numbers are the same on x86 and arm64. */
  public enum Errno {
    /** "You may not": for what a program should report to its user. */
    EPERM(1),
    /** "There is no such call": programs then use something else, or do without. */
    ENOSYS(38),
    /** "No such option": what a kernel built without it gives. */
    ENOPROTOOPT(92),
    /** "No such protocol": what a kernel built without it gives. */
    EPROTONOSUPPORT(93),
    /** "No such protocol family": what a kernel built without it gives. */
    EAFNOSUPPORT(97);

    private final int number;

    Errno(int number) {
      this.number = number;
    }

    /** The error's number. */
    public int number() {
      return number;
    }
  }

  /**
   * A condition on one argument, of which the low 32 bits are compared: the kernel itself looks at
   * no more for the arguments concerned, so a program must not get around it by setting high bits.
   *
   * @param index which argument, from 0
   * @param value the value refused
   */
  public record Argument(int index, int value) {}

  /**
   * The call's number.
   *
   * @param abi in which numbering
   * @return the number, or {@link #NONE}
   */
  public int number(Abi abi) {
    return switch (abi) {
      case X86_64 -> x86;
      case I386 -> i386;
      case AARCH64 -> arm;
    };
  }
}

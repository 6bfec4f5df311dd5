package org.vzj.linux.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Runs a filter as the kernel would: written from the kernel's documentation of classic BPF, not
 * from our compiler. Checks on the way what the kernel's bpf_check_classic and seccomp_check_filter
 * check.
 */
final class FilterInterpreter {
  private final ByteBuffer code;
  private final int length;

  FilterInterpreter(SeccompProgram program) {
    code = ByteBuffer.wrap(program.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    length = program.length();
    if (length > 4096) {
      throw new IllegalStateException("too long: " + length);
    }
    if ((code.getShort((length - 1) * 8) & 7) != 6) {
      throw new IllegalStateException("does not end in a return");
    }
  }

  /** The filter's answer for a call. */
  int run(int arch, int number, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(arch).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int accumulator = 0;
    int at = 0;
    while (true) {
      if (at < 0 || at >= length) {
        throw new IllegalStateException("jump out of the program to " + at);
      }
      int operation = Short.toUnsignedInt(code.getShort(at * 8));
      int ifTrue = Byte.toUnsignedInt(code.get(at * 8 + 2));
      int ifFalse = Byte.toUnsignedInt(code.get(at * 8 + 3));
      int value = code.getInt(at * 8 + 4);
      at++;
      switch (operation) {
        case 0x20 -> {
          if (value < 0 || value > 60 || value % 4 != 0) {
            throw new IllegalStateException("load from " + value);
          }
          accumulator = data.getInt(value);
        }
        case 0x05 -> at += value;
        case 0x15 -> at += accumulator == value ? ifTrue : ifFalse;
        case 0x25 -> at += Integer.compareUnsigned(accumulator, value) > 0 ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(accumulator, value) >= 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return value;
        }
        default -> throw new IllegalStateException("operation " + operation);
      }
    }
  }
}

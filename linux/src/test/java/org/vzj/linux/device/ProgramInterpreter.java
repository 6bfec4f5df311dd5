package org.vzj.linux.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a device program as the kernel would: the few eBPF instructions that can be in one. */
final class ProgramInterpreter {
  private final ByteBuffer code;

  ProgramInterpreter(DeviceProgram program) {
    code = ByteBuffer.wrap(program.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Tells whether an access is allowed; access: mknod 1, read 2, write 4. */
  boolean allows(int type, int access, int major, int minor) {
    int[] context = {access << 16 | type, major, minor};
    long[] registers = new long[11];
    int at = 0;
    while (at < code.capacity() / 8) {
      int operation = Byte.toUnsignedInt(code.get(at * 8));
      int target = code.get(at * 8 + 1) & 15;
      int source = code.get(at * 8 + 1) >> 4 & 15;
      int offset = code.getShort(at * 8 + 2);
      long value = code.getInt(at * 8 + 4);
      at++;
      switch (operation) {
        case 0x61 -> registers[target] = Integer.toUnsignedLong(context[offset / 4]);
        case 0xbf -> registers[target] = registers[source];
        case 0xb7 -> registers[target] = value;
        case 0x57 -> registers[target] &= value;
        case 0x77 -> registers[target] >>>= value;
        case 0x55 -> at += registers[target] != value ? offset : 0;
        case 0x95 -> {
          return registers[0] == 1;
        }
        default -> throw new IllegalStateException("operation " + operation);
      }
    }
    throw new IllegalStateException("no exit");
  }
}

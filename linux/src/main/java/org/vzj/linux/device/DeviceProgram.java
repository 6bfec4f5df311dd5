package org.vzj.linux.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * An eBPF program of type BPF_PROG_TYPE_CGROUP_DEVICE: cgroup v2's way to limit devices, which has
 * no file for it. The kernel runs it when a process of the group opens or makes a device node; it
 * returns 1 to allow. Immutable.
 */
public final class DeviceProgram {
  /** Bytes per instruction, the kernel's {@code struct bpf_insn}. */
  public static final int INSTRUCTION_SIZE = 8;

  // Fields of struct bpf_cgroup_dev_ctx, a pointer to which is in r1.
  private static final int ACCESS_TYPE = 0;
  private static final int MAJOR = 4;
  private static final int MINOR = 8;

  // BPF_DEVCG_DEV_ and BPF_DEVCG_ACC_ of linux/bpf.h.
  private static final int BLOCK = 1;
  private static final int CHARACTER = 2;
  private static final int MKNOD = 1;
  private static final int READ = 2;
  private static final int WRITE = 4;

  private static final int LOAD_WORD = 0x61; // BPF_LDX | BPF_MEM | BPF_W
  private static final int MOVE = 0xbf; // BPF_ALU64 | BPF_MOV | BPF_X
  private static final int MOVE_VALUE = 0xb7; // BPF_ALU64 | BPF_MOV | BPF_K
  private static final int AND_VALUE = 0x57; // BPF_ALU64 | BPF_AND | BPF_K
  private static final int SHIFT_RIGHT_VALUE = 0x77; // BPF_ALU64 | BPF_RSH | BPF_K
  private static final int NOT_EQUAL_VALUE = 0x55; // BPF_JMP | BPF_JNE | BPF_K
  private static final int EXIT = 0x95; // BPF_JMP | BPF_EXIT

  private static final int RESULT = 0;
  private static final int CONTEXT = 1;
  private static final int TYPE_REGISTER = 2;
  private static final int ACCESS_REGISTER = 3;
  private static final int MAJOR_REGISTER = 4;
  private static final int MINOR_REGISTER = 5;
  private static final int SCRATCH = 6;

  /** The longest rule below, in instructions. */
  private static final int RULE_LENGTH = 8;

  private final byte[] bytes;

  private DeviceProgram(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Compiles rules.
   *
   * @param rules what is allowed; an access that needs several rights must find them in one rule,
   *     as in cgroup v1
   * @return a program that allows this and nothing else
   */
  public static DeviceProgram compile(List<DeviceRule> rules) {
    ByteBuffer code =
        ByteBuffer.allocate((6 + rules.size() * RULE_LENGTH + 2) * INSTRUCTION_SIZE)
            .order(ByteOrder.LITTLE_ENDIAN);
    put(code, LOAD_WORD, TYPE_REGISTER, CONTEXT, ACCESS_TYPE, 0);
    put(code, MOVE, ACCESS_REGISTER, TYPE_REGISTER, 0, 0);
    put(code, AND_VALUE, TYPE_REGISTER, 0, 0, 0xffff);
    put(code, SHIFT_RIGHT_VALUE, ACCESS_REGISTER, 0, 0, 16);
    put(code, LOAD_WORD, MAJOR_REGISTER, CONTEXT, MAJOR, 0);
    put(code, LOAD_WORD, MINOR_REGISTER, CONTEXT, MINOR, 0);
    for (DeviceRule rule : rules) {
      rule(code, rule);
    }
    answer(code, 0);
    return new DeviceProgram(Arrays.copyOf(code.array(), code.position()));
  }

  private static void rule(ByteBuffer code, DeviceRule rule) {
    int refused = ~access(rule) & (MKNOD | READ | WRITE);
    boolean anyMajor = rule.major() == DeviceRule.ANY;
    boolean anyMinor = rule.minor() == DeviceRule.ANY;
    // How far it is from behind the next jump to behind this rule.
    int rest = (refused == 0 ? 0 : 3) + (anyMajor ? 0 : 1) + (anyMinor ? 0 : 1) + 2;
    int type = rule.type() == DeviceRule.Type.BLOCK ? BLOCK : CHARACTER;
    put(code, NOT_EQUAL_VALUE, TYPE_REGISTER, 0, rest, type);
    if (refused != 0) {
      rest -= 3;
      put(code, MOVE, SCRATCH, ACCESS_REGISTER, 0, 0);
      put(code, AND_VALUE, SCRATCH, 0, 0, refused);
      put(code, NOT_EQUAL_VALUE, SCRATCH, 0, rest, 0);
    }
    if (!anyMajor) {
      put(code, NOT_EQUAL_VALUE, MAJOR_REGISTER, 0, --rest, rule.major());
    }
    if (!anyMinor) {
      put(code, NOT_EQUAL_VALUE, MINOR_REGISTER, 0, --rest, rule.minor());
    }
    answer(code, 1);
  }

  private static int access(DeviceRule rule) {
    return (rule.mknod() ? MKNOD : 0) | (rule.read() ? READ : 0) | (rule.write() ? WRITE : 0);
  }

  private static void answer(ByteBuffer code, int allowed) {
    put(code, MOVE_VALUE, RESULT, 0, 0, allowed);
    put(code, EXIT, 0, 0, 0, 0);
  }

  private static void put(
      ByteBuffer code, int operation, int target, int source, int offset, int value) {
    code.put((byte) operation);
    code.put((byte) (source << 4 | target));
    code.putShort((short) offset);
    code.putInt(value);
  }

  /** The instructions, 8 bytes each, little-endian. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as lower-case hexadecimal digits, as the launcher's step wants them. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }
}

package org.vzj.linux.seccomp;

import java.util.HexFormat;

/** A compiled filter: an array of the kernel's {@code struct sock_filter}. Immutable. */
public final class SeccompProgram {
  /** Bytes per instruction. */
  public static final int INSTRUCTION_SIZE = 8;

  /** The kernel's BPF_MAXINSNS. */
  public static final int MAX_INSTRUCTIONS = 4096;

  private final byte[] bytes;

  /**
   * Wraps a program.
   *
   * @param bytes instructions of 8 bytes each, little-endian
   * @throws IllegalArgumentException if the length can't be that of a program
   */
  SeccompProgram(byte[] bytes) {
    if (bytes.length == 0
        || bytes.length % INSTRUCTION_SIZE != 0
        || bytes.length > MAX_INSTRUCTIONS * INSTRUCTION_SIZE) {
      throw new IllegalArgumentException("not a filter program: " + bytes.length + " bytes");
    }
    this.bytes = bytes.clone();
  }

  /** The instructions, 8 bytes each, in the machine's byte order. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many instructions there are. */
  public int length() {
    return bytes.length / INSTRUCTION_SIZE;
  }

  /**
   * The bytes as lower-case hexadecimal digits, as the launcher's step {@code seccomp} wants it.
   */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }
}

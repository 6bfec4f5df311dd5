package org.vzj.linux.seccomp;

import java.util.List;

/** A kind of machine that we make filters for. All are little-endian. */
public enum Machine {
  X86_64,
  /**
   * Calls of 32-bit ARM programs are refused: there is no table for them, as OpenVZ never ran on
   * ARM and no template has them.
   */
  AARCH64;

  /** The numberings that programs on this machine may use, the usual one first. */
  public List<Abi> abis() {
    return switch (this) {
      case X86_64 -> List.of(Abi.X86_64, Abi.I386);
      case AARCH64 -> List.of(Abi.AARCH64);
    };
  }

  /**
   * The machine that this program runs on.
   *
   * @throws IllegalStateException if it is none that we make filters for
   */
  public static Machine current() {
    return ofName(System.getProperty("os.arch", ""));
  }

  /**
   * Finds a machine by name.
   *
   * @param name as {@code uname -m} or Java's {@code os.arch} call it
   * @throws IllegalStateException if it is none that we make filters for
   */
  public static Machine ofName(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> throw new IllegalStateException("no system call filter for machine " + name);
    };
  }
}

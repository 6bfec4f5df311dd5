package org.vzj.linux.seccomp;

/**
 * A numbering of system calls. A seccomp filter sees which one a call used and must check it first:
 * the same number means different calls in different numberings.
 */
public enum Abi {
  /** 64-bit calls on x86-64. */
  X86_64(0xC000003E),
  /** 32-bit calls on x86-64: 32-bit guests, which old OpenVZ templates are. */
  I386(0x40000003),
  /** 64-bit calls on arm64. */
  AARCH64(0xC00000B7);

  private final int auditArch;

  Abi(int auditArch) {
    this.auditArch = auditArch;
  }

  /** The AUDIT_ARCH_ value of {@code linux/audit.h}, which {@code seccomp_data.arch} holds. */
  public int auditArch() {
    return auditArch;
  }
}

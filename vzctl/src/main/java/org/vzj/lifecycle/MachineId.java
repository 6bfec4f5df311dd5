package org.vzj.lifecycle;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for machines, machine-id(5): systemd in a user namespace cannot make one itself. */
final class MachineId {
  private MachineId() {}

  /** Returns 32 hexadecimal digits that nobody has used. */
  static String random() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}

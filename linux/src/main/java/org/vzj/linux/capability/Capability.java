package org.vzj.linux.capability;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's capabilities, see capabilities(7), in the order of their numbers. A constant has the
 * name that OpenVZ's {@code --capability} and {@code CAPABILITY=} use, which is the kernel's
 * without {@code CAP_}, but for number 30: OpenVZ's kernel had its VE_ADMIN (the right to
 * administrate within a container) there, where stock kernels have AUDIT_CONTROL. What VE_ADMIN
 * allowed, SYS_ADMIN and NET_ADMIN allow within a user namespace. Number 29 was SETVEID in old
 * versions; that name is still understood.
 */
public enum Capability {
  CHOWN(0),
  DAC_OVERRIDE(1),
  DAC_READ_SEARCH(2),
  FOWNER(3),
  FSETID(4),
  KILL(5),
  SETGID(6),
  SETUID(7),
  SETPCAP(8),
  LINUX_IMMUTABLE(9),
  NET_BIND_SERVICE(10),
  NET_BROADCAST(11),
  NET_ADMIN(12),
  NET_RAW(13),
  IPC_LOCK(14),
  IPC_OWNER(15),
  SYS_MODULE(16),
  SYS_RAWIO(17),
  SYS_CHROOT(18),
  SYS_PTRACE(19),
  SYS_PACCT(20),
  SYS_ADMIN(21),
  SYS_BOOT(22),
  SYS_NICE(23),
  SYS_RESOURCE(24),
  SYS_TIME(25),
  SYS_TTY_CONFIG(26),
  MKNOD(27),
  LEASE(28),
  AUDIT_WRITE(29),
  VE_ADMIN(30),
  SETFCAP(31),
  MAC_OVERRIDE(32),
  MAC_ADMIN(33),
  SYSLOG(34),
  WAKE_ALARM(35),
  BLOCK_SUSPEND(36),
  AUDIT_READ(37),
  PERFMON(38),
  BPF(39),
  CHECKPOINT_RESTORE(40);

  private static final Capability[] ALL = values();

  private final int number;

  Capability(int number) {
    this.number = number;
  }

  /** The kernel's number of the capability, 0 to 40. */
  public int number() {
    return number;
  }

  /**
   * Finds a capability by its number.
   *
   * @param number the kernel's number
   * @return the capability, or null if we know none of that number
   */
  public static @Nullable Capability ofNumber(int number) {
    return number >= 0 && number < ALL.length ? ALL[number] : null;
  }

  /**
   * Finds a capability by its name.
   *
   * @param name a constant's name in any case, with or without {@code CAP_}; SETVEID and
   *     AUDIT_CONTROL are understood as well
   * @return the capability, or null if the name is unknown. OpenVZ also accepts FS_MASK, which was
   *     never a capability and had no effect: it is null here.
   */
  public static @Nullable Capability ofName(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.startsWith("CAP_")) {
      upper = upper.substring(4);
    }
    if (upper.equals("SETVEID")) {
      return AUDIT_WRITE;
    }
    if (upper.equals("AUDIT_CONTROL")) {
      return VE_ADMIN;
    }
    for (Capability capability : ALL) {
      if (capability.name().equals(upper)) {
        return capability;
      }
    }
    return null;
  }
}

package org.vzj.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of {@code NAME:on|off}, and of names of modules. */
final class SwitchValues {

  /**
   * The names of OpenVZ in its order, that of the kernel's numbers, followed by those of later
   * kernels (capabilities(7)).
   */
  static final List<String> CAPABILITIES =
      Words.of(
          "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP"
              + " LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK"
              + " IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT"
              + " SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE VE_ADMIN"
              + " SETFCAP FS_MASK AUDIT_CONTROL MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM"
              + " BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE");

  static final List<String> FEATURES = Words.of("sysfs nfs sit ipip ppp ipgre bridge nfsd");

  static final List<String> MODULES =
      Words.of(
          "iptable_filter iptable_mangle ipt_limit ipt_multiport ipt_tos ipt_TOS ipt_REJECT"
              + " ipt_TCPMSS ipt_tcpmss ipt_ttl ipt_LOG ipt_length ip_conntrack ip_conntrack_ftp"
              + " ip_conntrack_irc ipt_conntrack ipt_state ipt_helper iptable_nat ip_nat_ftp"
              + " ip_nat_irc ipt_REDIRECT xt_mac ipt_recent ipt_owner");

  private SwitchValues() {}

  static Value capabilities(String text, Source source) {
    return switches(text, source, CAPABILITIES, "Capability ", " is unknown");
  }

  static Value features(String text, Source source) {
    return switches(text, source, FEATURES, "Warning: Unknown feature: ", "");
  }

  /** A file may name what this kernel or this version does not know; the rest of it counts. */
  private static Value switches(
      String text, Source source, List<String> names, String before, String after) {
    @Nullable Boolean[] on = new @Nullable Boolean[names.size()];
    StringBuilder note = new StringBuilder();
    for (String word : Words.split(text, ',')) {
      int colon = word.indexOf(':');
      String state = colon < 0 ? "" : word.substring(colon + 1);
      if (!state.equals("on") && !state.equals("off")) {
        return Value.BAD;
      }
      String name = word.substring(0, colon);
      int index = names == CAPABILITIES ? capability(name) : names.indexOf(name);
      if (index >= 0) {
        on[index] = state.equals("on");
      } else {
        note.append(note.isEmpty() ? "" : "\n").append(before).append(name).append(after);
      }
    }
    if (!note.isEmpty() && source == Source.COMMAND_LINE) {
      return Value.bad(note.toString());
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < on.length; i++) {
      Boolean state = on[i];
      if (state != null) {
        out.append(out.isEmpty() ? "" : " ").append(names.get(i)).append(state ? ":on" : ":off");
      }
    }
    return new Value(out.toString(), false, note.isEmpty() ? null : note.toString());
  }

  /** In any case; {@code setveid} is an old name of VE_ADMIN. */
  private static int capability(String name) {
    char[] upper = name.toCharArray();
    for (int i = 0; i < upper.length; i++) {
      if (upper[i] >= 'a' && upper[i] <= 'z') {
        upper[i] = (char) (upper[i] - 'a' + 'A');
      }
    }
    String known = new String(upper);
    return CAPABILITIES.indexOf(known.equals("SETVEID") ? "VE_ADMIN" : known);
  }

  static Value modules(String text, Source source) {
    StringBuilder out = new StringBuilder();
    StringBuilder note = new StringBuilder();
    for (String name : Words.split(text, ',')) {
      if (MODULES.contains(name)) {
        out.append(out.isEmpty() ? "" : " ").append(name);
      } else {
        note.append(note.isEmpty() ? "" : "\n").append("Warning: Unknown iptable module: ");
        note.append(name).append(", skipped");
      }
    }
    return new Value(out.toString(), false, note.isEmpty() ? null : note.toString());
  }
}

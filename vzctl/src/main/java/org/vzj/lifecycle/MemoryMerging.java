package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.config.Parameter;

/** KSM=yes: the kernel may keep equal pages of the container's processes once (KSM). */
final class MemoryMerging {
  private static final Path KSM = Path.of("/sys/kernel/mm/ksm");
  private static final Path RELEASE = Path.of("/proc/sys/kernel/osrelease");

  private MemoryMerging() {}

  /** Whether it is asked for, and this kernel can; says if it cannot, or does not at the moment. */
  static boolean wanted(Target target) {
    if (!target.config().isYes(Parameter.KSM)) {
      return false;
    }
    try {
      if (!Files.isDirectory(KSM) || !inheritsAcrossExec(Files.readString(RELEASE))) {
        target.messages().warn("Warning: --ksm needs Linux 6.7 with CONFIG_KSM: no page is merged");
        return false;
      }
      if (!Files.readString(KSM.resolve("run")).startsWith("1")) {
        target
            .messages()
            .say("Note: pages are merged while KSM runs: echo 1 > " + KSM.resolve("run"));
      }
      return true;
    } catch (IOException e) {
      target.messages().warn("Warning: no page is merged: " + e.getMessage());
      return false;
    }
  }

  /** {@code PR_SET_MEMORY_MERGE} is older, 6.4, but init would lose it at its first exec. */
  static boolean inheritsAcrossExec(String release) {
    int dot = release.indexOf('.');
    int end = dot + 1;
    while (end < release.length() && Character.isDigit(release.charAt(end))) {
      end++;
    }
    try {
      int major = Integer.parseInt(release, 0, dot, 10);
      int minor = Integer.parseInt(release, dot + 1, end, 10);
      return major > 6 || (major == 6 && minor >= 7);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return false;
    }
  }
}

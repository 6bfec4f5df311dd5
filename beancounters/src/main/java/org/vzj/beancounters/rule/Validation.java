package org.vzj.beancounters.rule;

import org.vzj.beancounters.BarrierLimit;

/** The checks of vzcfgvalidate, in its order and words. */
public final class Validation {
  private static final long UNLIMITED = BarrierLimit.UNLIMITED;

  private static final String[] REQUIRED = {
    "numproc",
    "numtcpsock",
    "numothersock",
    "oomguarpages",
    "vmguarpages",
    "kmemsize",
    "tcpsndbuf",
    "tcprcvbuf",
    "othersockbuf",
    "dgramrcvbuf",
    "privvmpages",
    "numfile",
    "dcachesize",
    "physpages",
    "numpty"
  };

  private static final long TCP_BUFFER = 64 * 1024;
  private static final long SMALL_BUFFER = 32 * 1024;
  private static final long GOOD_BUFFER = 129 * 1024;
  private static final long KERNEL_MEMORY_OF_PROCESS = 40 * 1024;
  private static final long MEMORY_OF_FILE = 384;
  private static final long FILES_OF_PROCESS = 32;

  private final LimitSheet sheet;
  private final Dialog dialog;
  private boolean valid = true;

  private Validation(LimitSheet sheet, Dialog dialog) {
    this.sheet = sheet;
    this.dialog = dialog;
  }

  /**
   * Checks limits of the model with RAM and swap.
   *
   * @param ramPages the host's RAM in pages
   * @param swapPages its swap space in pages
   * @return whether all is well, if need be by repairs
   */
  public static boolean vswap(LimitSheet sheet, Dialog dialog, long ramPages, long swapPages) {
    Validation validation = new Validation(sheet, dialog);
    validation.bounded("physpages", ramPages);
    validation.bounded("swappages", swapPages);
    return validation.valid;
  }

  /**
   * Checks limits of the older model.
   *
   * @param diskQuota whether the limits of the disk are looked at
   * @return whether all is well, if need be by repairs; recommendations do not count
   */
  public static boolean classic(LimitSheet sheet, Dialog dialog, boolean diskQuota) {
    Validation validation = new Validation(sheet, dialog);
    for (String name : REQUIRED) {
      validation.exists(name);
    }
    if (!validation.valid) {
      return false;
    }
    long processes =
        sheet.has("avnumproc") ? sheet.barrier("avnumproc") : sheet.barrier("numproc") / 2;
    validation.pairs(diskQuota);
    validation.formulas(processes);
    return validation.valid;
  }

  private boolean exists(String name) {
    if (sheet.has(name)) {
      return true;
    }
    dialog.complain("Error: parameter " + name + " not found");
    valid = false;
    return false;
  }

  private void pairs(boolean diskQuota) {
    equal("numproc");
    equal("numtcpsock");
    equal("numothersock");
    unlimited("vmguarpages");
    ordered("kmemsize");
    ordered("tcpsndbuf");
    ordered("tcprcvbuf");
    ordered("othersockbuf");
    ordered("dgramrcvbuf");
    unlimited("oomguarpages");
    ordered("privvmpages");
    ordered("lockedpages");
    equal("shmpages");
    zero("physpages", "barrier should be = 0 for physpages");
    unlimited("physpages");
    equal("numfile");
    ordered("numflock");
    equal("numpty");
    equal("numsiginfo");
    ordered("dcachesize");
    equal("numiptent");
    if (diskQuota) {
      ordered("diskspace");
      ordered("diskinodes");
    }
  }

  private void formulas(long processes) {
    long names = (sheet.barrier("numfile") * MEMORY_OF_FILE) & UNLIMITED;
    if (sheet.limit("dcachesize") < names) {
      String now = currently(sheet.limit("dcachesize"));
      dialog.complain("Warning: dcachesize.lim should be > " + names + now);
      repair("dcachesize", number(names), sheet.barrier("dcachesize"), names);
    }
    long kernel = (KERNEL_MEMORY_OF_PROCESS * processes + sheet.limit("dcachesize")) & UNLIMITED;
    atLeast("Error", "kmemsize", kernel);
    long guaranteed = sheet.barrier("vmguarpages");
    if (sheet.barrier("privvmpages") < guaranteed) {
      String now = currently(sheet.barrier("privvmpages"));
      dialog.complain("Warning: privvmpages.bar should be > " + guaranteed + now);
      long limit = Math.max(guaranteed, sheet.limit("privvmpages"));
      repair("privvmpages", number(guaranteed), guaranteed, limit);
    }
    apart("Error", "tcpsndbuf", "numtcpsock");
    apart("Error", "othersockbuf", "numothersock");
    apart("Warning", "tcprcvbuf", "numtcpsock");
    atLeast("Warning", "tcprcvbuf", TCP_BUFFER);
    atLeast("Warning", "tcpsndbuf", TCP_BUFFER);
    buffer("dgramrcvbuf");
    buffer("othersockbuf");
    long files = processes * FILES_OF_PROCESS;
    long open =
        sheet.barrier("numtcpsock") + sheet.barrier("numothersock") + sheet.barrier("numpty");
    long needed = Math.max(open, files) & UNLIMITED;
    if (sheet.barrier("numfile") < needed) {
      dialog.complain(
          "Warning: numfile should be > " + needed + currently(sheet.barrier("numfile")));
      shift("numfile", needed);
    }
  }

  private void bounded(String name, long most) {
    if (!exists(name)) {
      return;
    }
    zero(name, name + ".bar should be = 0");
    if (sheet.limit(name) > most) {
      String now = currently(sheet.limit(name));
      dialog.complain("Warning: " + name + ".lim should be <= " + most + now);
      repair(name, number(most), sheet.barrier(name), most);
    }
  }

  private void equal(String name) {
    if (exists(name) && sheet.barrier(name) != sheet.limit(name)) {
      dialog.complain("Error: barrier should be equal to limit for " + name + both(name));
      long larger = Math.max(sheet.barrier(name), sheet.limit(name));
      repair(name, pair(larger, larger), larger, larger);
    }
  }

  private void ordered(String name) {
    if (exists(name) && sheet.barrier(name) > sheet.limit(name)) {
      dialog.complain("Error: barrier should be <= limit for " + name + both(name));
      long barrier = sheet.barrier(name);
      repair(name, pair(barrier, barrier), barrier, barrier);
    }
  }

  private void unlimited(String name) {
    if (sheet.limit(name) != UNLIMITED) {
      String what = "limit should be = " + UNLIMITED + " for " + name;
      dialog.complain("Error: " + what + currently(sheet.limit(name)));
      repair(name, number(UNLIMITED), sheet.barrier(name), UNLIMITED);
    }
  }

  private void zero(String name, String what) {
    if (sheet.barrier(name) != 0) {
      dialog.complain("Error: " + what + currently(sheet.barrier(name)));
      repair(name, number(0), 0, sheet.limit(name));
    }
  }

  private void atLeast(String kind, String name, long least) {
    if (sheet.barrier(name) < least) {
      dialog.complain(
          kind + ": " + name + ".bar should be > " + least + currently(sheet.barrier(name)));
      shift(name, least);
    }
  }

  /** Between barrier and limit 2.5 KB for each socket. */
  private void apart(String kind, String name, String sockets) {
    long least = (long) (2.5 * 1024 * (double) sheet.barrier(sockets));
    long barrier = sheet.barrier(name);
    long limit = sheet.limit(name);
    // Unsigned, as the original computes: a barrier above the limit was complained of before.
    if (Long.compareUnsigned(limit - barrier, least) < 0) {
      String difference = limit + "-" + barrier + "=" + (limit - barrier);
      dialog.complain(
          kind
              + ": "
              + name
              + ".lim-"
              + name
              + ".bar should be > "
              + least
              + " (currently, "
              + difference
              + ")");
      long further = sum(barrier, least);
      repair(name, pair(barrier, further), barrier, further);
    }
  }

  private void buffer(String name) {
    if (sheet.barrier(name) < SMALL_BUFFER) {
      atLeast("Warning", name, SMALL_BUFFER);
    } else if (sheet.barrier(name) < GOOD_BUFFER) {
      String now = currently(sheet.barrier(name));
      dialog.complain("Recommendation: " + name + ".bar should be > " + GOOD_BUFFER + now);
      boolean before = valid;
      shift(name, GOOD_BUFFER);
      valid = before;
    }
  }

  /** Proposes a barrier, and a limit that is as far above it as before. */
  private void shift(String name, long barrier) {
    long limit = sum(sheet.limit(name), barrier - sheet.barrier(name));
    repair(name, pair(barrier, limit), barrier, limit);
  }

  private static long sum(long a, long b) {
    return a > UNLIMITED - b ? UNLIMITED : a + b;
  }

  private void repair(String name, String text, long barrier, long limit) {
    if (dialog.repairs() && dialog.accepts("set to " + text)) {
      sheet.change(name, new BarrierLimit(barrier, limit));
    } else {
      valid = false;
    }
  }

  private String both(String name) {
    return " (currently, " + pair(sheet.barrier(name), sheet.limit(name)) + ")";
  }

  private static String currently(long value) {
    return " (currently, " + value + ")";
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  private static String pair(long barrier, long limit) {
    return barrier + ":" + limit;
  }
}

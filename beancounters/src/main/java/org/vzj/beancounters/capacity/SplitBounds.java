package org.vzj.beancounters.capacity;

import java.util.ArrayList;
import java.util.List;

/** Among how many containers vzsplit divides a host at most. */
public final class SplitBounds {
  private static final long LEAST_OF_CONTAINER = 5_542_912;
  private static final long LEAST_LOW_OF_CONTAINER = 1_348_608;
  private static final long MOST_THREADS = 8000;
  private static final long MUCH_LOW = 2L << 30;
  private static final String HINT = "The optimal swap space size is ";

  private SplitBounds() {}

  /** Says in the original's words what stands against so many containers. */
  public static List<String> complaints(HostCapacity host, int count) {
    List<String> complaints = new ArrayList<>();
    if (host.ram() < SplitPlan.RESERVE) {
      long least = SplitPlan.RESERVE >> 20;
      complaints.add("At least " + least + " Mb of RAM should be installed on Hardware Node");
      return complaints;
    }
    if (host.swap() > 2 * host.ram()) {
      complaints.add(HINT + ((2 * host.ram()) >> 20) + " Mb, twice bigger than the RAM size\n");
    }
    long most = count;
    boolean prevented = false;
    long all = host.ramAndSwap();
    if ((all - SplitPlan.RESERVE) / count < LEAST_OF_CONTAINER) {
      complaints.add(refusal(all, "memory (RAM + swap)", count));
      most = (all - SplitPlan.RESERVE) / LEAST_OF_CONTAINER;
      prevented = true;
    }
    long low = Math.max(0, host.lowTotal() - SplitPlan.RESERVE);
    if (low / Math.max(1, most) < LEAST_LOW_OF_CONTAINER) {
      complaints.add(refusal(host.lowTotal(), "Low Memory", count));
      most = Math.min(most, low / LEAST_LOW_OF_CONTAINER);
      prevented = true;
    }
    if (prevented) {
      complaints.add("The maximum allowed value is " + most);
    }
    return complaints;
  }

  private static String refusal(long bytes, String what, int count) {
    return "On node with "
        + (bytes >> 20)
        + " Mb of "
        + what
        + " "
        + count
        + " containers can not be allocated";
  }

  /** Whether complaints mean that nothing is divided: a hint alone does not. */
  public static boolean prevents(List<String> complaints) {
    return !complaints.isEmpty() && !complaints.getLast().startsWith(HINT);
  }

  /** The same host with the threads that containers may have: 8000, or 16000 with much memory. */
  public static HostCapacity bounded(HostCapacity host) {
    long most = host.lowTotal() > MUCH_LOW ? 2 * MOST_THREADS : MOST_THREADS;
    return new HostCapacity(
        host.ram(), host.lowTotal(), host.swap(), Math.min(host.threads(), most));
  }
}

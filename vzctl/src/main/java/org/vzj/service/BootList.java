package org.vzj.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.container.CtId;

/** Which containers start with the host, and the orders of starting and stopping. */
public final class BootList {
  /**
   * What a container's configuration says about it.
   *
   * @param onBoot ONBOOT, null if it is not set
   * @param order BOOTORDER, {@link Integer#MIN_VALUE} if it is not set: after all others
   * @param disabled DISABLED
   */
  public record Entry(CtId id, @Nullable Boolean onBoot, int order, boolean disabled) {}

  private BootList() {}

  /**
   * Returns those that start with the host, the first first: higher orders before lower ones, of
   * the same order lower numbers first.
   *
   * @param marked those that ran when it was shut down
   */
  public static List<CtId> toStart(List<Entry> entries, Set<CtId> marked) {
    List<Entry> chosen = new ArrayList<>();
    for (Entry entry : entries) {
      boolean wanted = entry.onBoot() == null ? marked.contains(entry.id()) : entry.onBoot();
      if (wanted && !entry.disabled()) {
        chosen.add(entry);
      }
    }
    return ordered(chosen);
  }

  /** Returns all in the order of stopping, the reverse of that of starting. */
  public static List<CtId> toStop(List<Entry> entries) {
    return ordered(new ArrayList<>(entries)).reversed();
  }

  private static List<CtId> ordered(List<Entry> entries) {
    entries.sort(
        (one, other) ->
            one.order() != other.order()
                ? Integer.compare(other.order(), one.order())
                : one.id().compareTo(other.id()));
    List<CtId> ids = new ArrayList<>();
    for (Entry entry : entries) {
      ids.add(entry.id());
    }
    return ids;
  }
}

package org.vzj.beancounters.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;

/**
 * The limits of one configuration while they are looked at and repaired, by the names that messages
 * call them: {@code numproc}, {@code diskspace}.
 */
public final class LimitSheet {
  private final Map<String, BarrierLimit> values = new LinkedHashMap<>();
  private final Map<String, BarrierLimit> changes = new LinkedHashMap<>();

  /** Notes what the configuration says; null: nothing. */
  public void put(String name, @Nullable BarrierLimit value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  /** Returns what has been changed, in the order of the changes. */
  public Map<String, BarrierLimit> changes() {
    return changes;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The barrier, 0 if nothing is set. */
  long barrier(String name) {
    BarrierLimit value = values.get(name);
    return value == null ? 0 : value.barrier();
  }

  /** The limit, 0 if nothing is set. */
  long limit(String name) {
    BarrierLimit value = values.get(name);
    return value == null ? 0 : value.limit();
  }

  void change(String name, BarrierLimit value) {
    values.put(name, value);
    changes.remove(name);
    changes.put(name, value);
  }
}

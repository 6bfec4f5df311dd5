package org.vzj.linux.unit;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A set of CPUs or memory nodes in the kernel's list form, {@code 0-2,7} (cpuset(7)). */
public final class CpuList {

  /** The highest number that is accepted: as many CPUs as a kernel can be built for. */
  public static final int MAX = 8191;

  private final BitSet numbers;

  private CpuList(BitSet numbers) {
    this.numbers = numbers;
  }

  /** Reads numbers and ranges with commas between; null if it is no such list or an empty one. */
  public static @Nullable CpuList parse(String text) {
    BitSet numbers = new BitSet();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      String part = text.substring(start, comma < 0 ? text.length() : comma);
      int dash = part.indexOf('-');
      Amount first = Amount.parseCount(dash < 0 ? part : part.substring(0, dash));
      Amount last = dash < 0 ? first : Amount.parseCount(part.substring(dash + 1));
      if (first == null || last == null || first.value() > last.value() || last.value() > MAX) {
        return null;
      }
      numbers.set((int) first.value(), (int) last.value() + 1);
      start = comma < 0 ? text.length() + 1 : comma + 1;
    }
    return new CpuList(numbers);
  }

  /** How many there are. */
  public int size() {
    return numbers.cardinality();
  }

  /** Whether all of these are in {@code other}. */
  public boolean isWithin(CpuList other) {
    BitSet rest = (BitSet) numbers.clone();
    rest.andNot(other.numbers);
    return rest.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CpuList list && numbers.equals(list.numbers);
  }

  @Override
  public int hashCode() {
    return numbers.hashCode();
  }

  /** The shortest list: in order, with neighbours joined to ranges. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (int first = numbers.nextSetBit(0); first >= 0; ) {
      int end = numbers.nextClearBit(first);
      out.append(out.isEmpty() ? "" : ",").append(first);
      if (end - first > 1) {
        out.append('-').append(end - 1);
      }
      first = numbers.nextSetBit(end);
    }
    return out.toString();
  }
}

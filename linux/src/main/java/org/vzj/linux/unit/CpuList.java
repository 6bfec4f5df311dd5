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

  /** Those that are in this list or in {@code other}. */
  public CpuList or(CpuList other) {
    BitSet both = (BitSet) numbers.clone();
    both.or(other.numbers);
    return new CpuList(both);
  }

  /** Those that are in this list and in {@code other}; possibly none. */
  public CpuList and(CpuList other) {
    BitSet common = (BitSet) numbers.clone();
    common.and(other.numbers);
    return new CpuList(common);
  }

  /**
   * Some of these, neighbours as far as there are.
   *
   * @param count how many
   * @param skip how many to pass over first; beyond the last it goes on with the first
   * @return all if there are not more than {@code count}
   */
  public CpuList some(int count, int skip) {
    int size = size();
    if (count >= size) {
      return this;
    }
    BitSet chosen = new BitSet();
    int from = skip % size;
    int index = 0;
    for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
      if (Math.floorMod(index - from, size) < count) {
        chosen.set(number);
      }
      index++;
    }
    return new CpuList(chosen);
  }

  /** The numbers, in order. */
  public int[] toArray() {
    int[] all = new int[size()];
    int index = 0;
    for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
      all[index++] = number;
    }
    return all;
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

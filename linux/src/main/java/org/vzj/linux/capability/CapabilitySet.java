package org.vzj.linux.capability;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of capabilities.
 *
 * @param bits bit n stands for capability n; bits of capabilities newer than {@link Capability} are
 *     kept
 */
public record CapabilitySet(long bits) {
  /** No capability at all. */
  public static final CapabilitySet NONE = new CapabilitySet(0);

  /**
   * A set of these.
   *
   * @param capabilities in any order
   */
  public static CapabilitySet of(Capability... capabilities) {
    long bits = 0;
    for (Capability capability : capabilities) {
      bits |= bit(capability);
    }
    return new CapabilitySet(bits);
  }

  /**
   * Parses a mask as {@code CapBnd} of {@code /proc/PID/status} shows it.
   *
   * @param hex up to 16 hexadecimal digits
   * @return the set
   * @throws IllegalArgumentException if it is not a hexadecimal number
   */
  public static CapabilitySet parseHex(String hex) {
    try {
      return new CapabilitySet(Long.parseUnsignedLong(hex, 16));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a capability mask: " + hex, e);
    }
  }

  /** Tells whether a capability is in the set. */
  public boolean contains(Capability capability) {
    return (bits & bit(capability)) != 0;
  }

  /** This set and one more. */
  public CapabilitySet with(Capability capability) {
    return new CapabilitySet(bits | bit(capability));
  }

  /** This set less one. */
  public CapabilitySet without(Capability capability) {
    return new CapabilitySet(bits & ~bit(capability));
  }

  /** What is in either set. */
  public CapabilitySet union(CapabilitySet other) {
    return new CapabilitySet(bits | other.bits);
  }

  /** What is in this set but not in the other. */
  public CapabilitySet minus(CapabilitySet other) {
    return new CapabilitySet(bits & ~other.bits);
  }

  /** What is in both sets. */
  public CapabilitySet intersection(CapabilitySet other) {
    return new CapabilitySet(bits & other.bits);
  }

  /** The known capabilities of the set, by number: as OpenVZ lists them. */
  public List<Capability> toList() {
    List<Capability> list = new ArrayList<>();
    for (int number = 0; number < Long.SIZE; number++) {
      Capability capability = (bits >>> number & 1) != 0 ? Capability.ofNumber(number) : null;
      if (capability != null) {
        list.add(capability);
      }
    }
    return list;
  }

  /** The numbers of the set's capabilities, rising, also of those that have no name here. */
  public List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < Long.SIZE; number++) {
      if ((bits >>> number & 1) != 0) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static long bit(Capability capability) {
    return 1L << capability.number();
  }
}

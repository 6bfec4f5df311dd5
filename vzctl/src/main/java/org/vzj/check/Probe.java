package org.vzj.check;

import java.io.IOException;

/**
 * One question about the host.
 *
 * @param area where the report lists it
 * @param name what is asked about; unique
 * @param need how much depends on it
 * @param purpose which of our functions needs it
 * @param source how it is found out, for the reader
 * @param look finds it out
 */
public record Probe(Area area, String name, Need need, String purpose, String source, Look look) {
  /** Finds something out. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks at a host. Changes nothing.
     *
     * @throws IOException if something that is there cannot be read
     * @throws IllegalArgumentException if it cannot be understood
     */
    Finding at(HostView host) throws IOException;
  }
}

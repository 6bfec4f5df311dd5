package org.vzj.beancounters.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vzj.beancounters.Beancounter;
import org.vzj.linux.conf.AtomicFile;

/**
 * The most that was held, and the refusals, as they were seen so far: the kernel keeps not all of
 * them. A file in the container's state directory, a line {@code name maxheld failcnt} each, which
 * goes when the container stops.
 */
@SuppressWarnings("EnumOrdinal") // arrays by ordinal, for the speed of it; the file has names
final class Peaks {
  private static final Beancounter[] ALL = Beancounter.values();
  private static final String FILE = "beancounters";

  private final Path file;
  private final long[] held = new long[ALL.length];
  private final long[] refusals = new long[ALL.length];
  private boolean changed;

  private Peaks(Path file) {
    this.file = file;
  }

  /** Reads what is known. */
  static Peaks load(Path stateDirectory) {
    Peaks peaks = new Peaks(stateDirectory.resolve(FILE));
    Lines lines = new Lines(Lines.read(peaks.file));
    while (lines.next()) {
      String name = lines.word();
      for (Beancounter parameter : ALL) {
        if (parameter.parameterName().equals(name)) {
          peaks.held[parameter.ordinal()] = lines.number();
          peaks.refusals[parameter.ordinal()] = lines.number();
        }
      }
    }
    return peaks;
  }

  /** The most that was held until now, which this may be. */
  long held(Beancounter parameter, long now) {
    int index = parameter.ordinal();
    if (now > held[index]) {
      held[index] = now;
      changed = true;
    }
    return held[index];
  }

  /** The refusals until now; a number that shrinks has lost some. */
  long refusals(Beancounter parameter, long now) {
    int index = parameter.ordinal();
    if (now > refusals[index]) {
      refusals[index] = now;
      changed = true;
    }
    return refusals[index];
  }

  /** Keeps what is new. Whoever may only read, or looks while it stops, goes without. */
  void save() {
    if (!changed) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Beancounter parameter : ALL) {
      int index = parameter.ordinal();
      if (held[index] > 0 || refusals[index] > 0) {
        text.append(parameter.parameterName()).append(' ').append(held[index]);
        text.append(' ').append(refusals[index]).append('\n');
      }
    }
    try {
      AtomicFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
      changed = false;
    } catch (IOException e) {
      // see above
    }
  }
}

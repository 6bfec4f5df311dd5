package org.vzj.lifecycle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Names for machines, machine-id(5): systemd in a user namespace cannot make one itself. */
final class MachineId {
  private MachineId() {}

  /**
   * Returns 32 hexadecimal digits that nobody has used. They come from random(4) itself:
   * SecureRandom would first set up Java's security providers.
   */
  static String random() {
    try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
      return HexFormat.of().formatHex(random.readNBytes(16));
    } catch (IOException e) {
      throw new UncheckedIOException("Unable to read /dev/urandom", e);
    }
  }
}

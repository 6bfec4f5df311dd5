package org.vzj.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a private area says of the tree that it needs.
 *
 * @param tree its name below TEMPLATE/shared
 * @param ticket a name that nobody else has, of the file that keeps the tree
 */
record OverlayBase(String tree, String ticket) {
  static Path file(Path area) {
    return area.resolve("base");
  }

  /** Returns a name that nobody has: not by SecureRandom, which sets up Java's security first. */
  static String freshTicket() throws IOException {
    try (InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
      return HexFormat.of().formatHex(random.readNBytes(16));
    }
  }

  /** Writes it to the disk: without it, nothing of the container's is of use. */
  void write(Path area) throws IOException {
    byte[] text = (tree + "\n" + ticket + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel out =
        FileChannel.open(file(area), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  static @Nullable OverlayBase read(Path area) throws IOException {
    try {
      String[] lines = Files.readString(file(area)).split("\n", -1);
      boolean good =
          lines.length == 3 && isName(lines[0]) && isName(lines[1]) && Layouts.isRoots(file(area));
      return good ? new OverlayBase(lines[0], lines[1]) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.charAt(0) != '.' && text.indexOf('/') < 0;
  }
}

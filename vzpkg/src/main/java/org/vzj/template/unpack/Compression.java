package org.vzj.template.unpack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vzj.linux.process.FilterProcess;

/** How an archive is compressed, told by its first bytes whatever its name says. */
enum Compression {
  NONE("tar", ""),
  GZIP("gzip", "igzip pigz"),
  BZIP2("bzip2", "lbzip2 pbzip2 bzip2"),
  XZ("xz", "xz"),
  ZSTD("zstd", "zstd");

  private static final int MAGIC_BYTES = 6;

  /** What people call the format. */
  final String format;

  /** Programs that unpack it with {@code -dc}, fastest first, blanks between them. */
  private final String programs;

  Compression(String format, String programs) {
    this.format = format;
    this.programs = programs;
  }

  /** Reads a file's first bytes. */
  static Compression of(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return of(in.readNBytes(MAGIC_BYTES));
    }
  }

  /** Tells by the first bytes; plain tar if they are no compression's. */
  static Compression of(byte[] start) {
    if (begins(start, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (begins(start, 'B', 'Z', 'h')) {
      return BZIP2;
    }
    if (begins(start, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return XZ;
    }
    if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)) {
      return ZSTD;
    }
    return NONE;
  }

  /** The command that unpacks its input to its output, or none if the host has no program. */
  List<String> command() {
    for (String program : programs.split(" ")) {
      String path = program.isEmpty() ? "" : FilterProcess.find(program);
      if (!path.isEmpty()) {
        // xz decodes blocks in parallel from 5.4 on, if the archive has several.
        return this == XZ ? List.of(path, "-dc", "-T0") : List.of(path, "-dc");
      }
    }
    return List.of();
  }

  private static boolean begins(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}

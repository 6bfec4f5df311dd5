package org.vzj.linux.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The file through which a plan reaches the launcher and its report comes back. The launcher
 * unlinks it at once; we keep it open, so that nothing remains whoever is killed.
 */
final class PlanFile implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger();
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel channel;

  private PlanFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static PlanFile write(Path directory, LaunchPlan plan) throws IOException {
    FileAttribute<Set<PosixFilePermission>> ownerOnly =
        PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    String prefix = "plan." + ProcessHandle.current().pid() + '.';
    while (true) {
      Path path = directory.resolve(prefix + NEXT.incrementAndGet());
      FileChannel channel;
      try {
        channel = FileChannel.open(path, OPTIONS, ownerOnly);
      } catch (FileAlreadyExistsException e) {
        // Left by a killed process whose number is ours now.
        Files.deleteIfExists(path);
        continue;
      }
      ByteBuffer text = ByteBuffer.wrap(plan.text().getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        channel.write(text);
      }
      return new PlanFile(path, channel);
    }
  }

  /**
   * Removes the plans of processes that were killed before the launcher came to them. Never fails:
   * what cannot be removed only takes a little place.
   */
  static void removeDead(Path directory) {
    try (DirectoryStream<Path> plans = Files.newDirectoryStream(directory)) {
      for (Path plan : plans) {
        if (isDead(plan.getFileName().toString())) {
          Files.deleteIfExists(plan);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The next start tries again.
    }
  }

  private static boolean isDead(String name) {
    int end = name.lastIndexOf('.');
    if (!name.startsWith("plan.") || end < 6) {
      return false;
    }
    try {
      return !Files.exists(Path.of("/proc", Long.toString(Long.parseLong(name, 5, end, 10))));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** What the launcher has left in the file. */
  String report() throws IOException {
    ByteBuffer text = ByteBuffer.allocate((int) Math.min(channel.size(), 1 << 16));
    while (text.hasRemaining()) {
      if (channel.read(text, text.position()) < 0) {
        break;
      }
    }
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  /** Closes and, if the launcher never came to it, removes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}

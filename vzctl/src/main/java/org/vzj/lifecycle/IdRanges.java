package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.Container;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.conf.ConfFile;

/**
 * The host's user ids that containers use: each has 65,536 of its own, so that neither the files
 * nor the processes of two containers ever belong to the same user of the host.
 *
 * <p>A range is taken for as long as a configuration names it. Between the choice and the saved
 * configuration a reservation below /run/vz holds it; it dies with its process.
 */
final class IdRanges {
  /** The last id that the kernel accepts is 2^32 - 2. */
  private static final long MAX_ID = 4_294_967_294L;

  private record Range(long first, long count) {
    boolean overlaps(long base) {
      return base < first + count && first < base + StartPlan.IDS;
    }
  }

  /** A range that is taken, and the file that says so until a configuration does. */
  record Reservation(long base, Path file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file);
    }
  }

  private final Host host;

  IdRanges(Host host) {
    this.host = host;
  }

  /**
   * Reserves the lowest free range at or above vz.conf's LOCAL_UID.
   *
   * @throws VzException SYSTEM if none is free or the reservation cannot be written
   */
  Reservation reserve(CtId id) throws VzException {
    Path directory = host.paths().idReservations();
    synchronized (IdRanges.class) {
      try {
        Files.createDirectories(directory);
        try (FileChannel guard =
                FileChannel.open(
                    directory.resolve(".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock held = guard.lock()) {
          assert held.isValid();
          long base = firstFree(taken(directory));
          Path file = directory.resolve(Long.toString(base));
          Files.writeString(file, ProcessHandle.current().pid() + " " + id + "\n");
          return new Reservation(base, file);
        }
      } catch (IOException e) {
        throw new VzException(ExitCode.SYSTEM, "Unable to reserve user ids: " + e, e);
      }
    }
  }

  /**
   * Returns a container whose ids overlap a range that the administrator chose, or null.
   *
   * @param self the container that wants it
   */
  @Nullable CtId holder(long base, CtId self) throws VzException {
    ContainerStore store = new ContainerStore(host.paths());
    for (CtId id : store.all()) {
      if (!id.equals(self)) {
        long other = localUid(store.container(id));
        if (other > 0 && new Range(other, StartPlan.IDS).overlaps(base)) {
          return id;
        }
      }
    }
    return null;
  }

  private long firstFree(List<Range> taken) throws VzException {
    long base = Math.max(host.global().baseUid(), StartPlan.IDS);
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Range range : taken) {
        if (range.overlaps(base)) {
          base = range.first + range.count;
          moved = true;
        }
      }
      if (base + StartPlan.IDS > MAX_ID) {
        throw new VzException(ExitCode.SYSTEM, "No range of 65536 user ids is free");
      }
    }
    return base;
  }

  /**
   * Reservations come first: one that vanishes while we look has just become a configuration, and
   * those are read after it. The other way round a range could be missed in both places.
   */
  private List<Range> taken(Path reservations) throws IOException, VzException {
    List<Range> taken = new ArrayList<>();
    addReservations(reservations, taken);
    ContainerStore store = new ContainerStore(host.paths());
    for (CtId id : store.all()) {
      long base = localUid(store.container(id));
      if (base > 0) {
        taken.add(new Range(base, StartPlan.IDS));
      }
    }
    addSubordinate(Path.of("/etc/subuid"), taken);
    addSubordinate(Path.of("/etc/subgid"), taken);
    return taken;
  }

  private static void addReservations(Path directory, List<Range> taken) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path file : files) {
        if (holderIsDead(file)) {
          Files.deleteIfExists(file);
        } else {
          taken.add(new Range(Long.parseLong(String.valueOf(file.getFileName())), StartPlan.IDS));
        }
      }
    }
  }

  private static boolean holderIsDead(Path reservation) throws IOException {
    try {
      String content = Files.readString(reservation);
      int space = content.indexOf(' ');
      return space > 0 && ProcessHandle.of(Long.parseLong(content, 0, space, 10)).isEmpty();
    } catch (NoSuchFileException | NumberFormatException e) {
      return false;
    }
  }

  /** The ids that subuid(5) promises to users of the host are not ours to take. */
  private static void addSubordinate(Path file, List<Range> taken) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (String line : Files.readAllLines(file)) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first > 0 && second > 0 && line.charAt(0) != '#') {
        try {
          taken.add(
              new Range(
                  Long.parseLong(line, first + 1, second, 10),
                  Long.parseLong(line.substring(second + 1).strip())));
        } catch (NumberFormatException e) {
          // A line that its own tools would not understand promises nothing.
        }
      }
    }
  }

  /** Of every configuration one line matters; the rest need not be understood. */
  private static long localUid(Container container) {
    try {
      String value = ConfFile.read(container.configFile()).get("LOCAL_UID");
      return value == null ? -1 : Long.parseLong(value);
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }
}

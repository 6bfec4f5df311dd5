package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
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
  /** The largest that LOCAL_UID can say; the kernel accepts twice as many. */
  private static final long MAX_ID = Integer.MAX_VALUE;

  /** Ids below are those of the host's own users (login.defs, systemd's and nobody's ranges). */
  private static final long FIRST_ID = StartPlan.IDS;

  private record Range(long first, long count, String holder) {
    boolean overlaps(long base) {
      return base < first + count && first < base + StartPlan.IDS;
    }
  }

  /** Ranges that are taken, and the files that say so until a configuration does. */
  record Reservation(long uid, long gid, List<Path> files) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What ids to take, decided while nobody else takes any. */
  private interface Choice {
    /** Returns the first user id and the first group id. */
    long[] among(List<Range> taken) throws IOException, VzException;
  }

  private final Host host;
  private final List<Path> promises;

  IdRanges(Host host) {
    this(host, List.of(Path.of("/etc/subuid"), Path.of("/etc/subgid")));
  }

  /**
   * @param promises files as subuid(5), of ids that users of the host may take
   */
  IdRanges(Host host, List<Path> promises) {
    this.host = host;
    this.promises = promises;
  }

  /**
   * Reserves the lowest free range at or above vz.conf's LOCAL_UID.
   *
   * @throws VzException SYSTEM if none is free or the reservation cannot be written
   */
  Reservation reserve(CtId id) throws VzException {
    return reserve(
        id,
        taken -> {
          for (Path file : promises) {
            addSubordinate(file, taken);
          }
          long base = firstFree(taken);
          return new long[] {base, base};
        });
  }

  /**
   * Reserves the ranges that the administrator chose.
   *
   * @throws VzException INVALID_VALUE if they are not for containers or belong to another one
   */
  Reservation reserve(CtId id, long uid, long gid) throws VzException {
    return reserve(
        id,
        taken -> {
          requireFree("User", uid, taken);
          requireFree("Group", gid, taken);
          return new long[] {uid, gid};
        });
  }

  private Reservation reserve(CtId id, Choice choice) throws VzException {
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
          long[] ids = choice.among(taken(directory, id));
          List<Path> files = new ArrayList<>(2);
          for (long first : ids) {
            Path file = directory.resolve(Long.toString(first));
            if (!files.contains(file)) {
              Files.writeString(file, ProcessHandle.current().pid() + " " + id + "\n");
              files.add(file);
            }
          }
          return new Reservation(ids[0], ids[1], files);
        }
      } catch (IOException e) {
        throw new VzException(ExitCode.SYSTEM, "Unable to reserve user ids: " + e, e);
      }
    }
  }

  private static void requireFree(String kind, long first, List<Range> taken) throws VzException {
    if (first < FIRST_ID || first + StartPlan.IDS > MAX_ID) {
      throw new VzException(
          ExitCode.INVALID_VALUE,
          kind + " ids of a container can only begin at 65536 and above: not at " + first);
    }
    for (Range range : taken) {
      if (range.overlaps(first)) {
        throw new VzException(
            ExitCode.INVALID_VALUE,
            kind + " ids from " + first + " on overlap those of " + range.holder);
      }
    }
  }

  private long firstFree(List<Range> taken) throws VzException {
    long base = Math.max(host.global().baseUid(), FIRST_ID);
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
  private List<Range> taken(Path reservations, CtId self) throws IOException, VzException {
    List<Range> taken = new ArrayList<>();
    addReservations(reservations, taken);
    ContainerStore store = new ContainerStore(host.paths());
    for (CtId id : store.all()) {
      if (!id.equals(self)) {
        addConfigured(store.container(id), taken);
      }
    }
    return taken;
  }

  private static void addReservations(Path directory, List<Range> taken) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "[0-9]*")) {
      for (Path file : files) {
        long first = number(String.valueOf(file.getFileName()));
        if (first < 0 || holderIsDead(file)) {
          Files.deleteIfExists(file);
        } else {
          taken.add(new Range(first, StartPlan.IDS, "a container that is being created"));
        }
      }
    }
  }

  /** Nobody reads while another writes: half a reservation is that of a process that was killed. */
  private static boolean holderIsDead(Path reservation) throws IOException {
    try {
      String content = Files.readString(reservation, StandardCharsets.ISO_8859_1);
      long pid = number(content.substring(0, Math.max(0, content.indexOf(' '))));
      return pid < 0 || ProcessHandle.of(pid).isEmpty();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The ids that subuid(5) promises to users of the host are not ours to take. */
  private static void addSubordinate(Path file, List<Range> taken) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      int first = line.indexOf(':');
      int second = line.indexOf(':', first + 1);
      if (first > 0 && second > 0 && line.charAt(0) != '#') {
        try {
          taken.add(
              new Range(
                  Long.parseLong(line, first + 1, second, 10),
                  Long.parseLong(line.substring(second + 1).strip()),
                  file.toString()));
        } catch (NumberFormatException e) {
          // A line that its own tools would not understand promises nothing.
        }
      }
    }
  }

  /** Of every configuration two lines matter; the rest need not be understood. */
  private static void addConfigured(Container container, List<Range> taken) {
    ConfFile file;
    try {
      file = ConfFile.read(container.configFile());
    } catch (IOException e) {
      return;
    }
    long uid = number(file.get("LOCAL_UID"));
    long gid = number(file.get("LOCAL_GID"));
    String holder = "container " + container.id();
    if (uid > 0) {
      taken.add(new Range(uid, StartPlan.IDS, holder));
    }
    if (gid > 0 && gid != uid) {
      taken.add(new Range(gid, StartPlan.IDS, holder));
    }
  }

  private static long number(@Nullable String value) {
    try {
      return value == null ? -1 : Long.parseLong(value);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

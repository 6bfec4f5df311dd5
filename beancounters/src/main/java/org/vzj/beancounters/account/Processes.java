package org.vzj.beancounters.account;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vzj.linux.unit.Pages;

/** What is in /proc of the processes of one container, added up. */
final class Processes {
  private final Path proc;
  private final List<Long> pids;
  private boolean read;
  private long lockedKb;
  private long privateKb;
  private long signals;

  Processes(Path proc, List<Long> pids) {
    this.proc = proc;
    this.pids = pids;
  }

  /** Pages locked by mlock(2). */
  long lockedPages() {
    status();
    return pages(lockedKb);
  }

  /** Pages of private writable memory that were allocated, whether used or not. */
  long privatePages() {
    status();
    return pages(privateKb);
  }

  /** Signals that wait for delivery. */
  long signals() {
    status();
    return signals;
  }

  private static long pages(long kb) {
    return Pages.holding(kb * 1024).count();
  }

  private void status() {
    if (read) {
      return;
    }
    read = true;
    // The kernel counts signals per user, and says that number for each of the user's processes.
    Map<Long, Long> signalsOfUser = new HashMap<>();
    for (long pid : pids) {
      Lines lines = new Lines(Lines.read(proc.resolve(pid + "/status")));
      long user = -1;
      while (lines.next()) {
        if (lines.take("Uid:")) {
          user = lines.number();
        } else if (lines.take("VmLck:")) {
          lockedKb += lines.number();
        } else if (lines.take("VmData:") || lines.take("VmStk:")) {
          privateKb += lines.number();
        } else if (lines.take("SigQ:")) {
          long waiting = lines.number();
          signalsOfUser.merge(user, waiting, Math::max);
        }
      }
    }
    for (long waiting : signalsOfUser.values()) {
      signals += waiting;
    }
  }

  /** Open descriptors. Those that processes share after a fork count in each. */
  long descriptors() {
    long sum = 0;
    for (long pid : pids) {
      sum += descriptors(proc.resolve(pid + "/fd"));
    }
    return sum;
  }

  private static long descriptors(Path directory) {
    try {
      // Since Linux 6.2 the directory's size is the number of its entries.
      long size = Files.size(directory);
      if (size > 0) {
        return size;
      }
      long count = 0;
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          count += entry.getNameCount() > 0 ? 1 : 0;
        }
      }
      return count;
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  /**
   * Pseudo-terminals: their masters that are open. The files in the container's /dev/pts are not
   * looked at, because a guest can mount there what it likes, also what never answers.
   */
  long terminals() {
    Set<String> masters = new HashSet<>();
    for (long pid : pids) {
      Path process = proc.resolve(Long.toString(pid));
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(process.resolve("fd"))) {
        for (Path entry : entries) {
          if (endsWithPtmx(entry)) {
            addIndex(process.resolve("fdinfo").resolve(entry.getFileName()), masters);
          }
        }
      } catch (IOException e) {
        // it has ended
      }
    }
    return masters.size();
  }

  private static boolean endsWithPtmx(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().endsWith("/ptmx");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  /** The number of a terminal is unique in its instance of devpts, which {@code mnt_id} tells. */
  private static void addIndex(Path info, Set<String> masters) {
    Lines lines = new Lines(Lines.read(info));
    String mount = "";
    while (lines.next()) {
      if (lines.take("mnt_id:")) {
        mount = lines.word();
      } else if (lines.take("tty-index:")) {
        masters.add(mount + " " + lines.word());
      }
    }
  }

  /** File locks: those of fcntl(2), flock(2) and leases, as far as a process is named for them. */
  long locks() {
    Set<Long> ours = new HashSet<>(pids);
    Lines lines = new Lines(Lines.read(proc.resolve("locks")));
    long count = 0;
    while (lines.next()) {
      lines.word(); // its number
      String kind = lines.word();
      if (!kind.equals("->")) { // one that waits holds nothing
        lines.word(); // advisory or mandatory
        lines.word(); // read or write
        count += ours.contains(lines.number()) ? 1 : 0;
      }
    }
    return count;
  }
}

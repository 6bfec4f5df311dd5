package org.vzj.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.sysfs.BackingDisks;
import org.vzj.linux.sysfs.Disk;

/** The disks that containers lie on, and whether they can be shared out. */
final class DiskProbes {
  private DiskProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.STORAGE,
            "I/O scheduler",
            Need.HINT,
            "--ioprio",
            "/sys/dev/block, down to the disks of VE_PRIVATE",
            host -> scheduler(disks(host))));
  }

  private static List<Disk> disks(HostView host) throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    if (place == null) {
      throw new IOException("VE_PRIVATE is not set");
    }
    BackingDisks backing = new BackingDisks(host.at("/sys"), host.at("/proc/self/mountinfo"));
    List<Disk> disks = new ArrayList<>();
    for (Disk top : backing.under(place.existing())) {
      disks.addAll(backing.below(top));
    }
    return disks;
  }

  /** Judges schedulers: of those that Linux has, BFQ alone looks at weights of groups. */
  static Finding scheduler(List<Disk> disks) {
    if (disks.isEmpty()) {
      return Finding.limited("on no disk of this host: I/O is neither limited nor weighed", "");
    }
    StringBuilder found = new StringBuilder();
    StringBuilder remedy = new StringBuilder();
    for (Disk disk : disks) {
      found.append(found.isEmpty() ? "" : ", ").append(disk.name()).append(": ");
      found.append(disk.scheduler() == null ? "none" : disk.scheduler());
      if (!"bfq".equals(disk.scheduler())) {
        remedy.append(remedy.isEmpty() ? "" : " && ");
        remedy.append("echo bfq > /sys/block/").append(disk.name()).append("/queue/scheduler");
      }
    }
    return remedy.isEmpty()
        ? Finding.ok(found.toString())
        : Finding.limited(found + ", which ignores priorities; limits work", remedy.toString());
  }
}

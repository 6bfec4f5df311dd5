package org.vzj.check;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.proc.MountInfo;
import org.vzj.quota.BtrfsQgroup;

/** What disk quota needs. */
final class QuotaProbes {
  private QuotaProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.STORAGE,
            "quota in the kernel",
            Need.FEATURE,
            "--diskspace, --diskinodes, --quotaugidlimit",
            "/proc/sys/fs/quota",
            host ->
                host.exists("/proc/sys/fs/quota")
                    ? Finding.ok("there")
                    : Finding.missing("this kernel has none", "a kernel with CONFIG_QUOTA=y")),
        new Probe(
            Area.STORAGE,
            "quota format",
            Need.FEATURE,
            "disk quota on ext4",
            "CONFIG_QFMT_V2 in /proc/config.gz or /boot/config-*, modules.dep",
            QuotaProbes::format),
        new Probe(
            Area.STORAGE,
            "quota per container",
            Need.FEATURE,
            "--diskspace and --diskinodes",
            "/proc/self/mountinfo",
            QuotaProbes::perContainer),
        new Probe(
            Area.STORAGE,
            "quota per user",
            Need.FEATURE,
            "--quotaugidlimit",
            "/proc/self/mountinfo",
            host -> perUser(Place.of(host, "VE_PRIVATE"))),
        new Probe(
            Area.STORAGE,
            "quota tools",
            Need.HINT,
            "looking at disk quota with repquota",
            "setquota in PATH",
            host ->
                ProgramProbes.program(
                    host, "setquota", host.packages().install("quota", "quota"))));
  }

  private static Finding format(HostView host) throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    MountInfo mount = place == null ? null : place.mount();
    return mount != null && mount.fsType().equals("xfs")
        ? KernelProbes.part(host, "CONFIG_XFS_QUOTA", "xfs")
        : KernelProbes.part(host, "CONFIG_QFMT_V2", "quota_v2");
  }

  private static Finding perContainer(HostView host) throws IOException {
    Place place = Place.of(host, "VE_PRIVATE");
    MountInfo mount = place == null ? null : place.mount();
    if (mount == null || !mount.fsType().equals("btrfs")) {
      return enabled(place, "prjquota", "project");
    }
    String point = mount.mountPoint();
    return BtrfsQgroup.groups(host.at("/sys/fs/btrfs"), mount.source()) == null
        ? Finding.missing("quota of btrfs is off at " + point, "btrfs quota enable " + point)
        : Finding.ok("on at " + point + ", for subvolumes: --layout btrfs");
  }

  /** Root of a container manages the limits of its users and of its groups. */
  private static Finding perUser(@Nullable Place place) {
    Finding users = enabled(place, "usrquota", "user");
    if (users.verdict() != Verdict.OK) {
      return users;
    }
    return enabled(place, "grpquota", "group");
  }

  /**
   * Looks whether a kind of quota is on.
   *
   * @param option prjquota, usrquota or grpquota; xfs has other names for them
   */
  static Finding enabled(@Nullable Place place, String option, String kind) {
    MountInfo mount = place == null ? null : place.mount();
    if (mount == null) {
      return Finding.limited("VE_PRIVATE is not known", "set VE_PRIVATE in vz.conf");
    }
    List<String> options = Lines.items(mount.superOptions());
    boolean on =
        options.contains(option)
            || options.contains(option.replace("prj", "p").replace("usr", "u").replace("grp", "g"))
            || (option.equals("usrquota") && options.contains("quota"));
    String point = mount.mountPoint();
    if (on) {
      return Finding.ok("on at " + point);
    }
    return Finding.missing(
        kind + " quota is off at " + point,
        switch (mount.fsType()) {
          case "ext4" ->
              "with "
                  + point
                  + " unmounted: tune2fs -O quota,project -Q usrquota,grpquota,prjquota "
                  + mount.source()
                  + "; then mount it with usrquota,grpquota,prjquota";
          // Not by a remount; and what the root is mounted with the kernel must be told.
          case "xfs" ->
              point.equals("/")
                  ? "boot with rootflags=usrquota,grpquota,prjquota"
                  : "unmount "
                      + point
                      + " and mount it with usrquota,grpquota,prjquota; a remount does not do it";
          default -> "put VE_PRIVATE on ext4 or xfs";
        });
  }
}

package org.vzj.beancounters.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.controller.CgroupFiles;
import org.vzj.beancounters.cgroup.controller.KernelCgroupFiles;
import org.vzj.linux.proc.MountInfo;

/** The cgroup hierarchies that a host has mounted. */
public final class CgroupHost {
  /** The group below which those of all containers are. */
  public static final String PARENT = "vz";

  /** No container's: those are called by numbers. */
  private static final String MONITORS = "monitors";

  /** How a host has its cgroups. */
  public enum Layout {
    /** Nothing is mounted. */
    NONE,
    /** cgroup v1 only. */
    V1,
    /** v1 with controllers, and a v2 hierarchy beside it. */
    HYBRID,
    /** cgroup v2 only. */
    V2
  }

  private final CgroupFiles files;
  private final List<Hierarchy> hierarchies;

  /** Where v2 has the controllers: systemd's v1 hierarchy, for guests that know no v2. */
  private final @Nullable Hierarchy forOldGuests;

  private CgroupHost(
      CgroupFiles files, List<Hierarchy> hierarchies, @Nullable Hierarchy forOldGuests) {
    this.files = files;
    this.hierarchies = hierarchies;
    this.forOldGuests = forOldGuests;
  }

  /**
   * Finds the hierarchies.
   *
   * @param mounts the mounts of the host's mount namespace
   * @return the hierarchies; v2 is the last
   * @throws IOException if v2's controllers cannot be read
   */
  public static CgroupHost detect(List<MountInfo> mounts) throws IOException {
    return detect(mounts, new KernelCgroupFiles());
  }

  /**
   * Finds the hierarchies.
   *
   * @param mounts the mounts of the host's mount namespace
   * @param files how to reach them
   * @return the hierarchies; v2 is the last
   * @throws IOException if v2's controllers cannot be read
   */
  public static CgroupHost detect(List<MountInfo> mounts, CgroupFiles files) throws IOException {
    List<Hierarchy> hierarchies = new ArrayList<>();
    List<MountInfo> seen = new ArrayList<>();
    Hierarchy unified = null;
    for (MountInfo mount : mounts) {
      boolean v2 = mount.fsType().equals("cgroup2");
      // A bind mount of a part of it, as somebody's chroot may have, is no place for new groups;
      // and a hierarchy is one file system, wherever else it is mounted.
      if ((v2 || mount.fsType().equals("cgroup"))
          && mount.root().equals("/")
          && !contains(seen, mount)) {
        seen.add(mount);
        Path root = Path.of(mount.mountPoint());
        if (v2) {
          unified = new Hierarchy(root, true, words(read(files, root), ' '), false);
        } else {
          hierarchies.add(v1(root, mount.superOptions()));
        }
      }
    }
    if (unified == null) {
      return new CgroupHost(files, List.copyOf(hierarchies), null);
    }
    if (!unified.controllers().isEmpty() && onlyNames(hierarchies)) {
      // It limits nothing and the host's systemd does not look at it: only old guests do.
      return new CgroupHost(files, List.of(unified), find(hierarchies, Hierarchy.SYSTEMD));
    }
    hierarchies.add(unified);
    return new CgroupHost(files, List.copyOf(hierarchies), null);
  }

  private static boolean onlyNames(List<Hierarchy> hierarchies) {
    for (Hierarchy hierarchy : hierarchies) {
      if (!hierarchy.managesServices()) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Hierarchy find(List<Hierarchy> hierarchies, String controller) {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.has(controller)) {
        return hierarchy;
      }
    }
    return null;
  }

  private static String read(CgroupFiles files, Path root) throws IOException {
    return files.read(root.resolve("cgroup.controllers"));
  }

  private static boolean contains(List<MountInfo> mounts, MountInfo sought) {
    for (MountInfo mount : mounts) {
      if (mount.major() == sought.major() && mount.minor() == sought.minor()) {
        return true;
      }
    }
    return false;
  }

  private static Hierarchy v1(Path root, String superOptions) {
    List<String> controllers = new ArrayList<>();
    boolean releaseAgent = false;
    for (String option : words(superOptions, ',')) {
      if (option.startsWith("release_agent=")) {
        releaseAgent = true;
      } else if (!isFlag(option)) {
        controllers.add(option);
      }
    }
    return new Hierarchy(root, false, controllers, releaseAgent);
  }

  /** Options of a v1 hierarchy that name neither a controller nor the hierarchy, cgroups(7). */
  private static boolean isFlag(String option) {
    return switch (option) {
      case "rw",
          "ro",
          "xattr",
          "noprefix",
          "clone_children",
          "cpuset_v2_mode",
          "favordynmods",
          "none",
          "seclabel" ->
          true;
      default -> false;
    };
  }

  private static List<String> words(String text, char separator) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf(separator, at);
      if (end < 0) {
        end = text.length();
      }
      if (end > at) {
        words.add(text.substring(at, end));
      }
      at = end + 1;
    }
    return words;
  }

  /** How this host has its cgroups. */
  public Layout layout() {
    if (hierarchies.isEmpty()) {
      return Layout.NONE;
    }
    if (!hierarchies.getLast().unified()) {
      return Layout.V1;
    }
    return hierarchies.size() == 1 ? Layout.V2 : Layout.HYBRID;
  }

  /** The hierarchies; v2 is the last. */
  public List<Hierarchy> hierarchies() {
    return hierarchies;
  }

  /**
   * The hierarchy that has a controller.
   *
   * @param controller for example {@code memory}, or {@code name=systemd}
   * @return the hierarchy, or null if the host does not offer it
   */
  public @Nullable Hierarchy with(String controller) {
    return find(hierarchies, controller);
  }

  /**
   * Tells whether a guest whose systemd knows no v2 can start here only if systemd's v1 hierarchy
   * is mounted first, anywhere: {@code mount -t cgroup -o none,name=systemd}.
   */
  public boolean lacksOldHierarchy() {
    return layout() == Layout.V2 && forOldGuests == null;
  }

  /**
   * The group of a container whose systemd knows no v2, which need not exist. Once it does, {@link
   * #group(String)} gives the same.
   *
   * @param id the container's id
   */
  public Cgroup groupOfOldGuest(String id) {
    return forOldGuests == null ? group(id) : oldGuest(forOldGuests, PARENT, id);
  }

  private Cgroup oldGuest(Hierarchy old, String parent, String name) {
    List<Hierarchy> both = new ArrayList<>(hierarchies.size() + 1);
    both.add(old);
    both.addAll(hierarchies);
    return new HostCgroup(files, both, List.of(old), parent, name);
  }

  /**
   * The group of a container, which need not exist.
   *
   * @param id the container's id
   */
  public Cgroup group(String id) {
    return group(PARENT, id);
  }

  /**
   * The group of the processes that stay on the host for containers, their monitors: one in every
   * hierarchy by which a manager of services tells whose process is whose, so v2 and v1's named
   * ones. In a group of the caller's they would be killed with the service or the session that it
   * belongs to.
   */
  public Cgroup monitors() {
    List<Hierarchy> managers = new ArrayList<>();
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.managesServices()) {
        managers.add(hierarchy);
      }
    }
    return new HostCgroup(files, managers, managers, PARENT, MONITORS);
  }

  /**
   * A group.
   *
   * @param parent name of the group above it, at the root of each hierarchy
   * @param name its own name
   * @throws IllegalArgumentException if a name is no plain file name
   */
  public Cgroup group(String parent, String name) {
    requirePlain(parent);
    requirePlain(name);
    Hierarchy old = forOldGuests;
    if (old != null && files.exists(old.mountPoint().resolve(parent).resolve(name))) {
      return oldGuest(old, parent, name);
    }
    return new HostCgroup(files, hierarchies, hierarchies, parent, name);
  }

  /**
   * Weighs all containers together against the host, after the weight of one has changed or one has
   * come or gone. Does nothing if the host has no cpu controller.
   *
   * @param hostUnits what the host weighs, in the units of {@link
   *     org.vzj.beancounters.cgroup.controller.CpuSettings}
   * @throws IOException if the kernel refuses
   */
  public void balanceCpu(int hostUnits) throws IOException {
    Hierarchy hierarchy = with("cpu");
    if (hierarchy != null && files.exists(hierarchy.mountPoint().resolve(PARENT))) {
      CpuBalance.in(files, hierarchy, PARENT).set(hostUnits);
    }
  }

  private static void requirePlain(String name) {
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("not a name for a control group: \"" + name + "\"");
    }
  }
}

package org.vzj.usage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.GroupUse;
import org.vzj.beancounters.cgroup.GroupUse.DeviceIo;
import org.vzj.container.Container;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Host;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.sysfs.BackingDisks;

/** Looks at the running containers again and again, and tells what they used in between. */
public final class UsageWatch {
  /** Loop devices have this major number; the kernel's admin-guide/devices.txt. */
  private static final String LOOP = "7:";

  private record Look(InitProcess init, long nanos, GroupUse use) {}

  private final VzPaths paths;
  private final Host host;
  private final ContainerStore store;
  private final Map<String, Boolean> stacked = new HashMap<>();
  private final Map<CtId, String> names = new HashMap<>();
  private Map<CtId, Look> before = new HashMap<>();

  /**
   * @param paths where the tools keep things
   * @param host whose cgroups are looked at
   */
  public UsageWatch(VzPaths paths, Host host) {
    this.paths = paths;
    this.host = host;
    this.store = new ContainerStore(paths);
  }

  /**
   * Looks once more.
   *
   * @return what the containers used since the last look; since their start those that are new,
   *     which makes the first look one to throw away. By ascending id
   * @throws VzException if the host has no cgroups
   */
  public List<Usage> look() throws VzException {
    Map<CtId, Look> now = new HashMap<>();
    List<Usage> all = new ArrayList<>();
    for (Map.Entry<CtId, InitProcess> running : running().entrySet()) {
      CtId id = running.getKey();
      long nanos = System.nanoTime();
      GroupUse use = host.cgroup(id).controllers().meter().read();
      Look look = new Look(running.getValue(), nanos, use);
      now.put(id, look);
      Look last = before.get(id);
      boolean same = last != null && last.init.equals(look.init);
      all.add(usage(id, same ? last : null, look));
    }
    before = now;
    return all;
  }

  private Map<CtId, InitProcess> running() {
    Map<CtId, InitProcess> running = new TreeMap<>();
    String[] entries = paths.run().toFile().list();
    for (String entry : entries == null ? new String[0] : entries) {
      CtId id = CtId.parse(entry);
      if (id != null && id.toString().equals(entry)) {
        InitProcess init = InitProcess.running(store.container(id));
        if (init != null) {
          running.put(id, init);
        }
      }
    }
    return running;
  }

  private Usage usage(CtId id, @Nullable Look last, Look look) {
    double seconds = last == null ? 0 : (look.nanos - last.nanos) / 1e9;
    GroupUse now = look.use;
    if (last == null || seconds <= 0) {
      return new Usage(id, name(id), 0, 0, 0, 0, now);
    }
    long[] ioNow = io(now.io());
    long[] ioThen = io(last.use.io());
    return new Usage(
        id,
        name(id),
        percent(last.use.cpuNanos(), now.cpuNanos(), seconds),
        percent(last.use.throttledNanos(), now.throttledNanos(), seconds),
        Math.max(0, ioNow[0] - ioThen[0]) / seconds,
        Math.max(0, ioNow[1] - ioThen[1]) / seconds,
        now);
  }

  private static double percent(long then, long now, double seconds) {
    return then < 0 || now < then ? 0 : (now - then) / 1e7 / seconds;
  }

  /**
   * Bytes read and written. What lies on other devices is counted there again, and only at the
   * bottom here; what goes through a loop device may or may not be counted again at its disk, and
   * so the larger of both is what we know.
   */
  private long[] io(List<DeviceIo> devices) {
    long[] loops = new long[2];
    long[] disks = new long[2];
    for (DeviceIo device : devices) {
      if (!isStacked(device.device())) {
        long[] sum = device.device().startsWith(LOOP) ? loops : disks;
        sum[0] += device.read();
        sum[1] += device.written();
      }
    }
    return new long[] {Math.max(loops[0], disks[0]), Math.max(loops[1], disks[1])};
  }

  private boolean isStacked(String device) {
    Boolean known = stacked.get(device);
    if (known == null) {
      known = BackingDisks.here().isStacked(device);
      stacked.put(device, known);
    }
    return known;
  }

  private String name(CtId id) {
    String known = names.get(id);
    if (known == null) {
      known = readName(store.container(id));
      names.put(id, known);
    }
    return known;
  }

  private static String readName(Container container) {
    Path file = container.configFile();
    try {
      ConfFile conf = ConfFile.read(file);
      String name = conf.get("NAME");
      if (name == null || name.isEmpty()) {
        name = conf.get("HOSTNAME");
      }
      return name == null ? "" : name;
    } catch (IOException e) {
      return "";
    }
  }
}

package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.vzj.linux.process.CommandResult;

/** A host made of files in a temporary directory. */
public final class FakeHost {
  private final Path root;
  private final Map<String, CommandResult> programs = new HashMap<>();

  public FakeHost(Path root) {
    this.root = root;
  }

  /** Writes a file. */
  public FakeHost file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Makes a directory. */
  public FakeHost directory(String path) throws IOException {
    Files.createDirectories(root.resolve(path.substring(1)));
    return this;
  }

  /** Puts a program into PATH that prints something. */
  public FakeHost program(String name, int status, String out) throws IOException {
    file("/usr/bin/" + name, "");
    Files.setPosixFilePermissions(
        root.resolve("usr/bin/" + name), PosixFilePermissions.fromString("rwxr-xr-x"));
    programs.put(name, new CommandResult(status, out, ""));
    return this;
  }

  /** Where a path of the host really is. */
  public Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /** The view of it. */
  public HostView view() {
    return new HostView(
        root,
        Map.of("PATH", "relative::/usr/bin", "VZ_LIB_DIR", "/usr/lib/vzj"),
        command -> {
          String program = command.argv().getFirst();
          CommandResult result = programs.get(program.substring(program.lastIndexOf('/') + 1));
          if (result == null) {
            throw new IOException(program + ": No such file or directory");
          }
          return result;
        });
  }

  /** The answer of one probe. */
  public Finding ask(String name) {
    for (Probe probe : Checkup.probes()) {
      if (probe.name().equals(name)) {
        return Checkup.ask(probe, view());
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** A host with all that containers need. */
  public static FakeHost complete(Path root) throws IOException {
    FakeHost host = new FakeHost(root);
    host.file("/proc/sys/kernel/osrelease", "6.12.41+deb13-amd64\n");
    for (String kind : new String[] {"user", "pid", "mnt", "net", "ipc", "uts", "cgroup"}) {
      host.file("/proc/self/ns/" + kind, "");
    }
    host.file("/proc/sys/user/max_user_namespaces", "127000\n");
    host.file("/proc/self/uid_map", "         0          0 4294967295\n");
    host.file("/proc/self/status", status(0, "000001ffffffffff"));
    host.file("/proc/sys/kernel/seccomp/actions_avail", "kill_process errno user_notif allow\n");
    host.file("/proc/filesystems", "nodev\tproc\nnodev\toverlay\nnodev\tfuse\n\text4\n");
    host.file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
    host.mounts("ext4", "rw,relatime", "rw");
    for (String tool : new String[] {"vzlaunch", "vzmonitor", "bin/vzctl"}) {
      host.file("/usr/lib/vzj/" + tool, "");
      Files.setPosixFilePermissions(
          host.at("/usr/lib/vzj/" + tool), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    host.file(
        "/etc/vz/vz.conf",
        """
        LOCKDIR=/vz/lock
        TEMPLATE=/vz/template
        VE_ROOT=/vz/root/$VEID
        VE_PRIVATE=/vz/private/$VEID
        CONFIGFILE="vswap-256m"
        LOCAL_UID=100000
        """);
    host.file("/etc/vz/conf/ve-vswap-256m.conf-sample", "");
    host.file("/vz/template/cache/debian-12.tar.gz", "");
    host.directory("/vz/lock").directory("/vz/private").directory("/vz/root");
    host.file("/etc/os-release", "ID=debian\n");
    return host;
  }

  /** Writes a mountinfo with the root, cgroup v2 and /run. */
  public FakeHost mounts(String type, String options, String superOptions) throws IOException {
    return file(
        "/proc/self/mountinfo",
        "21 1 254:0 / / "
            + options
            + " shared:1 - "
            + type
            + " /dev/vda "
            + superOptions
            + "\n"
            + "22 21 0:5 / "
            + root
            + "/run rw,nosuid - tmpfs tmpfs rw\n"
            + "23 21 0:6 / "
            + root
            + "/sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  }

  /** A process's status file. */
  public static String status(int uid, String capabilities) {
    return """
    Name:\tjava
    Pid:\t7
    PPid:\t1
    Uid:\t%1$d\t%1$d\t%1$d\t%1$d
    Gid:\t0\t0\t0\t0
    NSpid:\t7
    SigCgt:\t0000000000000000
    CapEff:\t%2$s
    CapBnd:\t%2$s
    Seccomp:\t0
    """
        .formatted(uid, capabilities);
  }
}

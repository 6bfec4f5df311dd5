package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.config.ConfigReader;
import org.vzj.config.ContainerConfig;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Settings;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.container.RecordedMessages;
import org.vzj.container.VzPaths;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.proc.MountInfo;

/** A host in a directory: its configuration, its containers, and cgroups that are plain files. */
final class FakeMachine {
  /** A hybrid as Debian 12 without systemd has it; ROOT is this machine's directory. */
  static final String HYBRID =
      """
      30 24 0:30 / ROOT/cgroup/devices rw - cgroup cgroup rw,devices
      31 24 0:31 / ROOT/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
      32 24 0:32 / ROOT/cgroup/unified rw - cgroup2 cgroup2 rw
      """;

  static final String V2 = "32 24 0:32 / ROOT/cgroup rw - cgroup2 cgroup2 rw\n";

  private final Path root;
  private final VzPaths paths;
  private final RecordedMessages messages = new RecordedMessages();
  private final String mounts;

  FakeMachine(Path root, String mounts) throws IOException {
    this.root = root;
    this.mounts = mounts.replace("ROOT", root.toString());
    paths = new VzPaths(root.resolve("etc"), root.resolve("run"), root.resolve("lib"));
    Files.createDirectories(paths.conf());
    Files.createDirectories(paths.dists().resolve("scripts"));
    Files.createDirectories(root.resolve("cgroup/unified"));
    Files.writeString(root.resolve("cgroup/cgroup.controllers"), "cpu memory pids\n");
    Files.writeString(root.resolve("cgroup/unified/cgroup.controllers"), "\n");
    Files.createDirectories(root.resolve("cgroup/devices/vz"));
    Files.writeString(root.resolve("cgroup/devices/vz/devices.list"), "a *:* rwm\n");
  }

  RecordedMessages messages() {
    return messages;
  }

  VzPaths paths() {
    return paths;
  }

  Path root() {
    return root;
  }

  Host host(String... globalLines) throws IOException {
    String places =
        "VE_ROOT=\"%1$s/root/$VEID\"\nVE_PRIVATE=\"%1$s/private/$VEID\"\nDUMPDIR=\"%1$s/dump\"\n"
            .formatted(root);
    Files.writeString(paths.globalConfig(), places + String.join("\n", globalLines) + "\n");
    GlobalConfig global = ConfigReader.readGlobal(paths.globalConfig()).config();
    return new Host(paths, global, CgroupHost.detect(MountInfo.parse(mounts)));
  }

  /** The container 101 with these lines in its configuration, and a private area. */
  Target target(String... lines) throws IOException {
    Host host = host();
    Container container = new Container(new CtId(101), paths);
    Files.writeString(container.configFile(), String.join("\n", lines) + "\n");
    Files.createDirectories(root.resolve("private/101"));
    Settings settings =
        ConfigReader.settings(ConfFile.read(container.configFile()), container.configFile())
            .settings();
    return new Target(host, container, new ContainerConfig(101, settings, host.global()), messages);
  }

  /** Makes this very process the init of a container, which thereby runs. */
  InitProcess run(Target target) throws IOException {
    Files.createDirectories(target.container().runDirectory());
    Files.writeString(target.container().initFile(), InitProcess.ofThisProcess() + "\n");
    Files.writeString(target.container().seccompFile(), "0600000000000000\n");
    InitProcess init = InitProcess.running(target.container());
    if (init == null) {
      throw new IllegalStateException("this process does not live");
    }
    return init;
  }

  /** The text with what differs from run to run replaced by words. */
  String stable(String text) {
    return text.replace(root.toString(), "ROOT")
        .replace(InitProcess.ofThisProcess(), "PID START")
        .replaceAll("(?m)^device-bpf (\\S+) [0-9a-f]+$", "device-bpf $1 PROGRAM")
        .replaceAll("(?m)^seccomp [0-9a-f]+$", "seccomp FILTER")
        .replaceAll("[0-9a-f]{32}\\\\012", "MACHINE-ID");
  }
}

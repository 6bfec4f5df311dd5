package org.vzj.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.proc.MountInfo;

/** vz.conf and the directories it names. */
final class ConfigurationProbes {
  private static final List<String> REQUIRED =
      List.of("VE_PRIVATE", "VE_ROOT", "LOCKDIR", "TEMPLATE");

  private static final List<String> ARCHIVES =
      List.of(".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst");

  private ConfigurationProbes() {}

  static List<Probe> all() {
    return List.of(
        new Probe(
            Area.CONFIGURATION,
            "vz.conf",
            Need.ESSENTIAL,
            "everything",
            "the file itself",
            host -> global(host.globalConfig(), host.paths().globalConfig())),
        new Probe(
            Area.CONFIGURATION,
            "who may write it",
            Need.FEATURE,
            "action scripts run as root: whoever can write there is root",
            "owner and mode of the configuration directories",
            ConfigurationProbes::writable),
        new Probe(
            Area.CONFIGURATION,
            "lock directory",
            Need.ESSENTIAL,
            "keeping two commands off one container",
            "LOCKDIR in vz.conf",
            ConfigurationProbes::locks),
        new Probe(
            Area.CONFIGURATION,
            "state directory",
            Need.FEATURE,
            "forgetting at boot what ran before it",
            "/proc/self/mountinfo",
            ConfigurationProbes::state),
        new Probe(
            Area.CONFIGURATION,
            "templates",
            Need.FEATURE,
            "creating containers",
            "$TEMPLATE/cache",
            ConfigurationProbes::templates),
        new Probe(
            Area.CONFIGURATION,
            "default sample",
            Need.FEATURE,
            "creating containers without --config",
            "CONFIGFILE in vz.conf",
            ConfigurationProbes::sample),
        new Probe(
            Area.CONFIGURATION,
            "container files",
            Need.FEATURE,
            "what was decided about each container",
            "the files CTID.conf",
            ConfigurationProbes::containers));
  }

  static Finding global(@Nullable ConfFile file, Path path) {
    if (file == null) {
      return Finding.missing(path + " is not there", "install the tools again");
    }
    List<String> unset = new ArrayList<>();
    for (String key : REQUIRED) {
      String value = file.get(key);
      if (value == null || !value.startsWith("/")) {
        unset.add(key);
      }
    }
    if (!unset.isEmpty()) {
      return Finding.missing("no path for " + String.join(", ", unset), "set it in " + path);
    }
    List<ConfFile.Problem> problems = file.problems();
    return problems.isEmpty()
        ? Finding.ok(path.toString())
        : Finding.limited(
            path + ":" + problems.getFirst().line() + " " + problems.getFirst().reason(),
            "correct the line");
  }

  private static Finding writable(HostView host) throws IOException {
    List<String> wrong = new ArrayList<>();
    Path etc = host.paths().etc();
    for (Path path :
        List.of(
            etc,
            host.paths().globalConfig(),
            host.paths().conf(),
            host.paths().names(),
            host.paths().dists(),
            host.paths().dists().resolve("scripts"))) {
      Path file = host.at(path);
      if (Files.exists(file)
          && open(
              Files.getPosixFilePermissions(file),
              (Integer) Files.getAttribute(file, "unix:uid"))) {
        wrong.add(path.toString());
      }
    }
    return wrong.isEmpty()
        ? Finding.ok("only root")
        : Finding.limited(
            "others than root: " + String.join(" ", wrong),
            "chown root: " + Lines.quoted(wrong) + " && chmod go-w " + Lines.quoted(wrong));
  }

  static boolean open(Set<PosixFilePermission> mode, int owner) {
    return owner != 0
        || mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE);
  }

  private static Finding locks(HostView host) throws IOException {
    Place place = Place.of(host, "LOCKDIR");
    if (place == null) {
      return Finding.missing("LOCKDIR is not set", "set LOCKDIR in vz.conf");
    }
    MountInfo mount = place.mount();
    if (mount != null && Lines.items(mount.options()).contains("ro")) {
      return Finding.missing(
          mount.mountPoint() + " is read-only", "mount -o remount,rw " + mount.mountPoint());
    }
    Path directory = host.at(place.directory());
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      return Finding.missing(directory + " is no directory", "remove it");
    }
    return Files.isWritable(place.existing())
        ? Finding.ok(place.directory().toString())
        : Finding.limited("we may not write to " + place.existing(), "run this as root");
  }

  /** State from before a boot could name a process that is another one by now. */
  private static Finding state(HostView host) throws IOException {
    Path run = host.at(host.paths().run());
    while (!Files.exists(run) && run.getParent() != null) {
      run = run.getParent();
    }
    MountInfo mount = MountInfo.holding(host.mounts(), run.toRealPath().toString());
    return mount != null && (mount.fsType().equals("tmpfs") || mount.fsType().equals("ramfs"))
        ? Finding.ok(host.paths().run() + " on " + mount.fsType())
        : Finding.limited(
            host.paths().run() + " is not on a tmpfs",
            "mount a tmpfs on /run, or remove " + host.paths().run() + "/* early at boot");
  }

  private static Finding templates(HostView host) throws IOException {
    String template = host.global("TEMPLATE");
    if (template == null) {
      return Finding.missing("TEMPLATE is not set", "set TEMPLATE in vz.conf");
    }
    Path cache = host.at(template).resolve("cache");
    List<String> names = new ArrayList<>();
    for (String name : host.names(Path.of(template, "cache"))) {
      for (String suffix : ARCHIVES) {
        if (name.endsWith(suffix) && !name.startsWith(".")) {
          names.add(name.substring(0, name.length() - suffix.length()));
        }
      }
    }
    return names.isEmpty()
        ? Finding.missing("none in " + cache, "put a NAME.tar.gz of a root file system there")
        : Finding.ok(String.join(", ", names.subList(0, Math.min(5, names.size()))));
  }

  private static Finding sample(HostView host) throws IOException {
    String name = host.global("CONFIGFILE");
    if (name == null) {
      return Finding.missing("CONFIGFILE is not set", "set CONFIGFILE in vz.conf");
    }
    Path file = host.paths().conf().resolve("ve-" + name + ".conf-sample");
    return Files.isRegularFile(host.at(file))
        ? Finding.ok(name)
        : Finding.missing(file + " is not there", "set CONFIGFILE in vz.conf to a sample that is");
  }

  private static Finding containers(HostView host) throws IOException {
    List<Integer> ids = host.containers();
    for (int id : ids) {
      Path path = host.paths().conf().resolve(id + ".conf");
      ConfFile file = host.configuration(path);
      if (file != null && !file.problems().isEmpty()) {
        ConfFile.Problem first = file.problems().getFirst();
        return Finding.limited(
            path + ":" + first.line() + " " + first.reason(), "correct the line");
      }
    }
    return Finding.ok(ids.size() + (ids.size() == 1 ? " container" : " containers"));
  }
}

package org.vzj.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.cgroup.CgroupHost;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.proc.MountInfo;
import org.vzj.linux.process.Command;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * A host as probes see it: its files, its search path and, where no file tells, the output of a
 * program. Tests put a directory in place of the root.
 */
public final class HostView {
  /** More than any file that we read has; a larger one is cut. */
  private static final int MAX_BYTES = 8 << 20;

  private static final int MAX_ENTRIES = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path root;
  private final VzPaths paths;
  private final String searchPath;
  private final Commands commands;

  /**
   * A host.
   *
   * @param root its root directory, usually {@code /}
   * @param environment for PATH and the places that {@link VzPaths#of} names
   * @param commands how programs are started
   */
  public HostView(Path root, Map<String, String> environment, Commands commands) {
    this.root = root;
    this.paths = VzPaths.of(environment);
    // An administrator's own PATH may lack sbin.
    this.searchPath =
        environment.getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";
    this.commands = commands;
  }

  /** Where the tools keep things, not yet below {@link #at}. */
  VzPaths paths() {
    return paths;
  }

  /** A path of the host as we reach it. */
  Path at(String absolute) {
    return at(Path.of(absolute));
  }

  /** A path of the host as we reach it. */
  Path at(Path absolute) {
    Path top = absolute.getRoot();
    return top == null ? root.resolve(absolute) : root.resolve(top.relativize(absolute));
  }

  boolean exists(String absolute) {
    return Files.exists(at(absolute));
  }

  /** The text of a file, null if there is none. */
  @Nullable String text(String absolute) throws IOException {
    return text(Path.of(absolute));
  }

  /**
   * The text of a file.
   *
   * @return its first megabytes as UTF-8, bad bytes replaced; null if there is no such file
   * @throws IOException if it cannot be read or is no regular file: a FIFO would hold us up
   */
  @Nullable String text(Path absolute) throws IOException {
    Path file = at(absolute);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(absolute + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** The names in a directory, sorted; none if there is no such directory. */
  List<String> names(Path absolute) throws IOException {
    return namesIn(at(absolute));
  }

  /** As {@link #names}, for a directory as we reach it. */
  static List<String> namesIn(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
        if (names.size() == MAX_ENTRIES) {
          break;
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(names);
    return names;
  }

  /** Where a program is that the search path finds, null if nowhere. */
  @Nullable Path program(String name) {
    int at = 0;
    while (at <= searchPath.length()) {
      int end = searchPath.indexOf(':', at);
      if (end < 0) {
        end = searchPath.length();
      }
      String directory = searchPath.substring(at, end);
      if (directory.startsWith("/")) {
        Path file = at(directory).resolve(name);
        if (Files.isRegularFile(file) && Files.isExecutable(file)) {
          return file;
        }
      }
      at = end + 1;
    }
    return null;
  }

  /** Runs a program for at most some seconds, in the C locale. */
  CommandResult run(List<String> argv) throws IOException {
    return commands.run(Command.of(argv).env("LC_ALL", "C").timeout(PATIENCE));
  }

  /** The kernel's release, {@code uname -r}; empty if /proc is not there. */
  String release() throws IOException {
    String text = text("/proc/sys/kernel/osrelease");
    return text == null ? "" : text.strip();
  }

  /** The kernel's version, null if it cannot be told. */
  @Nullable DottedVersion kernel() throws IOException {
    return DottedVersion.parse(release());
  }

  /** How the kernel was configured. */
  KernelOptions options() throws IOException {
    Path packed = at("/proc/config.gz");
    if (Files.isRegularFile(packed)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
        return new KernelOptions(new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII));
      }
    }
    String release = release();
    String text = release.indexOf('/') >= 0 ? null : text("/boot/config-" + release);
    return new KernelOptions(text == null ? "" : text);
  }

  /** Tells whether a module of this name can be loaded into the kernel or is part of it. */
  boolean hasModule(String name) throws IOException {
    String release = release();
    if (release.isEmpty() || release.indexOf('/') >= 0) {
      return false;
    }
    for (String list : new String[] {"modules.builtin", "modules.dep"}) {
      String text = text("/lib/modules/" + release + "/" + list);
      if (text != null && text.contains("/" + name + ".ko")) {
        return true;
      }
    }
    return false;
  }

  /** The mounts that we see. */
  List<MountInfo> mounts() throws IOException {
    String text = text("/proc/self/mountinfo");
    return text == null ? List.of() : MountInfo.parse(text);
  }

  /** The control group hierarchies. */
  CgroupHost cgroups() throws IOException {
    return CgroupHost.detect(mounts());
  }

  /** How packages are installed here. */
  Packages packages() throws IOException {
    return Packages.of(text("/etc/os-release"));
  }

  /** vz.conf, null if there is none. */
  @Nullable ConfFile globalConfig() throws IOException {
    return configuration(paths.globalConfig());
  }

  /** A configuration file, null if there is none. */
  @Nullable ConfFile configuration(Path absolute) throws IOException {
    Path file = at(absolute);
    if (!Files.exists(file)) {
      return null;
    }
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
      throw new IOException(absolute + " is not a file that a configuration can be");
    }
    return ConfFile.read(file);
  }

  /** A value of vz.conf, null if it is not set. */
  @Nullable String global(String key) throws IOException {
    ConfFile file = globalConfig();
    String value = file == null ? null : file.get(key);
    return value == null || value.isEmpty() ? null : value;
  }

  /** The numbers of the configured containers, ascending. */
  List<Integer> containers() throws IOException {
    List<Integer> ids = new ArrayList<>();
    for (String name : names(paths.conf())) {
      if (name.endsWith(".conf")) {
        CtId id = CtId.parse(name.substring(0, name.length() - 5));
        if (id != null && id.value() > 0) {
          ids.add(id.value());
        }
      }
    }
    Collections.sort(ids);
    return ids;
  }
}

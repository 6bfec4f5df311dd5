package org.vzj.cli.resources;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ResourceText;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;
import org.vzj.linux.conf.AtomicFile;

/**
 * The files that OpenVZ's kernel has in /proc, in /run/vz: {@code user_beancounters}, {@code
 * bc/resources} and {@code bc/CTID/resources}. They are as fresh as the last command that read the
 * numbers. Whoever may not write them, as someone who is not root, goes without.
 */
final class ResourceFiles {
  private static final String RESOURCES = "resources";

  private final Path run;
  private final Path directory;

  ResourceFiles(VzPaths paths) {
    run = paths.run();
    directory = run.resolve("bc");
  }

  /** Writes all files, and removes those of containers that are not in the list. */
  void writeAll(List<ReportGroup> groups) {
    if (!Files.isWritable(run)) {
      return;
    }
    Set<String> present = new HashSet<>();
    for (ReportGroup group : groups) {
      present.add(Long.toString(group.id()));
      write(group);
    }
    replace(directory.resolve(RESOURCES), ResourceText.resources(groups));
    replace(run.resolve("user_beancounters"), ResourceText.userBeancounters(groups));
    String[] names = directory.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (CtId.parse(name) != null && !present.contains(name)) {
        remove(directory.resolve(name));
      }
    }
  }

  /** Writes the file of one container. */
  void write(ReportGroup group) {
    if (Files.isWritable(run)) {
      Path file = directory.resolve(Long.toString(group.id())).resolve(RESOURCES);
      replace(file, ResourceText.ofContainer(group));
    }
  }

  private static void replace(Path file, String text) {
    try {
      Path parent = file.getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        Files.createDirectories(parent);
      }
      AtomicFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // The numbers are shown all the same; the file stays as it was.
    }
  }

  private static void remove(Path container) {
    File[] files = container.toFile().listFiles();
    try {
      for (File file : files == null ? new File[0] : files) {
        Files.deleteIfExists(file.toPath());
      }
      Files.deleteIfExists(container);
    } catch (IOException e) {
      // Another command may have begun it anew.
    }
  }
}

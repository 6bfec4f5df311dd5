package org.vzj.layout;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;

/**
 * Snapshots of an overlay: copies of the upper layer. What is being copied has another name until
 * it is whole and on the disk, so that a crash leaves nothing that is taken for a snapshot.
 */
final class OverlaySnapshots {
  private static final String UNFINISHED = ".tmp";

  private OverlaySnapshots() {}

  static void create(Volume volume, String guid) throws VzException {
    Path kept = SnapshotDirectory.entry(volume, guid);
    copy(
        Overlay.upper(volume),
        kept,
        kept.resolveSibling(guid + UNFINISHED),
        ExitCode.CREATE_SNAPSHOT);
  }

  private static void copy(Path from, Path to, Path unfinished, ExitCode code) throws VzException {
    try {
      removeIfThere(unfinished);
      Files.createDirectories(unfinished);
      try {
        Trees.copy(from, unfinished, code);
        Trees.flush(unfinished);
      } catch (VzException e) {
        // A disk that was full by this copy shall not stay so.
        removeIfThere(unfinished);
        throw e;
      }
      if (Files.exists(to)) {
        Trees.exchange(unfinished, to);
        TreeRemoval.remove(unfinished);
      } else {
        Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new VzException(code, "Unable to copy " + from + ": " + e.getMessage(), e);
    }
  }

  static void delete(Volume volume, String guid) throws VzException {
    try {
      removeIfThere(SnapshotDirectory.entry(volume, guid));
      removeIfThere(SnapshotDirectory.entry(volume, guid + UNFINISHED));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.DELETE_SNAPSHOT, "Unable to delete " + guid + ": " + e.getMessage(), e);
    }
  }

  static void switchTo(Volume volume, String guid) throws VzException {
    copy(
        SnapshotDirectory.entry(volume, guid),
        Overlay.upper(volume),
        fresh(volume),
        ExitCode.SWITCH_SNAPSHOT);
  }

  /** Removes what was not finished, and what a switch has replaced. */
  static void tidy(Volume volume) throws IOException {
    removeIfThere(fresh(volume));
    Path snapshots = SnapshotDirectory.of(volume);
    if (!Files.isDirectory(snapshots)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(snapshots)) {
      for (Path entry : entries) {
        if (entry.toString().endsWith(UNFINISHED)) {
          TreeRemoval.remove(entry);
        }
      }
    }
  }

  private static Path fresh(Volume volume) {
    return volume.area().resolve("upper.new");
  }

  private static void removeIfThere(Path tree) throws IOException {
    if (Files.exists(tree)) {
      TreeRemoval.remove(tree);
    }
  }
}

package org.vzj.lifecycle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Filling;
import org.vzj.layout.GuestFiles;
import org.vzj.layout.Layout;
import org.vzj.layout.Volume;
import org.vzj.linux.launch.LaunchPlan;

/**
 * A layout whose disk is one file: {@code disk} in the private area, and {@code disk.GUID} for each
 * snapshot. It notes what it was asked for, and tells a listener before and after it does it.
 */
final class FakeDisk implements Layout {
  final List<String> calls = new ArrayList<>();
  Runnable atEachPoint = () -> {};

  /** An operation whose name begins so fails. */
  String refused = "-";

  static Path disk(Path area) {
    return area.resolve("disk");
  }

  static Path disk(Path area, String guid) {
    return area.resolve("disk." + guid);
  }

  private interface Step {
    void run() throws IOException;
  }

  private void call(String what, ExitCode code, Step step) throws VzException {
    calls.add(what);
    atEachPoint.run();
    if (what.startsWith(refused)) {
      throw new VzException(code, "the disk refuses to " + what);
    }
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    atEachPoint.run();
  }

  @Override
  public boolean hasSnapshots() {
    return true;
  }

  @Override
  public void createSnapshot(Volume volume, String guid) throws VzException {
    call(
        "create " + guid,
        ExitCode.CREATE_SNAPSHOT,
        () -> Files.copy(disk(volume.area()), disk(volume.area(), guid)));
  }

  @Override
  public void deleteSnapshot(Volume volume, String guid) throws VzException {
    call(
        "delete " + guid,
        ExitCode.DELETE_SNAPSHOT,
        () -> Files.deleteIfExists(disk(volume.area(), guid)));
  }

  @Override
  public void switchSnapshot(Volume volume, String guid) throws VzException {
    call(
        "switch " + guid,
        ExitCode.SWITCH_SNAPSHOT,
        () -> Files.writeString(disk(volume.area()), Files.readString(disk(volume.area(), guid))));
  }

  @Override
  public void mountSnapshot(Volume volume, String guid, Path point) throws VzException {
    call("mount " + guid + " " + point, ExitCode.MOUNT_SNAPSHOT, () -> {});
  }

  @Override
  public void umountSnapshot(Volume volume, String guid) throws VzException {
    call("umount " + guid, ExitCode.UMOUNT_SNAPSHOT, () -> {});
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public GuestFiles files(Volume volume) {
    return GuestFiles.in(volume.area());
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount it";
  }
}

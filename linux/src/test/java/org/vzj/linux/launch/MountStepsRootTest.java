package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers and images on the running kernel. */
@Tag("root")
class MountStepsRootTest {
  private static final int BASE = 900_000;

  @TempDir Path directory = Path.of("");
  private Launcher launcher;
  private Path root;

  @BeforeEach
  void prepare() throws IOException {
    for (String name : new String[] {"lower/etc", "place", "upper", "work", "root", "second"}) {
      Files.createDirectories(directory.resolve(name));
    }
    root = directory.resolve("root");
    Files.writeString(directory.resolve("lower/etc/name"), "template");
    Files.setAttribute(directory.resolve("lower/etc/name"), "unix:uid", 5);
    launcher =
        new Launcher(BusyboxContainer.VZLAUNCH, Files.createDirectory(directory.resolve("plans")));
  }

  @AfterEach
  void umount() throws Exception {
    for (String name : new String[] {"root", "second", "place", "place"}) {
      run(LaunchPlan.builder().umount(directory.resolve(name).toString(), true));
    }
  }

  private LaunchReport run(LaunchPlan.Builder plan) throws IOException {
    return launcher.execute(plan.build());
  }

  private LaunchReport overlay(long uid) throws IOException {
    String data = "lowerdir=%1$s/place,upperdir=%1$s/upper,workdir=%1$s/work".formatted(directory);
    return run(
        LaunchPlan.builder()
            .overlay(
                directory.resolve("lower").toString(),
                directory.resolve("place").toString(),
                root.toString(),
                uid,
                uid,
                65_536,
                data));
  }

  private void requireOverlay(LaunchReport report) {
    assumeTrue(
        !(report instanceof LaunchReport.Failed failed
            && (failed.errno().equals("EINVAL") || failed.errno().equals("ENODEV"))),
        "needs overlayfs on shifted layers: Linux 5.19, and a file system that can shift ids");
    assertThat(report).isInstanceOf(LaunchReport.Done.class);
  }

  private static String mounts() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo"));
  }

  @Test
  void aLowerLayerIsSeenWithOtherIds() throws Exception {
    requireOverlay(overlay(BASE));
    Path name = root.resolve("etc/name");
    assertThat(Files.getAttribute(name, "unix:uid")).isEqualTo(BASE + 5);
    assertThat(mounts()).as("nothing else stays").doesNotContain(directory + "/place ");

    Files.writeString(name, "changed");
    assertThat(directory.resolve("lower/etc/name")).hasContent("template");
    assertThat(directory.resolve("upper/etc/name")).hasContent("changed");
    assertThat(Files.getAttribute(directory.resolve("upper/etc/name"), "unix:uid"))
        .as("the copy carries the container's own id")
        .isEqualTo(BASE + 5);
  }

  @Test
  void withoutShiftTheIdsAreTheHosts() throws Exception {
    requireOverlay(overlay(0));
    assertThat(Files.getAttribute(root.resolve("etc/name"), "unix:uid")).isEqualTo(5);
  }

  @Test
  void whatAKilledLauncherLeftIsClearedFirst() throws Exception {
    requireOverlay(overlay(BASE));
    run(LaunchPlan.builder().umount(root.toString(), false));
    String place = directory.resolve("place").toString();
    String lower = directory.resolve("lower").toString();
    run(LaunchPlan.builder().mount(lower, place, "-", "bind", "-"));
    run(LaunchPlan.builder().mount(lower, place, "-", "bind", "-"));
    requireOverlay(overlay(BASE));
    assertThat(mounts()).doesNotContain(place + " ");
  }

  @Test
  void aFailedOverlayLeavesNothing() throws Exception {
    Files.delete(directory.resolve("work"));
    assertThat(overlay(BASE)).isInstanceOf(LaunchReport.Failed.class);
    assertThat(mounts()).doesNotContain(directory.toString());
  }

  private Path image() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/sbin/mkfs.ext4")), "needs mkfs.ext4");
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    Path image = directory.resolve("image");
    Process made =
        new ProcessBuilder("/sbin/mkfs.ext4", "-q", "-F", image.toString(), "16M")
            .redirectErrorStream(true)
            .start();
    assertThat(made.waitFor(60, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
    return image;
  }

  private LaunchReport mount(Path image, Path target, String flags) throws IOException {
    return run(LaunchPlan.builder().image(image.toString(), target.toString(), "ext4", flags, "-"));
  }

  @Test
  void anImageIsMountedOnceAndItsDeviceGoesWithIt() throws Exception {
    Path image = image();
    assertThat(mount(image, root, "-")).isInstanceOf(LaunchReport.Done.class);
    assertThat(root.resolve("lost+found")).isDirectory();
    for (String flags : new String[] {"-", "ro"}) {
      assertThat(mount(image, directory.resolve("second"), flags))
          .isInstanceOfSatisfying(
              LaunchReport.Failed.class,
              failed -> {
                assertThat(failed.errno()).isEqualTo("EBUSY");
                assertThat(failed.text()).contains("the image is in use");
              });
    }
    run(LaunchPlan.builder().umount(root.toString(), false));
    assertThat(mount(image, root, "ro"))
        .as("the lock went with it")
        .isInstanceOf(LaunchReport.Done.class);
    assertThat(mount(image, directory.resolve("second"), "ro"))
        .as("two may read")
        .isInstanceOf(LaunchReport.Done.class);
  }

  @Test
  void onlyAFileIsAnImage() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), image());
    assertThat(mount(link, root, "-")).isInstanceOf(LaunchReport.Failed.class);
    assertThat(mount(directory.resolve("lower"), root, "ro"))
        .isInstanceOf(LaunchReport.Failed.class);
    assertThat(mount(directory.resolve("missing"), root, "-"))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class, failed -> assertThat(failed.errno()).isEqualTo("ENOENT"));
  }
}

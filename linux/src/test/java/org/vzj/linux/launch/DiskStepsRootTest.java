package org.vzj.linux.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/** What counts and limits disk use, on file systems of their own: loop devices. */
@Tag("root")
class DiskStepsRootTest {
  private static final long IMAGE_BYTES = 400L << 20;
  private static final long PROJECT = 900_123;

  @TempDir Path directory;

  private final Commands commands = Commands.system();
  private Launcher launcher;
  private Path disk;

  @BeforeEach
  void prepare() throws IOException {
    launcher = new Launcher(BusyboxContainer.VZLAUNCH, directory.resolve("plans"));
    disk = Files.createDirectory(directory.resolve("disk"));
  }

  @AfterEach
  void unmount() throws IOException {
    for (Path mount : List.of(disk.resolve("tree/other"), directory.resolve("shown"), disk)) {
      if (commands.run("mountpoint", "-q", mount.toString()).status() == 0) {
        commands.run("umount", mount.toString());
      }
    }
  }

  private void mount(String type) throws IOException {
    Path image = directory.resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(IMAGE_BYTES);
    }
    assumeTrue(has("mkfs." + type), "needs mkfs." + type);
    assertThat(commands.run("mkfs." + type, "-q", image.toString()).status()).isZero();
    assumeTrue(
        commands.run("mount", "-o", "loop", image.toString(), disk.toString()).status() == 0,
        "needs " + type + " and loop devices");
  }

  private static boolean has(String program) {
    return Files.isExecutable(Path.of("/usr/sbin", program))
        || Files.isExecutable(Path.of("/sbin", program));
  }

  private LaunchReport run(LaunchPlan.Builder plan) throws IOException {
    return launcher.run(plan.build(), Stdio.captured(new byte[0]));
  }

  private LaunchReport tree(Path tree, long project, boolean all) throws IOException {
    return run(LaunchPlan.builder().projectTree(tree.toString(), project, all));
  }

  private long project(Path file) throws IOException {
    CommandResult result = commands.run("lsattr", "-pd", file.toString());
    assertThat(result.status()).as(result.err()).isZero();
    return Long.parseLong(result.out().strip().split(" +")[0]);
  }

  @Test
  void whatIsMadeInAProjectBelongsToIt() throws IOException {
    mount("xfs");
    Path tree = Files.createDirectory(disk.resolve("tree"));
    assertThat(run(LaunchPlan.builder().project(tree.toString(), PROJECT)))
        .isEqualTo(new LaunchReport.Done());
    Path below = Files.createDirectories(tree.resolve("a/b"));
    assertThat(project(Files.createFile(below.resolve("file")))).isEqualTo(PROJECT);
    assertThat(project(below)).isEqualTo(PROJECT);
    assertThat(project(disk)).isZero();

    assertThat(run(LaunchPlan.builder().project(tree.toString(), PROJECT + 1)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class,
            failed -> {
              assertThat(failed.errno()).isEqualTo("EEXIST");
              assertThat(failed.message()).isEqualTo("the directory belongs to project " + PROJECT);
            });
    run(LaunchPlan.builder().projectDrop(tree.toString(), PROJECT + 1));
    assertThat(project(tree)).isEqualTo(PROJECT);
    run(LaunchPlan.builder().projectDrop(tree.toString(), PROJECT));
    assertThat(project(tree)).isZero();
    assertThat(project(Files.createFile(tree.resolve("later")))).isZero();
  }

  @Test
  void aTreeIsTakenWithAllThatIsInItAndNothingOutside() throws IOException {
    mount("xfs");
    Path tree = Files.createDirectories(disk.resolve("tree"));
    Path file = Files.createFile(Files.createDirectories(tree.resolve("a/b")).resolve("file"));
    Path outside = Files.createFile(disk.resolve("outside"));
    Path elsewhere = Files.createDirectory(disk.resolve("elsewhere"));
    Files.createSymbolicLink(tree.resolve("to-file"), outside);
    Files.createSymbolicLink(tree.resolve("to-directory"), elsewhere);
    // Opening it for reading would wait for a writer.
    commands.run("mkfifo", tree.resolve("fifo").toString());
    assertThat(tree(tree, PROJECT, false)).isEqualTo(new LaunchReport.Done());
    assertThat(project(file)).isEqualTo(PROJECT);
    assertThat(project(tree.resolve("a"))).isEqualTo(PROJECT);
    assertThat(project(outside)).isZero();
    assertThat(project(elsewhere)).isZero();

    Path stranger = Files.createFile(disk.resolve("stranger"));
    Files.createFile(tree.resolve("a/new"));
    assertThat(project(tree.resolve("a/new"))).isEqualTo(PROJECT);
    run(LaunchPlan.builder().projectDrop(tree.resolve("a").toString(), PROJECT));
    assertThat(tree(tree, PROJECT, false)).isEqualTo(new LaunchReport.Done());
    assertThat(project(tree.resolve("a"))).as("the root has it already").isZero();
    assertThat(tree(tree, PROJECT, true)).isEqualTo(new LaunchReport.Done());
    assertThat(project(tree.resolve("a"))).isEqualTo(PROJECT);
    assertThat(project(stranger)).isZero();
    assertThat(tree(tree, PROJECT + 1, true)).isInstanceOf(LaunchReport.Failed.class);
    assertThat(project(file)).isEqualTo(PROJECT);
  }

  @Test
  void aMountInsideIsNotPassed() throws IOException {
    mount("xfs");
    Path other = Files.createDirectories(disk.resolve("tree/other"));
    Path apart = Files.createDirectory(disk.resolve("apart"));
    commands.run("mount", "--bind", apart.toString(), other.toString());
    assertThat(tree(disk.resolve("tree"), PROJECT, false))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class, failed -> assertThat(failed.errno()).isEqualTo("EXDEV"));
    assertThat(project(apart)).isZero();
    assertThat(project(disk.resolve("tree"))).as("not done, so not marked").isZero();
  }

  @Test
  void whatATreeTakesIsWhatDuSays() throws IOException {
    Path tree = directory.resolve("counted/a");
    Files.createDirectories(tree.resolve("b"));
    for (int i = 0; i < 3000; i++) {
      Files.createLink(tree.resolve("n" + i), Files.createFile(tree.resolve("f" + i)));
    }
    Files.writeString(tree.resolve("b/file"), "x".repeat(10_000));
    Files.createSymbolicLink(tree.resolve("out"), Path.of("/usr"));
    Stdio stdio = Stdio.captured(new byte[0]);
    LaunchPlan plan = LaunchPlan.builder().treeUsage(tree.toString()).build();
    assertThat(launcher.run(plan, stdio)).isEqualTo(new LaunchReport.Done());
    String blocks = commands.run("du", "-s", "-k", tree.toString()).out().split("\t")[0];
    assertThat(stdio.outText()).isEqualTo(blocks + " " + (3000 + 4) + "\n");
  }

  @Test
  void quotaThatIsNotOnIsAnError() throws IOException {
    mount("ext4");
    assertThat(run(LaunchPlan.builder().quota(disk.toString(), "project", PROJECT, 1, 2, 3, 4)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class,
            failed -> assertThat(failed.errno()).isIn("ESRCH", "ENOSYS"));
    assertThat(run(LaunchPlan.builder().quota(disk.toString(), "planet", 1, 1, 2, 3, 4)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class, failed -> assertThat(failed.errno()).isEqualTo("EINVAL"));
    assertThat(run(LaunchPlan.builder().quota(disk.toString(), "user", 1, -1, 2, 3, 4)))
        .isInstanceOf(LaunchReport.Failed.class);
  }

  @Test
  void aSubvolumeOfBtrfsIsLimited() throws IOException {
    mount("btrfs");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/btrfs")), "needs btrfs-progs");
    Path volume = disk.resolve("volume");
    commands.run("btrfs", "subvolume", "create", volume.toString());
    assertThat(run(LaunchPlan.builder().qgroup(volume.toString(), 8192)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class,
            failed -> assertThat(failed.message()).isEqualTo("quota of btrfs is not enabled"));
    commands.run("btrfs", "quota", "enable", disk.toString());
    assertThat(run(LaunchPlan.builder().qgroup(volume.toString(), 8192)))
        .isEqualTo(new LaunchReport.Done());
    Path below = Files.createDirectory(volume.resolve("below"));
    assertThat(run(LaunchPlan.builder().qgroup(below.toString(), 1)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class,
            failed -> assertThat(failed.message()).isEqualTo("no subvolume"));
    Stdio stdio = Stdio.captured(new byte[0]);
    launcher.run(LaunchPlan.builder().subvolume(volume.toString()).build(), stdio);
    assertThat(stdio.outText()).isEqualTo("256\n");
    assertThat(write(volume.resolve("big"), 16)).contains("Disk quota exceeded");
    assertThat(write(disk.resolve("other"), 16)).isEmpty();
    run(LaunchPlan.builder().qgroup(volume.toString(), 0));
    assertThat(write(volume.resolve("big"), 16)).isEmpty();
  }

  private void done(LaunchPlan.Builder plan) throws IOException {
    assertThat(run(plan)).isEqualTo(new LaunchReport.Done());
  }

  private static long inode(Path path) throws IOException {
    return (Long) Files.getAttribute(path, "unix:ino");
  }

  @Test
  void aSnapshotHasTheSubvolumesThatAreInIt() throws IOException {
    mount("btrfs");
    Path volume = disk.resolve("volume");
    done(LaunchPlan.builder().subvolumeCreate(volume.toString()));
    Path deep = Files.createDirectories(volume.resolve("a/b")).resolve("in\nner");
    done(LaunchPlan.builder().subvolumeCreate(deep.toString()));
    done(LaunchPlan.builder().subvolumeCreate(deep.resolve("most").toString()));
    Files.writeString(deep.resolve("most/file"), "text");
    done(LaunchPlan.builder().subvolumeReadonly(deep.resolve("most").toString()));
    for (int i = 0; i < 300; i++) {
      done(LaunchPlan.builder().subvolumeCreate(volume.resolve("many" + i).toString()));
    }
    Path kept = disk.resolve("kept");
    done(LaunchPlan.builder().snapshot(volume.toString(), kept.toString(), true));
    Path most = kept.resolve("a/b/in\nner/most");
    Path file = most.resolve("file");
    assertThat(file).hasContent("text");
    assertThat(inode(most)).isEqualTo(256);
    assertThat(inode(kept.resolve("many299"))).isEqualTo(256);
    for (Path readonly : List.of(kept, most)) {
      assertThat(write(readonly.resolve("new"), 0)).contains("Read-only");
    }
    done(LaunchPlan.builder().subvolumeDelete(volume.toString()));
    assertThat(volume).doesNotExist();
    assertThat(file).hasContent("text");
    done(LaunchPlan.builder().snapshot(kept.toString(), volume.toString(), false));
    assertThat(write(volume.resolve("new"), 0)).isEmpty();
    assertThat(volume.resolve("a/b/in\nner/most/file")).hasContent("text");
    done(LaunchPlan.builder().subvolumeDelete(kept.toString()));
    assertThat(kept).doesNotExist();
  }

  /** On each file system that containers' files may lie on. */
  @ParameterizedTest
  @ValueSource(strings = {"btrfs", "ext4", "xfs"})
  void aDirectoryIsShownWithOtherIds(String type) throws IOException {
    mount(type);
    Path tree = Files.createDirectory(disk.resolve("tree"));
    Path file = Files.createFile(tree.resolve("file"));
    Files.setAttribute(file, "unix:uid", 5);
    Path shown = Files.createDirectory(directory.resolve("shown"));
    done(
        LaunchPlan.builder()
            .idmap(tree.toString(), shown.toString(), 900_000, 800_000, 65_536, "nosuid"));
    assertThat(Files.getAttribute(shown.resolve("file"), "unix:uid")).isEqualTo(900_005);
    assertThat(Files.getAttribute(shown.resolve("file"), "unix:gid")).isEqualTo(800_000);
    Path made = Files.createFile(shown.resolve("made"));
    assertThat(Files.getAttribute(made, "unix:uid")).as("the host's root").isEqualTo(0);
    assertThat(Files.getAttribute(tree.resolve("made"), "unix:uid")).isEqualTo(65_536);
    Files.setAttribute(made, "unix:uid", 900_007);
    assertThat(Files.getAttribute(tree.resolve("made"), "unix:uid")).isEqualTo(7);
    assertThat(commands.run("setcap", "cap_net_raw+ep", made.toString()).status()).isZero();
    assertThat(commands.run("findmnt", "-no", "OPTIONS,PROPAGATION", shown.toString()).out())
        .contains("nosuid", "private");

    done(
        LaunchPlan.builder()
            .umount(shown.toString(), false)
            .mount(tree.toString(), shown.toString(), "-", "bind", "-")
            .idmap(shown.toString(), shown.toString(), 700_000, 700_000, 65_536, "ro"));
    assertThat(Files.getAttribute(shown.resolve("file"), "unix:uid")).isEqualTo(700_005);
    assertThat(write(shown.resolve("new"), 0)).contains("Read-only");
    done(LaunchPlan.builder().umount(shown.toString(), false));
    assertThat(shown).as("one mount took the other's place").isEmptyDirectory();
  }

  @Test
  void whatIsNoSubvolumeStaysAsItIs() throws IOException {
    mount("btrfs");
    Path plain = disk.resolve("plain");
    Files.createDirectories(plain.resolve("in"));
    assertThat(run(LaunchPlan.builder().subvolumeDelete(plain.toString())))
        .isInstanceOf(LaunchReport.Failed.class);
    assertThat(run(LaunchPlan.builder().snapshot(plain.toString(), disk + "/copy", false)))
        .isInstanceOfSatisfying(
            LaunchReport.Failed.class,
            failed -> assertThat(failed.message()).isEqualTo("no subvolume"));
    assertThat(plain.resolve("in")).isDirectory();
    Path link = Files.createSymbolicLink(disk.resolve("link"), disk);
    assertThat(run(LaunchPlan.builder().subvolumeDelete(link.toString())))
        .isInstanceOf(LaunchReport.Failed.class);
    assertThat(run(LaunchPlan.builder().subvolumeCreate(directory + "/elsewhere")))
        .isInstanceOf(LaunchReport.Failed.class);
  }

  /** Writes so many megabytes and returns the error, empty if there is none. */
  private static String write(Path file, int megabytes) {
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (var out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.SYNC)) {
      for (int i = 0; i < megabytes; i++) {
        out.write(megabyte);
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}

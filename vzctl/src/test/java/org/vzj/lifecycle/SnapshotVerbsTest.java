package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Simfs;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;

class SnapshotVerbsTest {
  private static final String A = "{aaaaaaaa-0000-4000-8000-000000000001}";
  private static final String B = "{bbbbbbbb-0000-4000-8000-000000000002}";
  private static final String NAMED = "NAME=\"then\"";

  @TempDir Path directory;
  private FakeMachine machine;
  private final FakeDisk disk = new FakeDisk();
  private Target target;
  private Path area;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(directory.resolve("machine"));
    machine = new FakeMachine(directory.resolve("machine"), FakeMachine.V2);
    target = machine.target(NAMED, "LOCAL_UID=\"200000\"", "ONBOOT=\"no\"");
    area = directory.resolve("machine/private/101");
    Files.writeString(FakeDisk.disk(area), "first");
  }

  private void take(String guid) throws VzException {
    take(new TakeSnapshot.Wish(guid, "a name", "a text", false, false));
  }

  private void take(TakeSnapshot.Wish wish) throws VzException {
    new TakeSnapshot(target, disk, wish).run();
  }

  private void change(String guid) throws VzException {
    change(new SwitchSnapshot.Wish(guid, false, false, false));
  }

  private void change(SwitchSnapshot.Wish wish) throws VzException {
    new SwitchSnapshot(target, disk, wish).run();
  }

  private SnapshotTree tree() throws VzException {
    return SnapshotStore.look(target, disk, ExitCode.LIST_SNAPSHOT).read();
  }

  private List<String> guids() throws VzException {
    return tree().all().stream().map(Snapshot::guid).toList();
  }

  private void write(String text) throws IOException {
    Files.writeString(FakeDisk.disk(area), text);
  }

  private String content() throws IOException {
    return Files.readString(FakeDisk.disk(area));
  }

  private String config() throws IOException {
    return Files.readString(target.container().configFile());
  }

  private static int status(Throwable thrown) {
    return ((VzException) thrown).status();
  }

  @Test
  void takingOneKeepsFilesAndConfiguration() throws Exception {
    take(A);
    assertThat(machine.messages().said())
        .containsExactly(
            "Creating snapshot " + A,
            "Storing " + area.resolve("Snapshots.xml.tmp"),
            "Snapshot " + A + " has been successfully created");
    assertThat(Files.readString(area.resolve("dump/" + A + ".ve.conf"))).isEqualTo(config());
    Snapshot made = tree().all().getFirst();
    assertThat(made.name()).isEqualTo("a name");
    assertThat(made.description()).isEqualTo("a text");
    assertThat(made.date()).matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}");
    assertThat(tree().current()).isEqualTo(A);
    assertThat(area.resolve("Snapshots.xml.tmp")).doesNotExist();
  }

  @Test
  void withoutConfigurationIfAskedTo() throws Exception {
    take(new TakeSnapshot.Wish(null, "", "", false, true));
    assertThat(area.resolve("dump")).doesNotExist();
    assertThat(guids()).hasSize(1);
  }

  @Test
  void aGuidIsTakenOnce() throws Exception {
    take(A);
    assertThatThrownBy(() -> take(A))
        .hasMessage("Invalid guid " + A + " specified: already exists\nFailed to create snapshot")
        .satisfies(e -> assertThat(status(e)).isEqualTo(156));
    assertThat(guids()).containsExactly(A);
  }

  @Test
  void whatFailsLeavesNothing() throws Exception {
    disk.refused = "create";
    assertThatThrownBy(() -> take(A)).hasMessageEndingWith("\nFailed to create snapshot");
    assertThat(names(area)).containsExactlyInAnyOrder("disk", "dump");
    assertThat(names(area.resolve("dump"))).isEmpty();
    disk.refused = "-";
    take(A);
    disk.refused = "delete";
    assertThatThrownBy(() -> DeleteSnapshot.run(target, disk, A))
        .hasMessage("the disk refuses to delete " + A + "\nFailed to delete snapshot " + A)
        .satisfies(e -> assertThat(status(e)).isEqualTo(158));
    assertThat(guids()).containsExactly(A);
    disk.refused = "switch";
    String before = config();
    assertThatThrownBy(() -> change(A))
        .hasMessage("the disk refuses to switch " + A + "\nFailed to switch to snapshot " + A)
        .satisfies(e -> assertThat(status(e)).isEqualTo(159));
    assertThat(config()).isEqualTo(before);
    assertThat(names(area)).containsExactly("Snapshots.xml", "disk", "disk." + A, "dump");
    assertThat(names(area.resolve("dump"))).containsExactly(A + ".ve.conf");
  }

  @Test
  void switchingBringsFilesAndConfigurationBack() throws Exception {
    take(A);
    write("second");
    take(B);
    Files.writeString(
        target.container().configFile(),
        "NAME=\"now\"\nLOCAL_UID=\"300000\"\nONBOOT=\"yes\"\nVE_PRIVATE=\"" + area + "\"\n");
    String now = config();
    change(A);
    assertThat(content()).isEqualTo("first");
    assertThat(tree().current()).isEqualTo(A);
    // What it is called and does is as it was; where and whose its files are is as it is.
    assertThat(config())
        .contains("NAME=\"then\"")
        .contains("ONBOOT=\"no\"")
        .contains("LOCAL_UID=\"300000\"")
        .contains("VE_PRIVATE=\"" + area + "\"");
    assertThat(target.container().configFile().resolveSibling("101.conf.old")).hasContent(now);
    assertThat(machine.paths().names().resolve("then"))
        .hasSameBinaryContentAs(target.container().configFile());
    assertThat(machine.messages().said())
        .endsWith(
            "Switching to snapshot " + A,
            "Container has been successfully switched to another snapshot");
    change(new SwitchSnapshot.Wish(B, true, false, true));
    assertThat(content()).isEqualTo("second");
    assertThat(config()).contains("NAME=\"then\"");
  }

  @Test
  void switchingCannotResume() throws Exception {
    take(A);
    write("second");
    assertThatThrownBy(() -> change(new SwitchSnapshot.Wish(A, false, true, false)))
        .hasMessage(
            "Error: no dump in snapshot, unable to resume\nFailed to switch to snapshot " + A)
        .satisfies(e -> assertThat(status(e)).isEqualTo(159));
    Files.createDirectory(area.resolve("dump/" + A));
    assertThatThrownBy(() -> change(new SwitchSnapshot.Wish(A, false, true, false)))
        .hasMessageStartingWith("Error: failed to resume CT\n");
    assertThat(content()).isEqualTo("second");
    change(A);
    assertThat(machine.messages().said())
        .contains("Warning: failed to resume CT, ignoring (use --must-resume to treat as error)");
    assertThat(content()).isEqualTo("first");
  }

  @Test
  void unknownOnesAreNotFound() throws Exception {
    take(A);
    String missing = "Unable to find snapshot by uuid " + B;
    assertThatThrownBy(() -> change(B))
        .hasMessage(missing + "\nFailed to switch to snapshot " + B)
        .satisfies(e -> assertThat(status(e)).isEqualTo(159));
    assertThatThrownBy(() -> DeleteSnapshot.run(target, disk, B))
        .hasMessage(missing + "\nFailed to delete snapshot " + B)
        .satisfies(e -> assertThat(status(e)).isEqualTo(158));
    assertThatThrownBy(() -> ListSnapshots.of(target, disk, B))
        .hasMessage(missing)
        .satisfies(e -> assertThat(status(e)).isEqualTo(167));
    assertThatThrownBy(() -> SnapshotMounts.mount(target, disk, B, directory))
        .hasMessage(missing)
        .satisfies(e -> assertThat(status(e)).isEqualTo(160));
    assertThatThrownBy(() -> SnapshotMounts.umount(target, disk, B))
        .hasMessage(missing)
        .satisfies(e -> assertThat(status(e)).isEqualTo(161));
  }

  @Test
  void deletingRemovesAllOfIt() throws Exception {
    take(A);
    take(B);
    DeleteSnapshot.run(target, disk, A);
    assertThat(tree().all()).extracting(Snapshot::parent).containsExactly("");
    assertThat(guids()).containsExactly(B);
    assertThat(names(area.resolve("dump"))).containsExactly(B + ".ve.conf");
    assertThat(machine.messages().said())
        .endsWith("Deleting snapshot " + A, "Snapshot " + A + " has been successfully deleted");
  }

  @Test
  void mountingNeedsAFreeDirectory() throws Exception {
    take(A);
    Path point = Files.createDirectory(directory.resolve("point"));
    SnapshotMounts.mount(target, disk, A, point);
    assertThat(disk.calls).contains("mount " + A + " " + point);
    assertThatThrownBy(() -> SnapshotMounts.mount(target, disk, A, Path.of("/proc")))
        .hasMessageContaining("something is mounted on /proc");
    assertThatThrownBy(() -> SnapshotMounts.mount(target, disk, A, directory.resolve("nothing")))
        .hasMessageContaining("is not a directory");
    SnapshotMounts.umount(target, disk, A);
    assertThat(disk.calls).endsWith("umount " + A);
    assertThat(machine.paths().snapshotMounts().resolve("101")).doesNotExist();
  }

  @Test
  void otherLayoutsHaveNone() {
    Simfs simfs = new Simfs();
    String words = "Snapshot feature is only available for ploop-based CTs";
    Map<Integer, Throwing> calls = new TreeMap<>();
    TakeSnapshot.Wish wish = new TakeSnapshot.Wish(A, "", "", false, false);
    calls.put(156, () -> new TakeSnapshot(target, simfs, wish).run());
    SwitchSnapshot.Wish other = new SwitchSnapshot.Wish(A, false, false, false);
    calls.put(159, () -> new SwitchSnapshot(target, simfs, other).run());
    calls.put(158, () -> DeleteSnapshot.run(target, simfs, A));
    calls.put(167, () -> ListSnapshots.of(target, simfs, null));
    calls.put(160, () -> SnapshotMounts.mount(target, simfs, A, directory));
    calls.put(161, () -> SnapshotMounts.umount(target, simfs, A));
    calls.forEach(
        (code, call) ->
            assertThatThrownBy(call::run)
                .hasMessage(words)
                .satisfies(e -> assertThat(status(e)).isEqualTo(code)));
  }

  private interface Throwing {
    void run() throws VzException;
  }

  /** A file that somebody else wrote is not believed, and does no harm. */
  @Test
  void brokenFilesAreRefused() throws Exception {
    take(A);
    for (String text :
        new String[] {"", "<x>", "<ParallelsSavedStates><SavedStateItem guid='{..}'/>"}) {
      Files.writeString(area.resolve("Snapshots.xml"), text);
      assertThatThrownBy(() -> take(B))
          .hasMessageStartingWith("Unable to read snapshots: " + area.resolve("Snapshots.xml"))
          .hasMessageEndingWith("\nFailed to create snapshot");
    }
    assertThat(disk.calls).containsExactly("create " + A);
  }

  /**
   * What a kill leaves at any point is finished or undone by the next command: the list of
   * snapshots is what the disk has, and nothing else lies about.
   */
  @Test
  void killedAtAnyPoint() throws Exception {
    take(A);
    write("second");
    take(B);
    Files.writeString(target.container().configFile(), "NAME=\"now\"\n");
    write("third");
    String c = "{cccccccc-0000-4000-8000-000000000003}";
    List<Path> points = points(() -> take(c));
    points.addAll(points(() -> DeleteSnapshot.run(target, disk, A)));
    points.addAll(points(() -> change(B)));
    assertThat(points.size()).isGreaterThan(12);
    for (Path point : points) {
      bringBack(point);
      SnapshotStore.open(target, disk, ExitCode.LIST_SNAPSHOT);
      List<String> wanted = new ArrayList<>(List.of("Snapshots.xml", "disk"));
      List<String> copies = new ArrayList<>();
      for (String guid : guids()) {
        wanted.add("disk." + guid);
        copies.add(guid + ".ve.conf");
      }
      wanted.add("dump");
      assertThat(names(area)).as("after %s", point).containsExactlyInAnyOrderElementsOf(wanted);
      assertThat(names(area.resolve("dump"))).containsExactlyInAnyOrderElementsOf(copies);
      boolean switched = content().equals("second");
      assertThat(content()).isIn("second", "third");
      assertThat(config().contains("\"then\"")).as("after %s", point).isEqualTo(switched);
      take("{dddddddd-0000-4000-8000-000000000004}");
    }
  }

  private List<Path> points(Throwing verb) throws Exception {
    Path start = directory.resolve("start");
    copy(directory.resolve("machine"), start);
    List<Path> points = new ArrayList<>();
    Runnable keep =
        () -> {
          Path point = directory.resolve("point-" + System.nanoTime());
          copy(directory.resolve("machine"), point);
          points.add(point);
        };
    disk.atEachPoint = keep;
    machine.messages().atEachLine(keep);
    verb.run();
    disk.atEachPoint = () -> {};
    machine.messages().atEachLine(() -> {});
    bringBack(start);
    TreeRemoval.remove(start);
    return points;
  }

  private void bringBack(Path copy) throws IOException {
    TreeRemoval.remove(directory.resolve("machine"));
    copy(copy, directory.resolve("machine"));
  }

  private static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes a)
                throws IOException {
              Files.createDirectory(to.resolve(from.relativize(path).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes a) throws IOException {
              Path other = to.resolve(from.relativize(path).toString());
              if (a.isSymbolicLink()) {
                Files.createSymbolicLink(other, Files.readSymbolicLink(path));
              } else {
                Files.copy(path, other);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}

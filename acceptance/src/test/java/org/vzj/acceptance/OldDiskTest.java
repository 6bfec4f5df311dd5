package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Containers whose private areas were copied from a host with OpenVZ's kernel. */
@Tag("root")
@Timeout(240)
class OldDiskTest {
  private static final String TOP = "{5fbaabe3-6958-40ff-92a7-860e329aab41}";
  private static final String NONE = "{00000000-0000-0000-0000-000000000000}";
  private static final String A = "{aaaaaaaa-0000-4000-8000-000000000001}";

  private static Sandbox sandbox;
  private static byte[] before;
  private static byte[] after;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    assumeTrue(Files.isExecutable(Path.of("/sbin/mke2fs")), "needs mke2fs");
    sandbox = Sandbox.open();
    Path work = Files.createDirectory(sandbox.base().resolve("work"));
    Path tree = Files.createDirectory(work.resolve("tree"));
    sandbox.template("busybox");
    Path archive;
    try (Stream<Path> files = Files.list(sandbox.base().resolve("vz/template/cache"))) {
      archive = files.findFirst().orElseThrow();
    }
    Host.run("tar", "xf", "" + archive.toRealPath(), "-C", "" + tree).expect(0);
    Files.writeString(tree.resolve("file"), "before\n");
    Host.run("chown", "7:8", "" + tree.resolve("file")).expect(0);
    Path image = work.resolve("image");
    Host.run("mke2fs", "-q", "-t", "ext4", "-d", "" + tree, "" + image, "40M").expect(0);
    before = OldImage.disk(Files.readAllBytes(image));
    Path point = Files.createDirectory(work.resolve("point"));
    Host.run("mount", "-o", "loop", "" + image, "" + point).expect(0);
    try {
      Files.writeString(point.resolve("file"), "after\n");
      Files.createDirectory(point.resolve("made"));
    } finally {
      Host.run("umount", "" + point).expect(0);
    }
    after = OldImage.disk(Files.readAllBytes(image));
    Host.run("rm", "-r", "" + work).expect(0);
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static String image(String guid, String file) {
    return "<Image><GUID>"
        + guid
        + "</GUID><Type>Compressed</Type><File>"
        + file
        + "</File></Image>";
  }

  private static String shot(String guid, String parent) {
    return "<Shot><GUID>" + guid + "</GUID><ParentGUID>" + parent + "</ParentGUID></Shot>";
  }

  /** A container as its private area and its configuration are copied: stopped, one snapshot. */
  private static int copied(int version) throws IOException {
    int id = sandbox.id();
    Path area = Files.createDirectory(sandbox.privateArea(id));
    Path images = Files.createDirectory(area.resolve("root.hdd"));
    OldImage.write(images.resolve("root.hdd"), version, before, null);
    OldImage.write(images.resolve("root.hdd." + A), version, after, before);
    Files.writeString(
        images.resolve("DiskDescriptor.xml"),
        "<?xml version=\"1.0\"?>\n<Parallels_disk_image Version=\"1.0\"><Disk_Parameters>"
            + "<Disk_size>90112</Disk_size></Disk_Parameters><StorageData><Storage><Start>0</Start>"
            + "<End>90112</End><Blocksize>512</Blocksize>"
            + image(A, "root.hdd")
            + image(TOP, "root.hdd." + A)
            + "</Storage></StorageData><Snapshots><TopGUID>"
            + TOP
            + "</TopGUID>"
            + shot(A, NONE)
            + shot(TOP, A)
            + "</Snapshots></Parallels_disk_image>\n");
    Files.writeString(
        area.resolve("Snapshots.xml"),
        "<?xml version=\"1.0\"?>\n<ParallelsSavedStates><SavedStateItem guid=\"\">"
            + "<SavedStateItem guid=\""
            + A
            + "\" current=\"yes\"><Name>first</Name><DateTime>2013-01-22 14:11:26</DateTime>"
            + "</SavedStateItem></SavedStateItem></ParallelsSavedStates>\n");
    Files.writeString(
        sandbox.config(id),
        """
        ONBOOT="no"
        DISKSPACE="40960:40960"
        VE_LAYOUT="ploop"
        OSTEMPLATE="busybox"
        ORIGIN_SAMPLE="basic"
        """);
    return id;
  }

  private static String inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).ok().strip();
  }

  @Test
  void itIsSaidWhatToDoAndThenItStarts() throws Exception {
    int id = copied(2);
    for (String verb : new String[] {"start", "mount"}) {
      assertThat(sandbox.vzctl(verb, "" + id).expect(150).err())
          .contains(
              "root.hdd is in the format of OpenVZ's ploop driver",
              "vzctl convert " + id + " --layout ploop makes a raw one");
    }
    sandbox.assertNothingRemains(id);
    assertThat(sandbox.vzctl("convert", "" + id).ok())
        .contains("Container was successfully converted to the ploop layout");
    assertThat(Host.read(sandbox.config(id))).contains("LOCAL_UID=");
    assertThat(sandbox.vzctl("convert", "" + id).ok()).contains("CT is already on ploop");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /file; stat -c %u:%g /file /bin/busybox /made /"))
        .isEqualTo("after\n7:8\n0:0\n0:0\n0:0");
    assertThat(inside(id, "echo new > /own; chown 5 /own; stat -c %u /own")).isEqualTo("5");
    assertThat((Integer) Files.getAttribute(sandbox.root(id).resolve("own"), "unix:uid"))
        .as("on the host it is another's")
        .isGreaterThan(100_000);

    Path point = Files.createDirectory(sandbox.base().resolve("point"));
    sandbox.vzctl("snapshot-mount", "" + id, "--id", A, "--target", "" + point).expect(0);
    assertThat(point.resolve("file")).hasContent("before\n");
    assertThat((Integer) Files.getAttribute(point.resolve("file"), "unix:uid"))
        .isGreaterThan(100_000);
    assertThat(Host.run("touch", point + "/new").status()).as("read-only").isNotZero();
    sandbox.vzctl("snapshot-umount", "" + id, "--id", A).expect(0);
    sandbox.vzctl("snapshot-switch", "" + id, "--id", A, "--skip-config").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /file; ls /made 2>/dev/null; true")).isEqualTo("before");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
    sandbox.vzctl("snapshot-delete", "" + id, "--id", A).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /file; stat -c %u /file")).isEqualTo("before\n7");
  }

  @Test
  void theFirstVersionAndAllOfTheSpace() throws Exception {
    int id = copied(1);
    sandbox.vzctl("convert", "" + id, "--layout", "ploop:plain").expect(0);
    Path image = sandbox.privateArea(id).resolve("root.hdd/root.hdd");
    assertThat(Host.run("stat", "-c", "%b %s", "" + image).ok().strip().split(" "))
        .satisfies(
            words ->
                assertThat(Long.parseLong(words[0]) * 512)
                    .isGreaterThanOrEqualTo(Long.parseLong(words[1])));
    sandbox.vzctl("set", "" + id, "--diskspace", "60M", "--save").expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /file; df -k / | tail -1 | awk '{ print ($2 > 45000) }'"))
        .isEqualTo("after\n1");
  }

  @Test
  void anImageThatIsBrokenStaysAsItIs() throws Exception {
    int id = copied(2);
    Path image = sandbox.privateArea(id).resolve("root.hdd/root.hdd");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.seek(64 + 4 * 5);
      file.write(new byte[] {1, 2, 3, 4});
    }
    Result result = sandbox.vzctl("convert", "" + id).expect(155);
    assertThat(result.err()).contains("entry 5 of its table leads to", "where no cluster is");
    assertThat(sandbox.privateArea(id).toFile().list())
        .containsExactlyInAnyOrder("root.hdd", "Snapshots.xml");
    assertThat(image.resolveSibling("root.hdd." + A)).exists();
    assertThat(Host.read(sandbox.config(id))).doesNotContain("LOCAL_UID");
  }

  @Test
  void aConversionThatIsKilledIsDoneAgain() throws Exception {
    int id = copied(2);
    for (int millis : new int[] {100, 200, 300, 400, 600}) {
      try (Running running = sandbox.background("convert", "" + id)) {
        Thread.sleep(millis);
        Host.kill("KILL", running.process().pid());
        running.await(Sandbox.LIMIT);
      }
    }
    sandbox.vzctl("convert", "" + id).expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(inside(id, "cat /file")).isEqualTo("after");
    assertThat(sandbox.privateArea(id).resolve("root.hdd.new")).doesNotExist();
  }
}

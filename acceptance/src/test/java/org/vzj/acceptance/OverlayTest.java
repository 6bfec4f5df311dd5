package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers that share one read-only copy of their template. */
@Tag("root")
class OverlayTest {
  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    assumeTrue(
        Host.read(Path.of("/proc/filesystems")).contains("\toverlay\n"),
        "needs overlayfs in the kernel");
    assumeTrue(kernel() >= 519, "needs Linux 5.19: overlayfs on a layer with shifted ids");
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static int kernel() {
    String[] parts = System.getProperty("os.version").split("[.-]");
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
  }

  private static Path shared() {
    return sandbox.base().resolve("vz/template/shared");
  }

  /** The shared trees of a template. */
  private static List<Path> trees(String template) throws IOException {
    List<Path> trees = new ArrayList<>();
    if (Files.isDirectory(shared())) {
      try (Stream<Path> entries = Files.list(shared())) {
        entries
            .filter(entry -> entry.getFileName().toString().startsWith(template + "."))
            .forEach(trees::add);
      }
    }
    return trees;
  }

  private static String exec(int id, String script) {
    return sandbox.vzctl("exec", "" + id, script).ok();
  }

  @Test
  void twoContainersShareTheTreeAndNothingElse() throws Exception {
    int one = sandbox.start("busybox", "--layout", "overlay");
    int two = sandbox.start("busybox", "--layout", "overlay");
    assertThat(trees("busybox")).hasSize(1);
    Path tree = trees("busybox").getFirst().resolve("root");
    assertThat(Host.read(sandbox.config(one))).contains("VE_LAYOUT=\"overlay\"");

    exec(one, "echo mine > /etc/inittab; rm /etc/passwd; mkdir /etc/made; echo x > /bin/new");
    assertThat(exec(one, "cat /etc/inittab; stat -c %u /bin/busybox /etc/inittab"))
        .isEqualTo("mine\n0\n0\n");
    assertThat(exec(two, "cat /etc/inittab; ls /etc")).doesNotContain("mine", "made");
    assertThat(exec(two, "test -f /etc/passwd && echo there")).isEqualTo("there\n");
    assertThat(tree.resolve("etc/passwd")).exists();
    assertThat(Files.getAttribute(tree.resolve("bin/busybox"), "unix:uid")).isEqualTo(0);

    long base = base(one);
    assertThat(base).isNotEqualTo(base(two));
    assertThat(Files.getAttribute(sandbox.privateArea(one).resolve("upper/bin/new"), "unix:uid"))
        .as("what it writes has its own ids on disk")
        .isEqualTo((int) base);
    for (String verb : new String[] {"restart", "stop", "mount", "umount"}) {
      sandbox.vzctl(verb, "" + one).expect(0);
    }
    sandbox.vzctl("start", "" + one).expect(0);
    assertThat(exec(one, "cat /bin/new; ls /etc/passwd 2>&1; true")).contains("x\n", "No such");
  }

  private static long base(int id) {
    for (String line : Host.read(sandbox.config(id)).lines().toList()) {
      if (line.startsWith("LOCAL_UID=")) {
        return Long.parseLong(line.replace("\"", "").substring("LOCAL_UID=".length()));
      }
    }
    throw new AssertionError("no LOCAL_UID");
  }

  @Test
  void theTreeCanBeReachedByRootAlone() throws Exception {
    sandbox.create("busybox", "--layout", "overlay");
    assertThat(Files.getPosixFilePermissions(shared())).hasSize(3);
    assertThat(
            Host.run("setpriv", "--reuid=65534", "--clear-groups", "ls", shared().toString())
                .status())
        .isNotZero();
  }

  @Test
  void aGuestMakesNoWhiteoutsAndNoMarksOfOverlayfs() {
    int id = sandbox.start("busybox", "--layout", "overlay");
    assertThat(sandbox.vzctl("exec", "" + id, "mknod /w c 0 0").status()).isNotZero();
    assertThat(exec(id, "touch /lower /upper /base; ls -d /lower /upper /base | wc -l"))
        .as("what the private area is made of is out of its sight")
        .isEqualTo("3\n");
  }

  @Test
  void anotherArchiveOfTheNameIsAnotherTree() throws Exception {
    Path cache = sandbox.base().resolve("vz/template/cache");
    sandbox.template("busybox");
    Path archive = cache.resolve("changing.tar.gz");
    Path original;
    try (Stream<Path> files = Files.list(cache)) {
      original =
          files.filter(f -> f.getFileName().toString().startsWith("busybox.")).findFirst().get();
    }
    Files.copy(original, archive);
    List<Integer> ids = sandbox.ids(2);
    create(ids.get(0), "changing").expect(0);
    Path first = trees("changing").getFirst();
    Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000_000_000_000L));
    create(ids.get(1), "changing").expect(0);
    assertThat(trees("changing")).hasSize(2).contains(first);
    sandbox.vzctl("start", "" + ids.get(0)).expect(0);
    assertThat(exec(ids.get(0), "ls /bin/busybox")).isEqualTo("/bin/busybox\n");
    sandbox.vzctl("stop", "--fast", "" + ids.get(0)).expect(0);

    sandbox.vzctl("destroy", "" + ids.get(0)).expect(0);
    assertThat(first).as("nobody needs it, and nobody will").doesNotExist();
    sandbox.vzctl("destroy", "" + ids.get(1)).expect(0);
    assertThat(trees("changing")).as("the next container will need it").hasSize(1);
  }

  private static Result create(int id, String template) {
    return sandbox.vzctl("create", "" + id, "--ostemplate", template, "--layout", "overlay");
  }

  @Test
  void aBrokenArchiveLeavesNothing() throws Exception {
    Path cache = sandbox.base().resolve("vz/template/cache");
    Files.writeString(cache.resolve("broken.tar.gz"), "this is no archive");
    int id = sandbox.id();
    assertThat(create(id, "broken").status()).isNotZero();
    assertThat(trees("broken")).isEmpty();
    assertThat(shared().resolve(".making")).doesNotExist();
    assertThat(sandbox.privateArea(id)).doesNotExist();
  }

  @Test
  void aKilledMakingOfTheTreeIsRepeated() throws Exception {
    Path cache = sandbox.base().resolve("vz/template/cache");
    sandbox.template("minbase");
    int id = sandbox.id();
    for (int millis : new int[] {150, 300, 600, 1000}) {
      Process process =
          sandbox
              .command("vzctl", "create", "" + id, "--ostemplate", "minbase", "--layout", "overlay")
              .redirectErrorStream(true)
              .redirectOutput(sandbox.base().resolve("killed.out").toFile())
              .start();
      process.waitFor(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    if (!Files.exists(sandbox.config(id))) {
      create(id, "minbase").expect(0);
    }
    assertThat(trees("minbase")).hasSize(1);
    assertThat(shared().resolve(".making")).doesNotExist();
    Path tree = trees("minbase").getFirst();
    try (Stream<Path> users = Files.list(tree.resolve("users"))) {
      assertThat(users.toList()).as("one claim for one container").hasSize(1);
    }
    Path list = sandbox.base().resolve("members");
    String archive = cache.resolve("minbase.tar.gz").toString();
    Host.run("sh", "-c", "tar tzf " + archive + " | wc -l > " + list).expect(0);
    String found = Host.run("sh", "-c", "find " + tree + "/root | wc -l").ok().strip();
    assertThat(Integer.parseInt(found))
        .as("the tree is whole")
        .isGreaterThanOrEqualTo(Integer.parseInt(Host.read(list).strip()) - 20);
  }

  @Test
  void withoutItsTreeAContainerDoesNotStart() throws Exception {
    int id = sandbox.create("busybox", "--layout", "overlay");
    Path file = sandbox.privateArea(id).resolve("base");
    String base = Files.readString(file);
    Files.writeString(file, "busybox.0\nticket\n");
    Result start = sandbox.vzctl("start", "" + id).expect(50);
    assertThat(start.err()).contains("busybox.0/root, which the container needs, is missing");
    Files.writeString(file, "../../../etc\nticket\n");
    sandbox.vzctl("mount", "" + id).expect(50);
    sandbox.assertNothingRemains(id);
    Files.writeString(file, base);
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @Test
  void aPathThatOverlayfsWouldMisreadIsRefused() {
    int id = sandbox.id();
    Result result =
        sandbox.vzctl(
            "create",
            "" + id,
            "--ostemplate",
            sandbox.template("busybox"),
            "--layout",
            "overlay",
            "--private",
            sandbox.base() + "/vz/a,upperdir=b");
    assertThat(result.expect(85).err()).contains("it has a ,");
    assertThat(sandbox.base().resolve("vz/a,upperdir=b.tmp")).doesNotExist();
  }

  @Test
  void itCanBecomeADirectoryAndAnOverlayAgain() {
    int id = sandbox.start("busybox", "--layout", "overlay");
    exec(id, "echo text > /file; rm /etc/passwd");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(0);
    assertThat(sandbox.privateArea(id).resolve("file")).hasContent("text");
    assertThat(sandbox.privateArea(id).resolve("bin/busybox")).exists();
    assertThat(sandbox.privateArea(id).resolve("etc/passwd")).doesNotExist();
    sandbox.vzctl("convert", "" + id, "--layout", "overlay").expect(0);
    assertThat(sandbox.privateArea(id).resolve("upper/file")).hasContent("text");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "cat /file; stat -c %u / /file")).isEqualTo("text\n0\n0\n");
  }

  @Test
  void systemdBoots() {
    int id = sandbox.start("debian-12-x86_64", "--layout", "overlay");
    sandbox.awaitBoot(id);
    assertThat(exec(id, "systemctl --failed --no-legend")).isEmpty();
    assertThat(exec(id, "mv /usr/share/doc /usr/share/doc2 && ls -d /usr/share/doc*"))
        .contains("/usr/share/doc2");
  }
}

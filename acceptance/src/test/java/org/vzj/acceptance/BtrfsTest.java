package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Containers in subvolumes of a btrfs that the test makes in a file. */
@Tag("root")
class BtrfsTest {
  private static Sandbox sandbox;
  private static BtrfsDisk disk;

  @BeforeAll
  static void open() {
    disk = BtrfsDisk.open("1500M");
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private static int make(String template, String... options) {
    int id = sandbox.id();
    create(id, template, options).expect(0);
    return id;
  }

  private static Result create(int id, String template, String... options) {
    List<String> words = new ArrayList<>(List.of("create", "" + id, "--ostemplate"));
    words.addAll(List.of(sandbox.template(template), "--layout", "btrfs"));
    words.addAll(List.of("--private", disk.option()));
    words.addAll(List.of(options));
    return sandbox.vzctl(words.toArray(String[]::new));
  }

  private static String exec(int id, String script) {
    return sandbox.vzctl("exec", "" + id, script).ok();
  }

  private static int uid(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:uid");
  }

  /** The subvolumes of a template that containers are made of. */
  private static List<Path> bases(String template) throws IOException {
    Path store = disk.mount().resolve(".subvolumes");
    if (!Files.isDirectory(store)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(store)) {
      return entries.filter(e -> ("" + e.getFileName()).startsWith(template + ".")).toList();
    }
  }

  @Test
  void aContainerLivesInASnapshotOfItsTemplate() throws Exception {
    int id = make("busybox");
    Path tree = disk.area(id).resolve("fs");
    assertThat(Files.getAttribute(tree, "unix:ino")).isEqualTo(256L);
    assertThat(sandbox.vzlist("-aHo", "layout", "" + id).ok()).contains("btrfs");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /file; chown 7:8 /file");
    sandbox.vzctl("restart", "" + id).expect(0);
    assertThat(exec(id, "cat /file; stat -c %u:%g /file /bin/busybox /dev/null"))
        .isEqualTo("text\n7:8\n0:0\n0:0\n");
    assertThat(uid(tree.resolve("file"))).as("on disk it has the id it has inside").isEqualTo(7);
    Path mounted = sandbox.root(id).resolve("file");
    assertThat(uid(mounted)).as("the host sees its own").isGreaterThan(100_000);
    Path second = disk.area(make("busybox")).resolve("fs/file");
    assertThat(second).doesNotExist();
    assertThat(bases("busybox")).hasSize(1);
    assertThat(bases("busybox").getFirst().resolve("root/file")).doesNotExist();
    sandbox.vzctl("stop", "" + id).expect(0);
    Files.createDirectory(disk.area(id).resolve("snapshots"));
    Host.run("btrfs", "subvolume", "snapshot", "-r", "" + tree, disk.area(id) + "/snapshots/{x}")
        .expect(0);
    Host.run("btrfs", "subvolume", "create", tree + "/inner").expect(0);
    sandbox.vzctl("destroy", "" + id).expect(0);
    assertThat(disk.area(id)).doesNotExist();
  }

  /** On disk the root of containers is the host's. */
  @Test
  void onlyTheHostsRootReachesTheFilesOnDisk() throws Exception {
    int id = make("busybox");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "cp /bin/busybox /sh; chmod 4755 /sh; mkdir -m 777 /open");
    for (Path path :
        List.of(disk.area(id).resolve("fs/sh"), bases("busybox").getFirst().resolve("root/bin"))) {
      assertThat(path).exists();
      assertThat(
              Host.run("setpriv", "--reuid=65534", "--clear-groups", "ls", path.toString())
                  .status())
          .as("%s", path)
          .isNotZero();
    }
    assertThat(Files.getPosixFilePermissions(disk.area(id))).hasSize(3);
    Path shown = sandbox.root(id).resolve("sh");
    assertThat(uid(shown)).as("the root that set-uid makes").isGreaterThan(100_000);
  }

  @Test
  void whatTheHostsRootMakesInTheRootIsItsOwn() throws Exception {
    int id = make("busybox");
    sandbox.vzctl("mount", "" + id).expect(0);
    Path file = Files.writeString(sandbox.root(id).resolve("hosts"), "text\n");
    assertThat(uid(file)).isEqualTo(0);
    Files.writeString(sandbox.root(id).resolve("own"), "own\n");
    Files.setAttribute(
        sandbox.root(id).resolve("own"), "unix:uid", uid(sandbox.root(id).resolve("etc")));
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "cat /hosts; stat -c %u /hosts /own; echo > /hosts; true"))
        .as("as in a directory: nobody's, who may read it")
        .isEqualTo("text\n65534\n0\n");
    assertThat(file).hasContent("text\n");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
  }

  @Test
  void capabilitiesAndListsOfFilesCountInside() {
    int id = make("debian-12-x86_64");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(
            exec(
                id,
                "cp /bin/true /t && setcap cap_net_raw+ep /t && getcap /t; stat -c %u /usr/bin/su"
                    + "; setfacl -m u:7:r /t 2>/dev/null && getfacl -n /t | grep user:7; true"))
        .startsWith("/t cap_net_raw=ep\n0\n");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
  }

  /** Those that were made before the mount shifted ids have the host's on disk. */
  @Test
  void theOldFormWorks() throws Exception {
    int id = make("busybox");
    Path area = disk.area(id);
    Files.delete(area.resolve("unshifted"));
    assertThat(sandbox.vzctl("start", "" + id).status()).as("owners are another's").isNotZero();
    sandbox.vzctl("mount", "" + id).expect(0);
    assertThat(uid(sandbox.root(id).resolve("etc"))).isEqualTo(0);
    sandbox.vzctl("umount", "" + id).expect(0);
    String base =
        Host.read(sandbox.config(id))
            .lines()
            .filter(l -> l.startsWith("LOCAL_UID="))
            .findFirst()
            .get();
    String uid = base.replaceAll("[^0-9]", "");
    Host.run("chown", "-R", "-h", uid + ":" + uid, area.resolve("fs").toString()).expect(0);
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /file");
    assertThat(uid(area.resolve("fs/file"))).isEqualTo(Integer.parseInt(uid));
    int copy = sandbox.id();
    sandbox.vzctl("clone", "" + id, "" + copy).expect(0);
    assertThat(uid(disk.area(copy).resolve("fs/file"))).as("a copy has the new form").isEqualTo(0);
    sandbox.vzctl("start", "" + copy).expect(0);
    assertThat(exec(copy, "cat /file; stat -c %u /file")).isEqualTo("text\n0\n");
    sandbox.vzctl("stop", "--fast", "" + id, "" + copy).expect(0);
  }

  @Test
  void aCloneSharesAllAndIsAnotherMachine() throws Exception {
    int source = make("busybox");
    sandbox.vzctl("start", "" + source).expect(0);
    exec(
        source,
        "mkdir -p /etc/ssh; echo key > /etc/ssh/ssh_host_rsa_key; echo 0123 > /etc/machine-id;"
            + " dd if=/dev/zero of=/big bs=1M count=50 2>/dev/null; sync");
    Host.run("btrfs", "subvolume", "create", disk.area(source) + "/fs/inner").expect(0);
    Files.writeString(disk.area(source).resolve("fs/inner/file"), "text");
    Host.run("sync", "-f", disk.mount().toString()).expect(0);
    long before = used();
    int copy = sandbox.id();
    sandbox.vzctl("clone", "" + source, "" + copy).expect(0);
    Host.run("sync", "-f", disk.mount().toString()).expect(0);
    assertThat(used() - before).as("bytes that a clone takes").isLessThan(8L << 20);
    Path tree = disk.area(copy).resolve("fs");
    assertThat(tree.resolve("etc/ssh/ssh_host_rsa_key")).doesNotExist();
    assertThat(Host.read(tree.resolve("etc/machine-id"))).doesNotContain("0123\n");
    assertThat(disk.area(source).resolve("fs/etc/machine-id")).hasContent("0123\n");
    assertThat(tree.resolve("inner/file")).hasContent("text");
    sandbox.vzctl("start", "" + copy).expect(0);
    exec(copy, "rm /big; echo own > /inner/file");
    assertThat(exec(source, "stat -c %s /big; cat /inner/file")).isEqualTo("52428800\ntext");
    sandbox.vzctl("stop", "--fast", "" + source, "" + copy).expect(0);
    sandbox.vzctl("destroy", "" + source).expect(0);
    assertThat(tree.resolve("etc/machine-id")).exists();
  }

  private static long used() {
    return Long.parseLong(
        Host.run("sh", "-c", "df --output=used -B1 " + disk.mount() + " | tail -1").ok().strip());
  }

  @Test
  void aLimitIsThatOfTheSubvolume() throws Exception {
    Path conf = sandbox.etc().resolve("vz.conf");
    String before = Files.readString(conf);
    Host.run("btrfs", "quota", "enable", disk.mount().toString()).expect(0);
    Files.writeString(conf, before.replace("DISK_QUOTA=no", "DISK_QUOTA=yes"));
    try {
      String[] limits = {"--diskspace", "20M:20M", "--diskinodes", "9000:9000"};
      int id = make("busybox", limits);
      sandbox.vzctl("start", "" + id).expect(0);
      String write = "dd if=/dev/zero of=/big bs=1M count=30 2>/dev/null; sync; stat -c %s /big";
      assertThat(Long.parseLong(exec(id, write).strip())).isLessThan(20L << 20);
      int copy = sandbox.id();
      sandbox.vzctl("clone", "" + id, "" + copy).expect(0);
      sandbox.set(copy, "--diskspace", "80M:80M", "--save").expect(0);
      sandbox.vzctl("start", "" + copy).expect(0);
      assertThat(exec(copy, write)).isEqualTo((30L << 20) + "\n");
      sandbox.vzctl("stop", "--fast", "" + id, "" + copy).expect(0);
      sandbox.vzctl("destroy", "" + id).expect(0);
      sandbox.vzctl("destroy", "" + copy).expect(0);
    } finally {
      Files.writeString(conf, before);
      Host.run("btrfs", "quota", "disable", disk.mount().toString()).expect(0);
    }
  }

  @Test
  void anotherArchiveOfTheNameIsAnotherSubvolume() throws Exception {
    sandbox.template("busybox");
    Path cache = sandbox.base().resolve("vz/template/cache");
    Path original;
    try (Stream<Path> files = Files.list(cache)) {
      original =
          files.filter(f -> f.getFileName().toString().startsWith("busybox.")).findFirst().get();
    }
    Path archive = cache.resolve("changing.tar.gz");
    Files.copy(original, archive);
    List<Integer> ids = sandbox.ids(2);
    for (int id : ids) {
      String[] words = {
        "create",
        "" + id,
        "--ostemplate",
        "changing",
        "--layout",
        "btrfs",
        "--private",
        disk.option()
      };
      sandbox.vzctl(words).expect(0);
      assertThat(bases("changing")).as("the old one is needed by nobody").hasSize(1);
      Files.setLastModifiedTime(archive, FileTime.fromMillis(1_000_000_000_000L));
    }
    sandbox.vzctl("start", "" + ids.get(0)).expect(0);
    assertThat(exec(ids.get(0), "ls /bin/busybox")).isEqualTo("/bin/busybox\n");
    sandbox.vzctl("stop", "--fast", "" + ids.get(0)).expect(0);
    Files.delete(archive);
    sandbox.vzctl("destroy", "" + ids.get(0)).expect(0);
    assertThat(bases("changing")).isEmpty();
    sandbox.vzctl("destroy", "" + ids.get(1)).expect(0);
  }

  @Test
  void aKilledCreateIsRepeated() throws Exception {
    sandbox.template("minbase");
    int id = sandbox.id();
    for (int millis : new int[] {100, 200, 400, 700, 1000}) {
      Process process =
          sandbox
              .command(
                  "vzctl",
                  "create",
                  "" + id,
                  "--ostemplate",
                  "minbase",
                  "--layout",
                  "btrfs",
                  "--private",
                  disk.option())
              .redirectErrorStream(true)
              .redirectOutput(sandbox.base().resolve("killed.out").toFile())
              .start();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    }
    if (!Files.exists(sandbox.config(id))) {
      create(id, "minbase").expect(0);
    }
    assertThat(bases("minbase")).hasSize(1);
    assertThat(disk.mount().resolve(".subvolumes/.making")).doesNotExist();
    String names = "cd '%s' && find . | sort | md5sum";
    assertThat(Host.run("sh", "-c", names.formatted(disk.area(id) + "/fs")).ok())
        .as("the container has all that its template has")
        .isEqualTo(
            Host.run("sh", "-c", names.formatted(bases("minbase").getFirst() + "/root")).ok());
  }

  @Test
  void aKilledCloneIsRepeated() throws Exception {
    int source = make("busybox");
    Files.writeString(disk.area(source).resolve("fs/file"), "text");
    int copy = sandbox.id();
    for (int millis : new int[] {60, 120, 180, 260, 360}) {
      try (Running running = sandbox.background("clone", "" + source, "" + copy)) {
        Thread.sleep(millis);
        Host.kill("KILL", running.process().pid());
        running.await(Sandbox.LIMIT);
      }
    }
    if (!Files.exists(sandbox.config(copy))) {
      sandbox.vzctl("clone", "" + source, "" + copy).expect(0);
    }
    assertThat(disk.mount().resolve(copy + ".tmp")).doesNotExist();
    assertThat(disk.area(source).resolve("fs/file")).hasContent("text");
    sandbox.vzctl("start", "" + copy).expect(0);
    assertThat(exec(copy, "cat /file; stat -c %u /file")).isEqualTo("text0\n");
    sandbox.vzctl("stop", "--fast", "" + copy).expect(0);
  }

  /** systemd makes subvolumes of its own where its root is one. */
  @Test
  void systemdBootsAndItsSubvolumesAreKept() throws Exception {
    int id = make("debian-12-x86_64");
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.awaitBoot(id);
    assertThat(exec(id, "systemctl --failed --no-legend")).isEmpty();
    // As tmpfiles.d(5) does for what is marked v.
    exec(id, "echo 'v /srv/own 0755 root root -' > /etc/tmpfiles.d/own.conf");
    exec(id, "systemd-tmpfiles --create own.conf; echo first > /srv/own/file");
    Path inner = disk.area(id).resolve("fs/srv/own");
    assertThat(Files.getAttribute(inner, "unix:ino")).as("a subvolume").isEqualTo(256L);
    String guid = "{aaaaaaaa-0000-4000-8000-000000000001}";
    sandbox.vzctl("snapshot", "" + id, "--id", guid, "--skip-suspend").expect(0);
    exec(id, "echo second > /srv/own/file");
    sandbox.vzctl("snapshot-switch", "" + id, "--id", guid, "--skip-resume").expect(0);
    assertThat(inner.resolve("file")).hasContent("first\n");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "echo more >> /srv/own/file; cat /srv/own/file"))
        .isEqualTo("first\nmore\n");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
    sandbox.vzctl("destroy", "" + id).expect(0);
    assertThat(disk.area(id)).doesNotExist();
    Files.deleteIfExists(Path.of(sandbox.config(id) + ".old"));
  }

  @Test
  void elsewhereItIsRefused() {
    int id = sandbox.id();
    Result result =
        sandbox.vzctl(
            "create", "" + id, "--ostemplate", sandbox.template("busybox"), "--layout", "btrfs");
    assertThat(result.expect(48).err()).contains("The btrfs layout needs VE_PRIVATE on btrfs");
    assertThat(sandbox.privateArea(id)).doesNotExist();
  }

  @Test
  void itCanBecomeADirectoryAndASubvolumeAgain() throws Exception {
    int id = make("busybox");
    sandbox.vzctl("start", "" + id).expect(0);
    exec(id, "echo text > /file");
    sandbox.vzctl("stop", "" + id).expect(0);
    sandbox.vzctl("convert", "" + id, "--layout", "simfs").expect(0);
    assertThat(disk.area(id).resolve("file")).hasContent("text");
    assertThat(uid(disk.area(id).resolve("file"))).isGreaterThan(100_000);
    sandbox.vzctl("convert", "" + id, "--layout", "btrfs").expect(0);
    assertThat(disk.area(id).resolve("fs/file")).hasContent("text");
    assertThat(uid(disk.area(id).resolve("fs/file"))).isEqualTo(0);
    assertThat(disk.area(id).resolve("mnt")).doesNotExist();
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(exec(id, "cat /file; stat -c %u /file /")).isEqualTo("text\n0\n0\n");
    sandbox.vzctl("stop", "--fast", "" + id).expect(0);
  }

  @Test
  void aFullDiskLeavesNothing() throws IOException {
    Path big = disk.mount().resolve("big");
    Host.run("sh", "-c", "dd if=/dev/zero of=" + big + " bs=1M; sync");
    int id = sandbox.id();
    sandbox.template("debian-12-x86_64");
    try {
      // Another name is another archive: nothing of it is there yet.
      Path cache = sandbox.base().resolve("vz/template/cache");
      try (Stream<Path> files = Files.list(cache)) {
        Path archive =
            files
                .filter(f -> f.getFileName().toString().startsWith("debian-12-x86_64."))
                .findFirst()
                .get();
        String suffix = archive.getFileName().toString().substring("debian-12-x86_64".length());
        Files.createSymbolicLink(cache.resolve("unseen" + suffix), archive.toRealPath());
      }
      Result result =
          sandbox.vzctl(
              "create",
              "" + id,
              "--ostemplate",
              "unseen",
              "--layout",
              "btrfs",
              "--private",
              disk.option());
      assertThat(result.status()).isNotZero();
    } finally {
      Files.delete(big);
    }
    assertThat(disk.mount().toFile().list((file, name) -> name.startsWith("" + id))).isEmpty();
    assertThat(bases("unseen")).isEmpty();
  }
}

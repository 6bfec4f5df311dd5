package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations, places and values that are wrong: a clear error, and nothing changes. */
@Tag("root")
@Timeout(120)
@SuppressWarnings("StringConcatToTextBlock") // where line ends matter
class BadInputTest {
  private static Sandbox sandbox;
  private static int id;
  private static byte[] configuration;
  private static byte[] global;

  @BeforeAll
  static void open() throws IOException {
    sandbox = Sandbox.open();
    id = sandbox.create("busybox", "--config", "basic");
    configuration = Files.readAllBytes(sandbox.config(id));
    global = Files.readAllBytes(sandbox.etc().resolve("vz.conf"));
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  @BeforeEach
  @AfterEach
  void restore() throws IOException {
    Host.mounts(sandbox.base())
        .reversed()
        .forEach(mount -> Host.run("umount", mount.toString()).expect(0));
    Files.write(sandbox.config(id), configuration);
    Files.write(sandbox.etc().resolve("vz.conf"), global);
    sandbox.vzctl("--quiet", "stop", "" + id, "--fast").expect(0);
    sandbox.vzctl("--quiet", "umount", "" + id);
  }

  private static void append(String text) throws IOException {
    Files.writeString(
        sandbox.config(id), text, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
  }

  private static void replace(String key, String value) {
    Host.run("sed", "-i", "s#^" + key + "=.*#" + key + "=" + value + "#", "" + sandbox.config(id))
        .expect(0);
  }

  /** A small file system in a directory of the sandbox; full if there is nothing to write to. */
  private static Path small(String directory, String options) throws IOException {
    Path place = Files.createDirectories(sandbox.base().resolve(directory));
    Host.run("mount", "-t", "tmpfs", "-o", options, "none", place.toString()).expect(0);
    return place;
  }

  private static void fill(Path place) {
    Host.run("dd", "if=/dev/zero", "of=" + place.resolve("ballast"), "bs=4096");
  }

  private static void assertClear(Result result) {
    assertThat(result.err()).isNotBlank().doesNotContain("\tat ", "Exception in thread");
  }

  @Test
  void brokenLines() throws IOException {
    int lines = new String(configuration, StandardCharsets.UTF_8).split("\n").length;
    append(
        "CPUUNITS=\"1000\n"
            + "nonsense\n"
            + "ONBOOT=\"maybe\"\n"
            + "DISABLED=no\nDISABLED=yes\n"
            + "NUMPROC=\"99999999999999999999999\"\n"
            + "NO_SUCH_KEY=\"x\"\n");
    String file = sandbox.config(id).toString();
    Result result = sandbox.vzctl("status", "" + id).expect(0);
    assertThat(result.out()).isEqualTo("CTID " + id + " exist unmounted down\n");
    assertThat(result.err())
        .contains(
            "Warning: can't parse " + file + ":" + (lines + 1) + " (unmatched quotes), skipping\n",
            "Warning: can't parse " + file + ":" + (lines + 2) + " ('=' not found), skipping\n",
            "Warning at " + file + ":" + (lines + 3) + ": invalid value for ONBOOT (\"maybe\")",
            "Warning at " + file + ":" + (lines + 5) + ": duplicate for DISABLED (\"yes\")",
            ": too large value for NUMPROC (\"99999999999999999999999\"), truncated\n")
        .doesNotContain("NO_SUCH_KEY");
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @Test
  void whatIsNotUnderstoodIsKept() throws IOException {
    append("# caf\u00e9 in Latin-1\nODD=\"\u00ff\u0001\u0000x\"\nnonsense \u001b[2J\n");
    byte[] before = Files.readAllBytes(sandbox.config(id));
    Result result = sandbox.vzctl("set", "" + id, "--bootorder", "7", "--save").expect(0);
    assertThat(result.err()).doesNotContain("\u001b");
    String after = Files.readString(sandbox.config(id), StandardCharsets.ISO_8859_1);
    assertThat(after)
        .isEqualTo(new String(before, StandardCharsets.ISO_8859_1) + "BOOTORDER=\"7\"\n");
  }

  @Test
  void hugeAndBinaryConfigurations() throws IOException {
    append("X=\"" + "x".repeat(2_000_000) + "\"\n");
    sandbox.vzctl("status", "" + id).expect(0);
    Files.write(sandbox.config(id), new byte[100_000]);
    assertThat(sandbox.vzctl("status", "" + id).ok()).contains("CTID " + id);
    assertClear(sandbox.vzctl("start", "" + id).expect(47));
    Files.delete(sandbox.config(id));
    Files.createDirectory(sandbox.config(id));
    assertClear(sandbox.vzctl("start", "" + id).expect(10));
    Files.delete(sandbox.config(id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /^LOCAL_UID/d                                   | 47
          /^LOCAL_GID/d                                   | 47
          /^LOCAL_/d                                      | 47
          s/^LOCAL_UID=.*/LOCAL_UID="abc"/                | 47
          s/^LOCAL_UID=.*/LOCAL_UID="-1"/                 | 47
          s/^LOCAL_UID=.*/LOCAL_UID="99999999999"/        | 47
          s/^LOCAL_UID=.*/LOCAL_UID="0"/                  | 47
          s/^LOCAL_GID=.*/LOCAL_GID="0"/                  | 47
          s/^LOCAL_UID=.*/LOCAL_UID="1000000000"/         | 47
          s/^LOCAL_[UG]ID=.*/X=/                          | 47
          """)
  void idsThatAreMissingOrWrongNeverMakeItPrivileged(String edit, int status) {
    Host.run("sed", "-i", edit, sandbox.config(id).toString()).expect(0);
    assertClear(sandbox.vzctl("start", "" + id).expect(status));
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "directory", "empty", "binary"})
  void globalConfigurationThatIsNone(String kind) throws IOException {
    Path file = sandbox.etc().resolve("vz.conf");
    switch (kind) {
      case "garbage" -> Files.writeString(file, "this is\nno configuration \"\n\u001b[2J=\n");
      case "empty" -> Files.writeString(file, "");
      case "binary" -> Files.write(file, new byte[4096]);
      default -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
    }
    Result result = sandbox.vzctl("mount", "" + id);
    assertThat(result.status()).isEqualTo(kind.equals("directory") ? 10 : 3);
    assertClear(result);
    assertThat(result.err()).doesNotContain("\u001b");
    if (kind.equals("directory")) {
      Files.delete(file);
    }
  }

  @Test
  void configurationDirectoryIsMissing() throws IOException {
    Path conf = sandbox.etc().resolve("conf");
    Path away = sandbox.etc().resolve("conf-away");
    Files.move(conf, away);
    try {
      assertThat(sandbox.vzctl("status", "" + id).ok()).contains("deleted");
      assertThat(sandbox.vzctl("start", "" + id).expect(14).err())
          .isEqualTo("Container config file does not exist\n");
      assertClear(sandbox.vzctl("create", "" + sandbox.id()).expect(82));
      assertThat(sandbox.vzlist("-a").status()).isLessThan(2);
    } finally {
      Files.move(away, conf);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "relative", ""})
  void pathsThatMeanTheWholeHost(String path) {
    // Never "umount" here: if this were taken, it would unmount the machine.
    replace("VE_ROOT", '"' + path + '"');
    Result result = sandbox.vzctl("mount", "" + id);
    if (path.equals("/")) {
      assertClear(result.expect(85));
    } else {
      assertThat(result.expect(0).err()).contains("invalid value for VE_ROOT");
      assertThat(Host.mounts(sandbox.root(id))).as("the global one is used").hasSize(1);
    }
  }

  @Test
  void rootAboveThePrivateArea() {
    replace("VE_ROOT", "\"" + sandbox.privateArea(id).getParent() + "\"");
    for (String command : new String[] {"mount", "umount", "start"}) {
      assertClear(sandbox.vzctl(command, "" + id).expect(85));
    }
  }

  @Test
  void privateAreaThatIsTheHost() {
    replace("VE_PRIVATE", "\"/\"");
    for (String command : new String[] {"mount", "start", "destroy"}) {
      assertClear(sandbox.vzctl(command, "" + id).expect(85));
    }
    assertThat(sandbox.config(id)).exists();
  }

  @Test
  void lockOfAReusedPid() throws IOException {
    long own = ProcessHandle.current().pid();
    Files.writeString(sandbox.lock(id), own + "\n\n1\n");
    assertThat(sandbox.vzctl("mount", "" + id).ok()).contains("Removing stale lock file");
    Files.writeString(sandbox.lock(id), own + "\n\n");
    assertThat(sandbox.vzctl("umount", "" + id).expect(9).err())
        .startsWith("Locked by: pid " + own + ", cmdline ")
        .endsWith("Container already locked\n");
    Files.delete(sandbox.lock(id));
    // sh never waits for the child that it had before it became sleep.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.3 & echo $!; exec sleep 60").start();
    try {
      String zombie = parent.inputReader().readLine();
      Host.await(
          "a zombie",
          Sandbox.LIMIT,
          () -> Host.read(Path.of("/proc/" + zombie + "/stat")).contains(") Z "));
      Files.writeString(sandbox.lock(id), zombie + "\n\n");
      assertThat(sandbox.vzctl("umount", "" + id).ok()).contains("Removing stale lock file");
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void lockDirectoryThatCannotBeUsed() throws IOException {
    small("vz/lock", "size=64k,ro");
    assertThat(sandbox.vzctl("mount", "" + id).expect(3).err())
        .contains("Unable to lock container")
        .contains("--skiplock");
    assertThat(sandbox.vzctl("--skiplock", "mount", "" + id).ok())
        .isEqualTo("Container is mounted\n");
    sandbox.vzctl("--skiplock", "umount", "" + id).expect(0);
    Host.run("umount", sandbox.base().resolve("vz/lock").toString()).expect(0);
    Host.run("sed", "-i", "s#^LOCKDIR=.*#LOCKDIR=/dev/null#", sandbox.etc() + "/vz.conf").expect(0);
    assertThat(sandbox.vzctl("mount", "" + id).expect(3).err())
        .contains("Unable to lock container");
  }

  @Test
  void noRoomForTheFiles() throws IOException {
    Path place = small("small", "size=300k");
    int other = sandbox.id();
    Result result =
        sandbox.vzctl(
            "create", "" + other, "--ostemplate", "busybox", "--private", place + "/$VEID");
    assertThat(result.expect(46).err())
        .contains("Insufficient disk space")
        .endsWith("Creation of container private area failed\n");
    assertThat(place).isEmptyDirectory();
    assertThat(sandbox.config(other)).doesNotExist();
  }

  @Test
  void noRoomForTheConfiguration() throws IOException {
    Path conf = sandbox.etc().resolve("conf");
    Path copy = sandbox.base().resolve("conf-copy");
    Host.run("cp", "-a", conf.toString(), copy.toString()).expect(0);
    small("etc/conf", "size=256k");
    Host.run("cp", "-a", copy + "/.", conf.toString()).expect(0);
    fill(conf);
    byte[] before = Files.readAllBytes(sandbox.config(id));
    Result set = sandbox.vzctl("set", "" + id, "--description", "x".repeat(9000), "--save");
    assertThat(set.expect(139).err()).contains("Unable to save");
    assertThat(Files.readAllBytes(sandbox.config(id))).isEqualTo(before);
    int other = sandbox.id();
    assertClear(sandbox.vzctl("create", "" + other, "--ostemplate", "busybox").expect(139));
    assertThat(sandbox.privateArea(other)).doesNotExist();
    assertThat(conf.toFile().list()).noneMatch(name -> name.startsWith("" + other));
    Host.run("mount", "-o", "remount,ro", conf.toString()).expect(0);
    assertThat(sandbox.vzctl("set", "" + id, "--onboot", "yes", "--save").expect(139).err())
        .contains("Read-only file system");
  }

  @Test
  void noRoomForTheState() throws IOException {
    Path run = small("run", "size=64k");
    fill(run);
    Result start = sandbox.vzctl("start", "" + id);
    assertThat(start.status()).isIn(3, 7);
    assertClear(start);
    Files.delete(run.resolve("ballast"));
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
    sandbox.vzctl("start", "" + id).expect(0);
    sandbox.vzctl("stop", "" + id, "--fast").expect(0);
    Host.run("mount", "-o", "remount,ro", run.toString()).expect(0);
    Result readOnly = sandbox.vzctl("start", "" + id);
    assertThat(readOnly.status()).isIn(3, 7);
    assertThat(readOnly.err()).contains("Read-only file system");
  }

  @Test
  void placesThatAreReadOnly() throws IOException {
    small("ro", "size=64k,ro");
    int other = sandbox.id();
    Path place = sandbox.base().resolve("ro");
    Result result =
        sandbox.vzctl("create", "" + other, "--ostemplate", "busybox", "--private", place + "/ct");
    assertThat(result.expect(48).err()).contains("Read-only file system");
    replace("VE_ROOT", "\"" + place + "/root\"");
    assertThat(sandbox.vzctl("mount", "" + id).expect(49).err()).contains("Read-only file system");
  }

  @Test
  void privateAreaThatIsAMountPoint() throws IOException {
    int other = sandbox.id();
    Path place = small("mounted", "size=10m");
    assertThat(
            sandbox
                .vzctl("create", "" + other, "--ostemplate", "busybox", "--private", "" + place)
                .expect(48)
                .err())
        .contains("is a mount point")
        .contains("--private " + place + "/private");
    assertThat(place).isEmptyDirectory();
  }

  @Test
  void whatIsMountedInAPrivateAreaSurvivesDestroy() throws IOException {
    int other = sandbox.create("busybox");
    Path data = Files.createDirectory(sandbox.base().resolve("data"));
    Files.writeString(data.resolve("precious"), "kept");
    Path point = Files.createDirectory(sandbox.privateArea(other).resolve("point"));
    Host.run("mount", "--bind", data.toString(), point.toString()).expect(0);
    assertThat(sandbox.vzctl("destroy", "" + other).expect(52).err())
        .contains("something is mounted on " + point);
    assertThat(sandbox.privateArea(other).resolve("bin")).as("nothing is removed").exists();
    Host.run("umount", point.toString()).expect(0);
    sandbox.vzctl("destroy", "" + other).expect(0);
    assertThat(data.resolve("precious")).hasContent("kept");
  }

  @Test
  void privateAreaThatIsALink() throws IOException {
    int other = sandbox.create("busybox");
    Path real = sandbox.base().resolve("real");
    Files.move(sandbox.privateArea(other), real);
    Files.createSymbolicLink(sandbox.privateArea(other), real);
    sandbox.vzctl("start", "" + other).expect(0);
    sandbox.vzctl("stop", "" + other, "--fast").expect(0);
    assertThat(sandbox.vzctl("destroy", "" + other).expect(0).err()).contains("symbolic link");
    assertThat(real.resolve("bin")).exists();
    assertThat(Files.isSymbolicLink(sandbox.privateArea(other))).isFalse();
  }

  @Test
  void libraryThatIsALink() throws IOException {
    Path link = sandbox.base().resolve("vz-link");
    Files.createSymbolicLink(link, sandbox.base().resolve("vz"));
    replace("VE_ROOT", "\"" + link + "/root/$VEID\"");
    sandbox.vzctl("start", "" + id).expect(0);
    assertThat(Host.mounts(sandbox.root(id))).hasSize(1);
    assertThat(sandbox.vzctl("stop", "" + id, "--fast").ok()).contains("Container is unmounted");
    assertThat(Host.mounts(sandbox.root(id))).isEmpty();
  }

  @Test
  void mountedTwice() {
    sandbox.vzctl("mount", "" + id).expect(0);
    String root = sandbox.root(id).toString();
    Host.run("mount", "--bind", sandbox.privateArea(id).toString(), root).expect(0);
    sandbox.vzctl("umount", "" + id).expect(0);
    assertThat(Host.mounts(sandbox.root(id))).isEmpty();
  }

  @Test
  void anEmptyPrivateAreaIsUsed() throws IOException {
    int other = sandbox.id();
    Files.createDirectory(sandbox.privateArea(other));
    sandbox.vzctl("create", "" + other, "--ostemplate", "busybox").expect(0);
    assertThat(sandbox.privateArea(other).resolve("bin")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a/b", "../x", "a\nb", "a;b", "\u00f6", "$(x)", "*"})
  void namesThatAreNone(String name) {
    assertThat(sandbox.vzctl("set", "" + id, "--name", name, "--save").expect(21).err())
        .startsWith("Bad parameter for --name: ");
    assertThat(sandbox.etc().resolve("names")).isEmptyDirectory();
  }

  @Test
  void oddNamesThatAreAllowed() {
    for (String name : new String[] {"a b", "-", "--", "+x", "_", "a.b"}) {
      sandbox.vzctl("set", "" + id, "--name", name, "--save").expect(0);
      if (!name.startsWith("-")) {
        assertThat(sandbox.vzctl("status", name).ok()).startsWith("CTID " + id + " ");
      }
    }
    sandbox.vzctl("set", "" + id, "--name", "", "--save").expect(0);
    assertThat(sandbox.etc().resolve("names")).isEmptyDirectory();
  }

  @Test
  void longAndOddValues() {
    String text = "x".repeat(10_000);
    sandbox.vzctl("set", "" + id, "--description", text, "--save").expect(0);
    assertThat(sandbox.vzlist("-a", "-H", "-o", "description", "" + id).ok()).contains(text);
    String odd = "q\"u\\o$te` 'x' # \u20ac";
    sandbox.vzctl("set", "" + id, "--description", odd, "--save").expect(0);
    assertThat(sandbox.vzlist("-a", "-H", "-o", "description", "" + id).ok()).contains(odd);
    assertThat(
            Host.run("sh", "-c", ". " + sandbox.config(id) + " && printf %s \"$DESCRIPTION\"").ok())
        .as("as scripts of sh read it")
        .isEqualTo(odd);
    sandbox.vzctl("set", "" + id, "--description", "a\nLOCAL_UID=0", "--save").expect(21);
    sandbox.vzctl("set", "" + id, "--hostname", "a\nb", "--save").expect(21);
    sandbox.vzctl("start", "" + id).expect(0);
    String argument = "a".repeat(120_000);
    assertThat(sandbox.vzctl("exec", "" + id, "echo", argument).ok()).isEqualTo(argument + "\n");
    assertThat(sandbox.vzctl("exec3", "" + id, "echo", "a\nb", "", "\u20ac").ok())
        .isEqualTo("a\nb  \u20ac\n");
  }

  @Test
  void argumentsThatAreNotUtf8AreRefused() {
    ProcessBuilder vzctl = sandbox.command("vzctl", "set", "" + id, "--save", "--description");
    String line = "exec \"$@\" $(printf '\\377\\376')";
    ProcessBuilder shell = new ProcessBuilder("bash", "-c", line, "bash");
    shell.command().addAll(vzctl.command());
    shell.environment().putAll(vzctl.environment());
    try (Running running = Running.start(shell)) {
      Result result = running.await(Sandbox.LIMIT);
      assertThat(result.expect(21).err()).contains("UTF-8");
    }
    assertThat(sandbox.config(id)).hasBinaryContent(configuration);
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of containers: each is another machine, and nothing of the other is lost or touched. */
@Tag("root")
@Timeout(180)
class CloneTest {
  private static final Duration BOOT = Duration.ofSeconds(90);

  private static Sandbox sandbox;

  @BeforeAll
  static void open() {
    sandbox = Sandbox.open();
  }

  @AfterAll
  static void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static int cloned(int source, String... options) {
    int id = sandbox.id();
    String[] words = new String[3 + options.length];
    words[0] = "clone";
    words[1] = "" + source;
    words[2] = "" + id;
    System.arraycopy(options, 0, words, 3, options.length);
    sandbox.vzctl(words).expect(0);
    return id;
  }

  private static long uid(int id) {
    return Long.parseLong(Host.run("stat", "-c", "%u", "" + sandbox.privateArea(id)).ok().strip());
  }

  private static String inside(int id, String command) {
    return sandbox.vzctl("exec2", "" + id, command).ok().strip();
  }

  private static void awaitBooted(int id) {
    Host.await(
        "systemd of " + id,
        BOOT,
        () ->
            sandbox
                .vzctl("exec2", "" + id, "systemctl is-system-running")
                .out()
                .contains("running"));
  }

  /** A copy of a running Debian, beside which it then runs. */
  @Test
  void debianBesideItsCopy() {
    int source = sandbox.start("debian-12-x86_64", "--hostname", "one.example.com");
    awaitBooted(source);
    inside(source, "echo kept >/root/kept; test -s /etc/ssh/ssh_host_ed25519_key.pub");
    int copy = cloned(source);
    assertThat(inside(source, "echo alive")).isEqualTo("alive");
    Path area = sandbox.privateArea(copy);
    assertThat(area.resolve("etc/machine-id")).isEmptyFile();
    assertThat(area.resolve("etc/ssh").toFile().list()).noneMatch(n -> n.startsWith("ssh_host_"));
    assertThat(uid(copy)).isNotEqualTo(uid(source));
    sandbox.vzctl("start", "" + copy).expect(0);
    awaitBooted(copy);
    assertThat(inside(copy, "cat /root/kept; stat -c %u:%g /root/kept")).isEqualTo("kept\n0:0");
    assertThat(inside(copy, "systemctl --failed --no-legend")).isEmpty();
    assertThat(inside(copy, "hostname")).isEqualTo("ct" + copy);
    assertThat(Host.read(sandbox.config(copy))).contains("HOSTNAME=\"ct" + copy + ".example.com\"");
    for (String what :
        List.of(
            "cat /etc/machine-id", "cat /etc/ssh/ssh_host_ed25519_key.pub", "cat /etc/hostname")) {
      assertThat(inside(copy, what)).as(what).isNotEmpty().isNotEqualTo(inside(source, what));
    }
    assertThat(inside(source, "systemctl is-system-running")).isEqualTo("running");
    sandbox.vzctl("stop", "" + source, "" + copy, "--fast").expect(0);
  }

  /** What a container's own root can make in its tree, and what the host's can. */
  @Test
  void hostileTree() throws IOException {
    int source = sandbox.start("busybox", "--config", "basic");
    Path precious = Files.writeString(sandbox.base().resolve("precious"), "untouched");
    inside(
        source,
        "cd /root && ln -s / up && ln -s "
            + precious
            + " out && mkfifo pipe && mkdir -p a/b && echo 1 >a/b/one && ln a/b/one two"
            + " && printf x >'new\nline' && chmod 4755 two && chown 33:34 a/b"
            + " && dd if=/dev/zero of=sparse bs=1 seek=90000000 count=1 2>/dev/null"
            + " && ln -s /etc /root/a/etc && rm -rf /etc/ssh && mkdir -p /etc && ln -s "
            + sandbox.base()
            + " /etc/ssh");
    sandbox.vzctl("stop", "" + source, "--fast").expect(0);
    Host.run("python3", "-c", SOCKET, "" + sandbox.privateArea(source).resolve("root/socket"))
        .expect(0);
    int copy = cloned(source);
    assertThat(listing(copy)).isEqualTo(listing(source));
    Path root = sandbox.privateArea(copy).resolve("root");
    long shift = uid(copy) - uid(source);
    assertThat(shift).isNotZero();
    for (String name : List.of(".", "a/b", "pipe", "socket", "up", "two", "new\nline")) {
      Path old = sandbox.privateArea(source).resolve("root").resolve(name);
      long was = name.equals("socket") ? 0 : owner(old) + shift;
      assertThat(owner(root.resolve(name))).as(name).isEqualTo(was);
    }
    assertThat(Host.run("stat", "-c", "%b", "" + root.resolve("sparse")).ok().strip())
        .satisfies(blocks -> assertThat(Long.parseLong(blocks)).isLessThan(100));
    assertThat(Files.readSymbolicLink(sandbox.privateArea(copy).resolve("etc/ssh")))
        .isEqualTo(sandbox.base());
    assertThat(precious).hasContent("untouched");
    sandbox.vzctl("start", "" + copy).expect(0);
    assertThat(inside(copy, "stat -c %u:%g:%a /root/two /root/a/b | tr '\\n' ' '"))
        .isEqualTo("0:0:4755 33:34:755");
    sandbox.vzctl("stop", "" + copy, "--fast").expect(0);
  }

  private static final String SOCKET =
      "import socket,sys,os; d,n=os.path.split(sys.argv[1]); os.chdir(d);"
          + " socket.socket(socket.AF_UNIX).bind(n)";

  private static long owner(Path path) {
    return Long.parseLong(Host.run("stat", "-c", "%u", path.toString()).ok().strip());
  }

  private static String listing(int id) {
    String find = "find . -printf '%P|%y|%m|%n|%l\\0' | sort -z";
    return Host.run("bash", "-c", "cd '" + sandbox.privateArea(id) + "/root' && " + find).ok();
  }

  @Test
  void severalCopies() {
    int source = sandbox.create("busybox", "--config", "basic", "--name", "vztest-c");
    List<Integer> ids = sandbox.ids(3);
    sandbox.vzctl("clone", "vztest-c", ids.getFirst() + "-" + ids.getLast()).expect(0);
    for (int id : ids) {
      assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
      assertThat(Host.read(sandbox.config(id))).doesNotContain("vztest-c");
    }
    assertThat(ids.stream().map(CloneTest::uid).distinct()).hasSize(3).doesNotContain(uid(source));
  }

  @Test
  void optionsAreTheCopys() {
    int source = sandbox.create("busybox", "--config", "basic", "--ipadd", "10.99.0.1");
    Installation.write(
        sandbox.etc().resolve("conf/" + source + ".mount"), "#!/bin/sh\nexit 0\n", "rwxr-xr-x");
    int copy = cloned(source, "--name", "vztest-d", "--ipadd", "10.99.0.2");
    assertThat(Host.read(sandbox.config(copy)))
        .contains("NAME=\"vztest-d\"", "HOSTNAME=\"vztest-d\"", "IP_ADDRESS=\"10.99.0.2\"")
        .contains("ORIGIN_SAMPLE=\"basic\"")
        .doesNotContain("10.99.0.1");
    assertThat(sandbox.status(copy)).isEqualTo("exist unmounted down");
    assertThat(sandbox.etc().resolve("conf/" + copy + ".mount")).isExecutable();
    int other = cloned(source);
    assertThat(Host.read(sandbox.config(other)))
        .contains("HOSTNAME=\"ct" + other + "\"")
        .doesNotContain("10.99.0");
  }

  /** Whatever happens to the command, there is no half copy, and the other goes on. */
  @Test
  void killedWhileCopying() throws IOException {
    int source = sandbox.start("busybox", "--config", "basic");
    inside(
        source,
        "i=0; while [ $i -lt 3000 ]; do mkdir /root/$i; echo $i >/root/$i/f; i=$((i+1)); done");
    int copy = sandbox.id();
    for (String signal : List.of("TERM", "KILL")) {
      Path temporary = sandbox.privateArea(copy).resolveSibling(copy + ".tmp");
      try (Running running = sandbox.background("clone", "" + source, "" + copy)) {
        Host.await(
            "the copy begins",
            Duration.ofSeconds(60),
            () -> Files.exists(temporary.resolve("root")) || !running.process().isAlive());
        Host.kill(signal, running.process().pid());
        running.await(Sandbox.LIMIT);
      }
      if (Files.exists(sandbox.config(copy))) {
        sandbox.vzctl("destroy", "" + copy).expect(0); // It was faster than the signal.
      }
      if (signal.equals("TERM")) {
        assertThat(temporary).doesNotExist();
        assertThat(sandbox.privateArea(copy)).doesNotExist();
      }
      sandbox.vzctl("clone", "" + source, "" + copy).expect(0);
      assertThat(inside(source, "echo alive")).isEqualTo("alive");
      assertThat(temporary).doesNotExist();
      sandbox.vzctl("destroy", "" + copy).expect(0);
    }
    sandbox.vzctl("stop", "" + source, "--fast").expect(0);
  }

  @Test
  void withoutSpaceNothingIsLeft() throws IOException {
    int source = sandbox.create("busybox", "--config", "basic");
    Host.run(
            "dd",
            "if=/dev/urandom",
            "of=" + sandbox.privateArea(source).resolve("root/large"),
            "bs=1M",
            "count=8",
            "status=none")
        .expect(0);
    Path small = Files.createDirectory(sandbox.base().resolve("small"));
    Host.run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", "" + small).expect(0);
    try {
      int copy = sandbox.id();
      Result result =
          sandbox.vzctl("clone", "" + source, "" + copy, "--private", small + "/p/$VEID");
      assertThat(result.status()).isEqualTo(46);
      assertThat(result.err()).contains("No space left on device");
      assertThat(sandbox.config(copy)).doesNotExist();
      assertThat(small.resolve("p")).isEmptyDirectory();
    } finally {
      Host.run("umount", "" + small).expect(0);
    }
  }
}

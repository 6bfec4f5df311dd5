package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two containers and the host have no user in common. */
@Tag("root")
@Timeout(180)
class UserIdsTest {
  private static final int IDS = 65_536;

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Probe probe;
  private static int a;
  private static int b;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.open();
    probe = Probe.compile(directory);
    a = sandbox.create("debian-12-x86_64");
    b = sandbox.create("busybox");
    for (int id : new int[] {a, b}) {
      probe.putInto(sandbox.privateArea(id));
      Host.run("chown", base(id) + ":" + base(id), sandbox.privateArea(id) + "/probe").expect(0);
    }
    sandbox.vzctl("start", "" + a, "--wait").expect(0);
    sandbox.vzctl("start", "" + b).expect(0);
  }

  @AfterAll
  static void end() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static long base(int id) {
    String text = Host.read(sandbox.config(id));
    int at = text.indexOf("LOCAL_UID=\"") + 11;
    return Long.parseLong(text.substring(at, text.indexOf('"', at)));
  }

  private static void assertInside(int id, String value) {
    assertThat(Long.parseLong(value)).isBetween(base(id), base(id) + IDS - 1);
  }

  @Test
  void rangesAreDisjoint() {
    assertThat(Math.abs(base(a) - base(b))).isGreaterThanOrEqualTo(IDS);
    assertThat(base(a)).isGreaterThanOrEqualTo(IDS);
    assertThat(Host.read(sandbox.config(a))).contains("LOCAL_GID=\"" + base(a) + "\"");
  }

  @Test
  void processesAreInTheRange() {
    for (int id : new int[] {a, b}) {
      List<Long> processes = Host.processes(id);
      assertThat(processes).isNotEmpty();
      for (long pid : processes) {
        String status = Host.read(Path.of("/proc/" + pid + "/status"));
        for (String line : status.lines().filter(l -> l.matches("[UG]id:.*")).toList()) {
          for (String value : line.substring(4).strip().split("\\s+")) {
            assertInside(id, value);
          }
        }
      }
    }
  }

  @Test
  void filesAreInTheRange() {
    for (int id : new int[] {a, b}) {
      String owners =
          Host.run("find", sandbox.privateArea(id).toString(), "-printf", "%U\n%G\n").ok();
      List<String> different = owners.lines().distinct().toList();
      assertThat(different).isNotEmpty().allSatisfy(owner -> assertInside(id, owner));
    }
    assertThat(
            Host.run("find", sandbox.privateArea(a).toString(), "-printf", "%U\n")
                .ok()
                .lines()
                .distinct()
                .count())
        .as("control: several owners are seen")
        .isGreaterThan(1);
  }

  @Test
  void namespacesHaveTheContainersOwnOwner() {
    // Or the kernel would add up the processes of all containers against each one's limit.
    for (int id : new int[] {a, b}) {
      assertThat(probe.onHost("owner", "/proc/" + sandbox.init(id) + "/ns/user").ok())
          .startsWith(base(id) + "\n");
    }
  }

  @Test
  void processLimitsAreCountedApart() {
    String[] many = {"exec", "" + a, "/probe as 1000 /probe procs 100 60"};
    String few = "/probe as 1000 /probe procs 30 20";
    try (Running holding = sandbox.background(many)) {
      Host.await("60", Duration.ofSeconds(30), () -> holding.outSoFar().equals("60\n"));
      assertThat(sandbox.vzctl("exec", "" + a, few).ok())
          .as("control: the limit acts inside one container")
          .isEqualTo("0\n");
      assertThat(sandbox.vzctl("exec", "" + b, few).ok()).isEqualTo("20\n");
    }
  }

  @Test
  void oneCannotReadTheOthersFiles() throws IOException {
    Path secret = sandbox.privateArea(b).resolve("of-a");
    Files.writeString(secret, "secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Host.run("chown", base(a) + ":" + base(a), secret.toString()).expect(0);
    Result read = sandbox.vzctl("exec", "" + b, "cat /of-a; chmod 644 /of-a; chown 0 /of-a");
    assertThat(read.out()).isEmpty();
    assertThat(read.err()).contains("Permission denied").contains("Operation not permitted");
    assertThat(Host.run("setpriv", "--reuid=" + base(a), "--clear-groups", "id", "-u").ok())
        .as("control: setpriv changes the user")
        .isEqualTo(base(a) + "\n");
    // Even with the user id of the other one, its tree is out of reach from outside.
    Host.run(
            "setpriv",
            "--reuid=" + base(b),
            "--regid=" + base(b),
            "--clear-groups",
            "cat",
            sandbox.privateArea(a) + "/etc/passwd")
        .expect(1);
    Host.run("cat", sandbox.privateArea(a) + "/etc/passwd").expect(0);
    Files.delete(secret);
  }

  @Test
  void setuidProgramsGiveNoRightsOutside() {
    sandbox.vzctl("exec", "" + a, "cp /bin/cat /tmp/cat; chmod 4755 /tmp/cat").expect(0);
    assertThat(sandbox.vzctl("exec", "" + a, "/probe as 1000 /tmp/cat /etc/shadow").ok())
        .as("control: it works inside")
        .contains("root:");
    String file = sandbox.privateArea(a) + "/tmp/cat";
    assertThat(Host.run("stat", "-c", "%u %a", file).ok()).isEqualTo(base(a) + " 4755\n");
    for (Path tree : List.of(sandbox.privateArea(a), sandbox.root(a))) {
      String program = tree + "/tmp/cat";
      // An unprivileged user of the host would become the container's root with it.
      assertThat(
              Host.run(
                      "setpriv",
                      "--reuid=65533",
                      "--regid=65533",
                      "--clear-groups",
                      program,
                      tree + "/etc/shadow")
                  .status())
          .as(program)
          .isNotZero();
    }
  }

  @Test
  void fileCapabilitiesCountInsideOnly() {
    sandbox.vzctl("exec", "" + a, "cp /bin/cat /tmp/cap && /probe setcap /tmp/cap").expect(0);
    assertThat(sandbox.vzctl("exec", "" + a, "/probe as 1000 /tmp/cap /etc/shadow").ok())
        .as("control: it works inside")
        .contains("root:");
    String program = sandbox.privateArea(a) + "/tmp/cap";
    assertThat(probe.onHost("getcap", program).ok())
        .as("the third revision names the root of the user namespace it is for")
        .startsWith("revision 3 of " + base(a) + "\n");
  }

  @Test
  void chosenIdsAreChecked() {
    int id = sandbox.id();
    for (List<String> wrong :
        List.of(
            List.of("--local_uid", "1"),
            List.of("--local_uid", "" + (base(a) + 100)),
            List.of("--local_gid", "" + (base(a) - 100)),
            List.of("--local_uid", "900000000", "--local_gid", "" + base(b)),
            List.of("--local_uid", "900000000", "--local_gid", "0"),
            List.of("--local_uid", "0", "--local_gid", "900000000"),
            List.of("--local_uid", "4294967290"))) {
      String[] words = new String[4 + wrong.size()];
      words[0] = "create";
      words[1] = "" + id;
      words[2] = "--ostemplate";
      words[3] = "busybox";
      for (int i = 0; i < wrong.size(); i++) {
        words[4 + i] = wrong.get(i);
      }
      Result result = sandbox.vzctl(words).expect(21);
      assertThat(result.err()).doesNotContain("Exception");
      assertThat(sandbox.config(id)).doesNotExist();
      assertThat(sandbox.privateArea(id)).doesNotExist();
    }
    sandbox
        .vzctl("create", "" + id, "--ostemplate", "busybox", "--local_uid", "900000000")
        .expect(0);
    assertThat(base(id)).isEqualTo(900_000_000);
    assertThat(Host.read(sandbox.config(id))).contains("LOCAL_GID=\"900000000\"");
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** One command for many containers, results for programs, and plans without deeds. */
@Tag("root")
@TestInstance(Lifecycle.PER_CLASS)
class SeveralTest {
  private final Sandbox sandbox = Sandbox.open();
  private List<Integer> ids = List.of();

  @BeforeAll
  void create() {
    sandbox.template("busybox");
    ids = sandbox.ids(4);
    Result created = sandbox.vzctl("create", range(), "--ostemplate", "busybox").expect(0);
    for (int id : ids) {
      assertThat(created.out()).containsPattern("(?m)^CT " + id + ": .*");
    }
    for (int id : ids) {
      Installation.write(
          sandbox.privateArea(id).resolve("etc/which"), "I am " + id + "\n", "rw-r--r--");
    }
    assertThat(created.lines().getLast()).isEqualTo("create: 4 containers, 4 done, 0 failed");
  }

  @AfterAll
  void close() {
    sandbox.close();
  }

  private String range() {
    return ids.getFirst() + "-" + ids.getLast();
  }

  private List<String> statuses(String wanted) {
    return ids.stream().map(id -> "CTID " + id + " " + wanted).toList();
  }

  @Test
  void rangesListsNamesAndAll() {
    assertThat(sandbox.vzctl("status", range()).lines())
        .isEqualTo(statuses("exist unmounted down"));
    Result some = sandbox.vzctl("status", ids.get(0) + "," + ids.get(2), "" + ids.get(3)).expect(0);
    assertThat(some.lines()).hasSize(3);
    Result all = sandbox.vzctl("--parallel", "2", "start", "--all").expect(0);
    assertThat(all.lines().getLast()).isEqualTo("start: 4 containers, 4 done, 0 failed");
    assertThat(sandbox.vzctl("status", "--all").lines())
        .isEqualTo(statuses("exist mounted running"));
    List<Long> inits = ids.stream().map(sandbox::init).toList();
    assertThat(inits).doesNotHaveDuplicates().doesNotContain(0L);

    Result exec = sandbox.vzctl("exec", range(), "cat", "/etc/which").expect(0);
    for (int id : ids) {
      assertThat(exec.out()).contains("CT " + id + ": I am " + id + "\n");
    }
    sandbox.vzctl("stop", range(), "--fast").expect(0);
    assertThat(sandbox.vzctl("status", "--all").lines())
        .isEqualTo(statuses("exist unmounted down"));
    ids.forEach(sandbox::assertNothingRemains);
  }

  @Test
  void oneFailureIsToldAndTheOthersAreDone() {
    int odd = ids.get(1);
    sandbox.vzctl("mount", "" + odd).expect(0);
    Result umount = sandbox.vzctl("umount", range());
    assertThat(umount.status()).isEqualTo(40);
    assertThat(umount.err())
        .contains("CT " + ids.getFirst() + ": failed (40): CT is not mounted\n")
        .doesNotContain("CT " + odd + ":");
    assertThat(umount.lines().getLast()).isEqualTo("umount: 4 containers, 1 done, 3 failed");
    assertThat(sandbox.status(odd)).isEqualTo("exist unmounted down");
  }

  @Test
  void resultsAsJson() throws IOException {
    Result result = sandbox.vzctl("--json", "umount", range());
    assertThat(result.status()).isEqualTo(40);
    List<String> seen = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(result.out())) {
      assertThat(parser.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      String field = "";
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          field = parser.currentName();
        } else if (token.isScalarValue()) {
          seen.add(field + "=" + parser.getText());
        }
      }
    }
    for (int id : ids) {
      assertThat(seen).contains("ctid=" + id);
    }
    assertThat(seen.stream().filter("exit=40"::equals)).hasSize(4);
    assertThat(seen).contains("command=umount", "messages=CT is not mounted");
  }

  @Test
  void dryRunChangesNothing() throws IOException {
    int id = ids.getFirst();
    List<String> before = everything();
    Result start = sandbox.vzctl("--dry-run", "start", "" + id).expect(0);
    assertThat(start.out())
        .contains("mount --bind " + sandbox.privateArea(id), "create cgroup ", "clone", "seccomp");
    sandbox.vzctl("mount", "" + id, "--dry-run").expect(0);
    sandbox.vzctl("destroy", "" + id, "--dry-run").expect(0);
    sandbox.vzctl("--dry-run", "set", "" + id, "--onboot", "yes", "--save").expect(0);
    sandbox.vzctl("--dry-run", "stop", "" + id).expect(0);
    int other = sandbox.id();
    sandbox.vzctl("--dry-run", "create", "" + other, "--ostemplate", "busybox").expect(0);
    assertThat(everything()).isEqualTo(before);
    assertThat(Host.cgroups(id)).isEmpty();
    assertThat(sandbox.status(id)).isEqualTo("exist unmounted down");
  }

  /** Every file with its time, but for the log, and every mount. */
  private List<String> everything() throws IOException {
    List<String> seen = new ArrayList<>();
    for (String place : List.of("etc", "run", "vz/lock", "vz/root", "vz/private")) {
      try (Stream<Path> files = Files.walk(sandbox.base().resolve(place), 2)) {
        for (Path file : files.sorted().toList()) {
          seen.add(
              file
                  + " "
                  + Files.getLastModifiedTime(file, java.nio.file.LinkOption.NOFOLLOW_LINKS));
        }
      }
    }
    Host.mounts(sandbox.base()).forEach(mount -> seen.add("" + mount));
    return seen;
  }
}

package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every system call that a container may not make, in all numberings of x86-64, from init's filter
 * as commands inherit it. The arguments are nonsense: a call that gets through fails otherwise.
 */
@Tag("root")
@Timeout(120)
class SystemCallsTest {
  private record Call(String name, int number, int i386, String error) {}

  private static final int NONE = -1;

  private static final List<Call> DENIED =
      List.of(
          new Call("kexec_load", 246, 283, "EPERM"),
          new Call("kexec_file_load", 320, NONE, "EPERM"),
          new Call("init_module", 175, 128, "EPERM"),
          new Call("finit_module", 313, 350, "EPERM"),
          new Call("delete_module", 176, 129, "EPERM"),
          new Call("clock_settime", 227, 264, "EPERM"),
          new Call("settimeofday", 164, 79, "EPERM"),
          new Call("adjtimex", 159, 124, "EPERM"),
          new Call("clock_adjtime", 305, 343, "EPERM"),
          new Call("iopl", 172, 110, "EPERM"),
          new Call("ioperm", 173, 101, "EPERM"),
          new Call("bpf", 321, 357, "ENOSYS"),
          new Call("perf_event_open", 298, 336, "EPERM"),
          new Call("userfaultfd", 323, 374, "EPERM"),
          new Call("io_uring_setup", 425, 425, "ENOSYS"),
          new Call("io_uring_enter", 426, 426, "ENOSYS"),
          new Call("io_uring_register", 427, 427, "ENOSYS"),
          new Call("add_key", 248, 286, "ENOSYS"),
          new Call("request_key", 249, 287, "ENOSYS"),
          new Call("keyctl", 250, 288, "ENOSYS"),
          new Call("swapon", 167, 87, "EPERM"),
          new Call("swapoff", 168, 115, "EPERM"),
          new Call("acct", 163, 51, "EPERM"),
          new Call("open_by_handle_at", 304, 342, "EPERM"),
          new Call("syslog", 103, 103, "EPERM"));

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static Probe probe;
  private static int id;

  @BeforeAll
  static void start() {
    assumeTrue("amd64".equals(System.getProperty("os.arch")), "needs an x86-64 machine");
    sandbox = Sandbox.open();
    probe = Probe.compile(directory);
    id = sandbox.create("busybox");
    probe.putInto(sandbox.privateArea(id));
    sandbox.vzctl("start", "" + id).expect(0);
  }

  @AfterAll
  static void end() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static List<String> words() {
    List<String> words = new ArrayList<>();
    for (Call call : DENIED) {
      words.add(call.name + ":native:" + call.number);
      words.add(call.name + ":x32:" + call.number);
      if (call.i386 != NONE) {
        words.add(call.name + ":i386:" + call.i386);
      }
    }
    return words;
  }

  private static Map<String, String> expected() {
    Map<String, String> expected = new TreeMap<>();
    for (Call call : DENIED) {
      expected.put(call.name + ":native", call.error);
      // As if the kernel were built without that numbering, as most are.
      expected.put(call.name + ":x32", "ENOSYS");
      if (call.i386 != NONE) {
        expected.put(call.name + ":i386", call.error);
      }
    }
    return expected;
  }

  private static Map<String, String> inside(String... prefix) {
    List<String> words = new ArrayList<>(List.of(prefix));
    words.addAll(List.of("/probe", "call"));
    words.addAll(words());
    List<String> command = new ArrayList<>(List.of("exec", "" + id));
    command.addAll(words);
    return Probe.results(sandbox.vzctl(command.toArray(String[]::new)).ok());
  }

  @Test
  void eachIsRefusedToRoot() {
    assertThat(inside()).containsExactlyInAnyOrderEntriesOf(expected());
  }

  @Test
  void eachIsRefusedToUsers() {
    assertThat(inside("/probe", "as", "1000")).containsExactlyInAnyOrderEntriesOf(expected());
  }

  @Test
  void mostGetThroughOutside() {
    List<String> words = new ArrayList<>(List.of("call"));
    words.addAll(words());
    Map<String, String> outside = Probe.results(probe.onHost(words.toArray(String[]::new)).ok());
    Map<String, String> same = new TreeMap<>(expected());
    same.entrySet().retainAll(outside.entrySet());
    same.keySet().removeIf(name -> name.endsWith(":x32"));
    assertThat(outside).doesNotContainValue("ok");
    // What this very kernel was built without, or refuses with the same word.
    assertThat(same.size()).as("the same outside as inside: %s", same).isLessThan(12);
  }
}

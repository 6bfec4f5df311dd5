package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.StdioMode;
import org.vzj.linux.proc.ProcStatus;

/** This very process is the init that is entered, so it shares our user namespace. */
class EnterPlanTest {
  @TempDir Path root;
  private FakeMachine machine;
  private Target target;

  @BeforeEach
  void makeContainer() throws Exception {
    machine = new FakeMachine(root, FakeMachine.HYBRID);
    target = machine.target("LOCAL_UID=\"0\"", "LOCAL_GID=\"0\"");
  }

  private String text(LaunchPlan plan) throws Exception {
    ProcStatus status =
        Objects.requireNonNull(ProcStatus.read(Path.of("/proc"), ProcessHandle.current().pid()));
    StringBuilder own = new StringBuilder();
    for (int number : status.bounding().numbers()) {
      own.append(own.isEmpty() ? "" : ",").append(number);
    }
    return machine.stable(plan.text()).replace("capabilities " + own + "\n", "capabilities OWN\n");
  }

  @Test
  void aShellWithPipes() throws Exception {
    InitProcess init = machine.run(target);
    LaunchPlan.Builder plan = EnterPlan.begin(target, init, StdioMode.PIPES);
    EnterPlan.environment(plan, List.of("HOME=/", "A=b=c"));
    assertThat(text(EnterPlan.shell(plan, "-bash", "-sh", "-c", "a 'b'")))
        .isEqualTo(
            """
            vzlaunch 1
            cgroup ROOT/cgroup/devices/vz/101
            cgroup ROOT/cgroup/systemd/vz/101
            cgroup ROOT/cgroup/unified/vz/101
            setns PID START pid,mount,net,ipc,uts,cgroup
            stdio pipes
            fork
            inside
            session
            seccomp FILTER
            capabilities OWN
            chdir /
            env HOME=/
            env A=b=c
            env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            try-exec /bin/bash -bash -c a\\040'b'
            exec /bin/sh -sh -c a\\040'b'
            """);
  }

  @Test
  void aTerminalBecomesTheSessionsOwn() throws Exception {
    InitProcess init = machine.run(target);
    LaunchPlan plan = EnterPlan.begin(target, init, StdioMode.PTY).exec("/x", List.of("x")).build();
    assertThat(text(plan)).contains("stdio pty\nfork\ninside\nsession tty\nseccomp FILTER\n");
  }

  @Test
  void theFilterIsTheOneInForce() throws Exception {
    InitProcess init = machine.run(target);
    Files.writeString(target.container().seccompFile(), "abcdef0123456789\n");
    LaunchPlan plan =
        EnterPlan.begin(target, init, StdioMode.NULL).exec("/x", List.of("x")).build();
    assertThat(plan.text()).contains("\nseccomp abcdef0123456789\n");
  }

  @Test
  void withoutTheFilterNothingEnters() throws Exception {
    InitProcess init = machine.run(target);
    Files.delete(target.container().seccompFile());
    assertThatThrownBy(() -> EnterPlan.begin(target, init, StdioMode.PIPES))
        .hasMessageStartingWith("Unable to read " + target.container().seccompFile())
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(3);
  }

  @Test
  void whatHasEndedIsNotEntered() throws Exception {
    machine.run(target);
    assertThatThrownBy(
            () -> EnterPlan.begin(target, new InitProcess(4_194_305, 1), StdioMode.PIPES))
        .hasMessageContaining("is not running")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(31);
  }

  @Test
  void execJoinsWordsAsOpenVzDoes() {
    assertThat(Exec.join(List.of("echo", "", "a b", ";ls"))).isEqualTo("echo '' a b ;ls ");
  }
}

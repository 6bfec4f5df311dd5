package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fixture itself: a container comes and goes, and what stays is noticed. */
@Tag("root")
class SandboxTest {
  @Test
  void containerComesAndGoes() {
    Path base;
    try (Sandbox sandbox = Sandbox.open()) {
      base = sandbox.base();
      int id = sandbox.start("busybox");
      assertThat(sandbox.status(id)).isEqualTo("exist mounted running");
      assertThat(sandbox.vzctl("exec", "" + id, "echo", "hello").ok()).isEqualTo("hello\n");
      assertThat(Host.cgroups(id)).isNotEmpty();
      assertThat(Host.processes(id)).contains(sandbox.init(id));
    }
    assertThat(base).doesNotExist();
    assertThat(Host.mounts(base)).isEmpty();
  }

  @Test
  void leftoversAreNoticedAndRemoved() throws IOException {
    Sandbox sandbox = Sandbox.open();
    int id = sandbox.create("busybox");
    Files.createDirectory(sandbox.state(id));
    Files.writeString(sandbox.lock(id), "1\n\n");
    assertThatThrownBy(sandbox::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(sandbox.lock(id).toString());
    assertThat(sandbox.base()).doesNotExist();
  }
}

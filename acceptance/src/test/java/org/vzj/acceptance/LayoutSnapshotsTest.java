package org.vzj.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a running container on the layouts that lie on any file system. */
@Tag("root")
class LayoutSnapshotsTest {
  private static final String GUID = "{0d084df6-df98-4ef1-b8e3-64a59aaf5ec5}";

  @ParameterizedTest
  @ValueSource(strings = {"ploop", "overlay"})
  void backToWhatItWas(String layout) throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices");
    try (Sandbox sandbox = Sandbox.open()) {
      int id = sandbox.create("busybox", "--layout", layout, "--diskspace", "60M");
      String ct = "" + id;
      sandbox.vzctl("start", ct).expect(0);
      sandbox.vzctl("exec", ct, "echo one > /file; rm /etc/passwd").expect(0);
      sandbox.vzctl("snapshot", ct, "--id", GUID, "--skip-suspend").expect(0);
      sandbox.vzctl("exec", ct, "echo two > /file; rm -r /etc; echo > /new").expect(0);

      Path point = Files.createDirectory(sandbox.base().resolve("point"));
      sandbox.vzctl("snapshot-mount", ct, "--id", GUID, "--target", "" + point).expect(0);
      assertThat(point.resolve("file")).hasContent("one\n");
      assertThat(point.resolve("etc/inittab")).exists();
      assertThat(point.resolve("etc/passwd")).doesNotExist();
      assertThat(Host.run("touch", point + "/file").status()).as("read-only").isNotZero();
      sandbox.vzctl("snapshot-umount", ct, "--id", GUID).expect(0);
      assertThat(Host.mounts(point)).isEmpty();

      sandbox.vzctl("stop", "--fast", ct).expect(0);
      sandbox.vzctl("snapshot-switch", ct, "--id", GUID, "--skip-resume").expect(0);
      sandbox.vzctl("start", ct).expect(0);
      assertThat(sandbox.vzctl("exec", ct, "cat /file; ls -d /etc/inittab /new 2>&1; true").out())
          .contains("one\n", "/etc/inittab", "/new: No such file");
      sandbox.vzctl("snapshot-delete", ct, "--id", GUID).expect(0);
      assertThat(sandbox.vzctl("exec", ct, "cat /file").ok()).isEqualTo("one\n");
    }
  }
}

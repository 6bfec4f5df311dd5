package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VzserviceTest {
  @TempDir Path root;
  private Vz vz;

  @BeforeEach
  void prepare() throws IOException {
    vz = new Vz(root);
  }

  @Test
  void tellsItsStateAndRefusesToStartTwice() {
    assertThat(vz.run("service", "status")).isEqualTo(3);
    assertThat(vz.out()).isEqualTo("OpenVZ is stopped.\n");
    assertThat(vz.run("service", "start")).isZero();
    assertThat(vz.run("service", "status")).isZero();
    assertThat(vz.out()).isEqualTo("OpenVZ is running...\n");
    assertThat(vz.run("service", "start")).isEqualTo(1);
    assertThat(vz.err()).isEqualTo("OpenVZ already running\n");
    assertThat(vz.run("service", "restart")).isZero();
    assertThat(vz.run("service", "stop")).isZero();
    assertThat(vz.run("service", "status")).isEqualTo(3);
  }

  @Test
  void oneVerbAtATime() throws IOException {
    Files.createDirectories(vz.paths().run());
    try (FileChannel file =
            FileChannel.open(
                vz.paths().serviceLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = file.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(vz.run("service", "start")).isEqualTo(1);
      assertThat(vz.err()).isEqualTo("OpenVZ is locked\n");
    }
  }

  @Test
  void knowsItsVerbs() {
    for (String[] words :
        new String[][] {{"service"}, {"service", "fly"}, {"service", "start", "now"}}) {
      assertThat(vz.run(words)).isEqualTo(3);
      assertThat(vz.err())
          .isEqualTo(
              "Usage: vzctl service {start|stop|restart|force-reload|status}"
                  + " [--unless-restarting]\n");
    }
  }

  @Test
  void needsAConfigurationThatLetsIt() throws IOException {
    Files.writeString(vz.paths().globalConfig(), "VIRTUOZZO=no\n");
    assertThat(vz.run("service", "start")).isZero();
    assertThat(vz.run("service", "status")).isEqualTo(3);
    Files.delete(vz.paths().globalConfig());
    assertThat(vz.run("service", "status")).isEqualTo(6);
  }

  @Test
  void startsInOrderWhatIsToStartAndForgetsTheMarks() throws IOException {
    configure(101, "ONBOOT=yes\n");
    configure(102, "ONBOOT=yes\nBOOTORDER=5\n");
    configure(103, "ONBOOT=no\n");
    configure(104, "");
    configure(105, "");
    Files.createDirectories(vz.paths().bootMarks());
    Files.createFile(vz.paths().bootMarks().resolve("103"));
    Files.createFile(vz.paths().bootMarks().resolve("105"));

    assertThat(vz.run("--dry-run", "service", "start")).isZero();
    assertThat(vz.out()).isEqualTo("Starting CT: 102 101 105\n");
    assertThat(vz.paths().bootMarks().resolve("105")).exists();

    assertThat(vz.run("service", "start")).as("one that fails is no failure of the host").isZero();
    assertThat(vz.out().lines())
        .startsWith("Starting CT: 102 101 105")
        .containsExactlyInAnyOrder(
            "Starting CT: 102 101 105",
            "Container 102 start: failed (43)",
            "Container 101 start: failed (43)",
            "Container 105 start: failed (43)");
    assertThat(vz.err()).contains("CT 101: Container private area " + root + "/private/101");
    assertThat(vz.paths().bootMarks()).isEmptyDirectory();
  }

  private void configure(int id, String text) throws IOException {
    Files.writeString(vz.paths().conf().resolve(id + ".conf"), text);
  }

  @Test
  void tellsARestartBySystemdsJobs() {
    assertThat(SystemdJob.isRestart("1234 vz.service restart running\n")).isTrue();
    assertThat(SystemdJob.isRestart("  99  vz.service  try-restart  waiting \n")).isTrue();
    assertThat(SystemdJob.isRestart("1234 vz.service stop running\n")).isFalse();
    assertThat(SystemdJob.isRestart("1 a.service restart running\n2 vz.service stop running\n"))
        .isFalse();
    assertThat(SystemdJob.isRestart("No jobs running.\n")).isFalse();
  }
}

package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {
  @TempDir Path root;

  @Test
  void aCompleteHostIsFit() throws Exception {
    List<CheckResult> results = Checkup.run(FakeHost.complete(root).view());

    assertThat(results).isNotEmpty().noneMatch(CheckResult::prevents);
  }

  @Test
  void anEmptyHostGivesAnAnswerForEveryProbe() {
    List<CheckResult> results = Checkup.run(new FakeHost(root).view());

    assertThat(results).hasSameSizeAs(Checkup.probes());
    assertThat(results).allMatch(result -> !result.finding().fact().isEmpty());
    assertThat(results).anyMatch(CheckResult::prevents);
  }

  @Test
  void namesAreUnique() {
    List<String> names = new ArrayList<>();
    for (Probe probe : Checkup.probes()) {
      names.add(probe.name());
    }

    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void whateverTheFilesHoldThereIsAnAnswer() throws Exception {
    for (String garbage :
        new String[] {"", "\n", "\0\0\0", "-1", "x".repeat(100_000), "0 0 0 0\n"}) {
      FakeHost host = FakeHost.complete(root);
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.writeString(file, garbage);
        }
      }

      assertThat(Checkup.run(host.view())).hasSameSizeAs(Checkup.probes());
    }
  }

  @Test
  void directoriesInPlaceOfFilesGiveAnswers() throws Exception {
    FakeHost host = FakeHost.complete(root);
    for (String path : new String[] {"/proc/self/status", "/etc/vz/vz.conf", "/etc/passwd"}) {
      Files.deleteIfExists(host.at(path));
      host.directory(path);
    }

    assertThat(host.ask("root").fact()).contains("/proc/self/status is not a regular file");
    assertThat(host.ask("vz.conf").verdict()).isEqualTo(Verdict.LIMITED);
    assertThat(host.ask("users of the host").verdict()).isEqualTo(Verdict.LIMITED);
  }
}

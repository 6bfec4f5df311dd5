package org.vzj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.RecordedMessages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;

class HostScriptTest {
  @TempDir Path root;
  private final RecordedMessages messages = new RecordedMessages();
  private Container container;

  @BeforeEach
  void makeContainer() throws IOException {
    container = new Container(new CtId(101), new VzPaths(root, root, root));
    Files.createDirectories(container.paths().conf());
  }

  private Path script(String name, String text) throws IOException {
    Path script = container.paths().conf().resolve(name);
    Files.writeString(script, "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @CsvSource({
    "premount,vps.premount,101.premount",
    "mount,vps.mount,101.mount",
    "umount,101.umount,vps.umount",
    "postumount,101.postumount,vps.postumount",
  })
  void upTheGlobalOneIsFirstAndDownTheOwn(String kind, String first, String second)
      throws Exception {
    script(first, "echo $0 1");
    script(second, "echo $0 2");
    HostScript.runAll(container, kind, messages);
    Path conf = container.paths().conf();
    assertThat(messages.output())
        .isEqualTo(conf.resolve(first) + " 1\n" + conf.resolve(second) + " 2\n");
  }

  @Test
  void whatIsMissingIsASuccess() throws Exception {
    HostScript.runAll(container, "mount", messages);
    assertThat(messages.output()).isEmpty();
    assertThat(messages.warned()).isEmpty();
  }

  @Test
  void theEnvironmentIsOpenVzsAndNothingOfOurs() throws Exception {
    script(
        "vps.mount", "/usr/bin/env | grep -v -e ^PWD= -e ^_= -e ^SHLVL= | sort; cat; echo \"$#\"");
    HostScript.runAll(container, "mount", messages);
    assertThat(messages.output())
        .isEqualTo(
            """
            HOME=/
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            TERM=linux
            VEID=101
            VE_CONFFILE=FILE-OF-IT
            0
            """
                .replace("FILE-OF-IT", container.configFile().toString()));
  }

  @Test
  void aFailureEndsTheRow() throws Exception {
    Path first = script("vps.mount", "echo before >&2; exit 5");
    script("101.mount", "echo never");
    assertThatThrownBy(() -> HostScript.runAll(container, "mount", messages))
        .hasMessage("Error executing mount script " + first)
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(79);
    assertThat(messages.output()).isEqualTo("before\n");
  }

  @Test
  void whatCannotBeRunIsAFailureWithItsReason() throws Exception {
    Path script = script("vps.mount", "");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> HostScript.runAll(container, "mount", messages))
        .hasMessage("Error executing mount script " + script);
    assertThat(messages.warned()).singleElement().asString().contains("Permission denied");
  }

  @Test
  void aKilledScriptHasFailed() throws Exception {
    script("vps.mount", "kill -9 $$");
    assertThatThrownBy(() -> HostScript.runAll(container, "mount", messages))
        .isInstanceOf(VzException.class);
  }
}

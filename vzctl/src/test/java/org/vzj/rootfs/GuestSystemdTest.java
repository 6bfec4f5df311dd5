package org.vzj.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.layout.GuestFiles;

class GuestSystemdTest {
  @TempDir private Path area;

  private void program(String directory, String text) throws IOException {
    Path file = Files.createDirectories(area.resolve(directory)).resolve("systemd");
    Files.writeString(file, "\177ELF" + "x".repeat(5000) + text, StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "libc.so.6, 0",
    "libsystemd-shared-231.so, 231",
    "libsystemd-core-257.so libsystemd-shared-257.so, 257",
    "libsystemd-shared-252-46.el9.so, 252",
    "libsystemd-journal.so.0 libsystemd-shared-239.so, 239",
    "libsystemd-shared-, 0",
    "libsystemd-shared-99999999999999999999.so, 0",
    "libsystemd-, 0",
    "libsystemd, 0",
  })
  void theVersionIsInTheNameOfItsLibrary(String names, int version) {
    assertThat(GuestSystemd.version(names.getBytes(StandardCharsets.ISO_8859_1)))
        .isEqualTo(version);
  }

  @Test
  void oldOnesNeedTheOldHierarchy() throws IOException {
    program("lib/systemd", "libc.so.6\0systemd 215\0");
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(area))).isTrue();
  }

  @Test
  void theLastBeforeV2NeedsItToo() throws IOException {
    program("usr/lib/systemd", "libsystemd-shared-231.so\0");
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(area))).isTrue();
  }

  @Test
  void newOnesDoNot() throws IOException {
    program("usr/lib/systemd", "libsystemd-shared-232.so\0");
    Files.createSymbolicLink(area.resolve("lib"), Path.of("usr/lib"));
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(area))).isFalse();
  }

  @Test
  void aSystemWithoutItDoesNot() throws IOException {
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(area))).isFalse();
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(area.resolve("missing")))).isFalse();
  }

  @Test
  void linksOfTheGuestAreNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectories(area.resolve("elsewhere/systemd"));
    Files.writeString(elsewhere.resolve("systemd"), "systemd 215");
    Path guest = area.resolve("guest");
    Files.createDirectories(guest.resolve("usr/lib/systemd"));
    Files.createSymbolicLink(guest.resolve("lib"), area.resolve("elsewhere"));
    Files.createSymbolicLink(
        guest.resolve("usr/lib/systemd/systemd"), elsewhere.resolve("systemd"));
    assertThat(GuestSystemd.needsOldCgroups(GuestFiles.in(guest))).isFalse();
  }
}

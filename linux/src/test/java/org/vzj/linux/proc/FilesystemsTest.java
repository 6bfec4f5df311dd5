package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FilesystemsTest {
  @Test
  void tellsVirtualTypesFromThoseOnDevices() {
    Filesystems known = Filesystems.parse("nodev\tsysfs\nnodev\toverlay\n\text4\n");
    assertThat(known.virtual()).containsExactly("sysfs", "overlay");
    assertThat(known.onDevices()).containsExactly("ext4");
    assertThat(known.contains("ext4")).isTrue();
    assertThat(known.contains("overlay")).isTrue();
    assertThat(known.contains("xfs")).isFalse();
  }
}

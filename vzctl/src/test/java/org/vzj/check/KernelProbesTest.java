package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelProbesTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "5.15.0-139-generic, OK",
    "6.18.44, OK",
    "10.0, OK",
    "5.14.0-503.el9.x86_64, MISSING",
    "4.18.0, MISSING",
    "garbage, LIMITED",
    "6, LIMITED",
    "6.x, LIMITED",
    "99999999999999.1, LIMITED"
  })
  void version(String release, Verdict verdict) {
    assertThat(KernelProbes.version(release).verdict()).isEqualTo(verdict);
  }

  @Test
  void versionsCompareAsNumbers() {
    DottedVersion newer = DottedVersion.parse("6.10.1");

    assertThat(newer).isNotNull().isGreaterThan(new DottedVersion(6, 9));
    assertThat(newer).hasToString("6.10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "6.", ".5", "v6.1"})
  void noVersion(String text) {
    assertThat(DottedVersion.parse(text)).isNull();
  }

  @Test
  void optionsAreFoundAtLineStartsOnly() {
    KernelOptions options =
        new KernelOptions("CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=m\nX_CONFIG_D=y\nCONFIG_E=");

    assertThat(options.of("CONFIG_A")).isEqualTo(KernelOptions.State.BUILT_IN);
    assertThat(options.of("CONFIG_B")).isEqualTo(KernelOptions.State.OFF);
    assertThat(options.of("CONFIG_C")).isEqualTo(KernelOptions.State.MODULE);
    assertThat(options.of("CONFIG_D")).isEqualTo(KernelOptions.State.OFF);
    assertThat(options.of("CONFIG_E")).isEqualTo(KernelOptions.State.OFF);
    assertThat(new KernelOptions("").of("CONFIG_A")).isEqualTo(KernelOptions.State.UNKNOWN);
  }

  @Test
  void configurationIsReadPacked() throws Exception {
    FakeHost host = FakeHost.complete(root);
    pack(host.at("/proc/config.gz"), "CONFIG_MEM_SOFT_DIRTY=y\n");

    assertThat(host.ask("memory tracking").verdict()).isEqualTo(Verdict.OK);
    assertThat(host.ask("quota format").remedy()).isEqualTo("a kernel with CONFIG_QFMT_V2=m");
  }

  @Test
  void configurationIsReadFromBoot() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/boot/config-6.12.41+deb13-amd64", "CONFIG_QFMT_V2=m\n");
    assertThat(host.ask("quota format").fact()).isEqualTo("module quota_v2 is not installed");

    host.file(
        "/lib/modules/6.12.41+deb13-amd64/modules.dep", "kernel/fs/quota/quota_v2.ko.xz: a.ko\n");
    assertThat(host.ask("quota format")).isEqualTo(Finding.ok("module quota_v2"));
    assertThat(host.ask("memory tracking").verdict()).isEqualTo(Verdict.MISSING);
  }

  @Test
  void aReleaseIsNoPath() throws Exception {
    FakeHost host = FakeHost.complete(root);
    host.file("/proc/sys/kernel/osrelease", "6.12/../../etc/vz/vz.conf");

    assertThat(host.view().options().text()).isEmpty();
    assertThat(host.view().hasModule("ext4")).isFalse();
  }

  @Test
  void pressure() throws Exception {
    assertThat(MemoryProbes.pressure("some avg10=0.00\n").verdict()).isEqualTo(Verdict.OK);
    assertThat(MemoryProbes.pressure("").remedy()).contains("psi=1");
    assertThat(MemoryProbes.pressure(null).remedy()).contains("CONFIG_PSI");
    FakeHost host = FakeHost.complete(root).directory("/proc/pressure/memory");
    assertThat(host.ask("pressure figures").remedy()).contains("psi=1");
  }

  @Test
  void samePageMerging() {
    assertThat(MemoryProbes.ksm("1\n").fact()).isEqualTo("running");
    assertThat(MemoryProbes.ksm("0\n").fact()).contains("not running");
    assertThat(MemoryProbes.ksm(null).verdict()).isEqualTo(Verdict.MISSING);
  }

  private static void pack(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}

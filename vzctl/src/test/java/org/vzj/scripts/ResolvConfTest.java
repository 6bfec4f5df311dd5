package org.vzj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.layout.GuestFiles;

@SuppressWarnings("StringConcatToTextBlock") // tabs and returns
class ResolvConfTest {
  private static final Path BEHIND = Path.of("run/systemd/resolve/resolv.conf");

  @TempDir Path root;

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).resolveSibling(""));
    Files.writeString(root.resolve(file), text);
  }

  private ResolvConf read(String text) throws IOException {
    write(Path.of("etc/resolv.conf"), text);
    return ResolvConf.ofHost(root);
  }

  @Test
  void allServersAndTheLastDomains() throws IOException {
    assertThat(
            read(
                "# nameserver 9.9.9.9\nsearch a b\nnameserver\t192.0.2.1 x\r\n"
                    + "options rotate\nnameserver 2001:db8::1\ndomain  c.example\nnameserver\n"))
        .isEqualTo(new ResolvConf(List.of("192.0.2.1", "2001:db8::1"), List.of("c.example")));
    assertThat(read("domain c\nsearch a b\n").domains()).containsExactly("a", "b");
    assertThat(read("")).isEqualTo(new ResolvConf(List.of(), List.of()));
  }

  @Test
  void behindTheHostsOwnLoopbackAreOthers() throws IOException {
    write(BEHIND, "nameserver 192.0.2.9\nsearch real\n");
    assertThat(read("nameserver 127.0.0.53\n"))
        .isEqualTo(new ResolvConf(List.of("192.0.2.9"), List.of("real")));
    assertThat(read("nameserver ::1\nsearch own\n"))
        .isEqualTo(new ResolvConf(List.of("192.0.2.9"), List.of("own")));
    assertThat(read("nameserver 127.0.0.53\nnameserver 192.0.2.1\n").servers())
        .containsExactly("127.0.0.53", "192.0.2.1");
  }

  @Test
  void withoutTheFileThereIsAnError() {
    assertThatThrownBy(() -> ResolvConf.ofHost(root)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void ofAContainerOnlyAPlainFileCounts() throws IOException {
    assertThat(ResolvConf.ofContainer(GuestFiles.in(root))).isNull();
    write(Path.of("etc/resolv.conf"), "nameserver 192.0.2.1\n");
    assertThat(ResolvConf.ofContainer(GuestFiles.in(root)))
        .isEqualTo(new ResolvConf(List.of("192.0.2.1"), List.of()));
    write(Path.of("etc/resolv.conf"), "#".repeat(65_537));
    assertThat(ResolvConf.ofContainer(GuestFiles.in(root))).isNull();
    Path other = Files.writeString(root.resolve("other"), "nameserver 192.0.2.1\n");
    Files.delete(root.resolve("etc/resolv.conf"));
    Files.createSymbolicLink(root.resolve("etc/resolv.conf"), other);
    assertThat(ResolvConf.ofContainer(GuestFiles.in(root))).isNull();
    Files.move(root.resolve("etc"), root.resolve("real"));
    Files.delete(root.resolve("real/resolv.conf"));
    Files.move(other, root.resolve("real/resolv.conf"));
    Files.createSymbolicLink(root.resolve("etc"), root.resolve("real"));
    assertThat(ResolvConf.ofContainer(GuestFiles.in(root))).isNull();
  }
}

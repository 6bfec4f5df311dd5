package org.vzj.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsTest {
  @TempDir Path area = Path.of("");

  private Path descriptor() throws Exception {
    return Files.createFile(
        Files.createDirectory(area.resolve("root.hdd")).resolve("DiskDescriptor.xml"));
  }

  @Test
  void aDirectoryIsSimfs() throws Exception {
    assertThat(Layouts.of(null, area).name()).isEqualTo("simfs");
    assertThat(Layouts.of("simfs", area.resolve("missing")).name()).isEqualTo("simfs");
  }

  @Test
  void whatTheConfigurationSaysIsBelieved() throws Exception {
    descriptor();
    assertThat(Layouts.of("simfs", area).name()).isEqualTo("simfs");
  }

  @Test
  @Tag("root")
  void onlyRootsDescriptorIsBelieved() throws Exception {
    Path descriptor = descriptor();
    assertThat(Layouts.detect(area)).isEqualTo("ploop");
    for (Path path : new Path[] {descriptor, area.resolve("root.hdd"), area}) {
      Files.setAttribute(path, "unix:uid", 100_000);
      assertThat(Layouts.detect(area)).as("%s is a guest's", path).isEqualTo("simfs");
      Files.setAttribute(path, "unix:uid", 0);
    }
    Files.delete(descriptor);
    Files.createSymbolicLink(descriptor, Path.of("/etc/passwd"));
    assertThat(Layouts.detect(area)).isEqualTo("simfs");
  }

  @Test
  void filesThatTheMountShiftsBelongToWhomTheContainerHas() throws Exception {
    int mine = (Integer) Files.getAttribute(area, "unix:uid");
    GuestFiles.Tree tree = new GuestFiles.Tree(area);
    assertThat(tree.owner(area)).isEqualTo(mine);
    assertThat(new GuestFiles.Unshifted(tree, 100_000).owner(area)).isEqualTo(100_000 + mine);
    assertThat(new GuestFiles.Unshifted(tree, 100_000).find()).isEqualTo(area);
  }
}

package org.vzj.template.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/** A file system too small: a tmpfs of 8 MiB and 200 inodes. */
@Tag("root")
class SpaceTest {
  @TempDir Path directory;
  private Path small;

  @BeforeEach
  void mount() throws Exception {
    small = Files.createDirectory(directory.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m,nr_inodes=200", "vztest", small.toString()) == 0,
        "a tmpfs needed");
  }

  @AfterEach
  void umount() throws Exception {
    run("umount", small.toString());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private TemplateException refuse(Path archive, long reserve) throws Exception {
    TemplateException refused =
        catchThrowableOfType(
            TemplateException.class,
            () ->
                new Unpacker(
                        archive,
                        small.resolve("ct.tmp"),
                        UnpackOptions.of(Ownership.asStored()).withReserve(reserve),
                        ProgressListener.NONE)
                    .unpack());
    assertThat(refused.kind()).isEqualTo(Kind.NO_SPACE);
    assertThat(refused.kind().exitCode()).isEqualTo(46);
    assertThat(small).isEmptyDirectory();
    return refused;
  }

  @Test
  void tooLargeByItsSize() throws Exception {
    Path archive = Files.write(directory.resolve("x.tar"), new byte[9 << 20]);
    assertThat(refuse(archive, 0))
        .hasMessage(
            "Insufficient disk space in " + small + "/ct.tmp; available: 8192, needed: 9216");
  }

  @Test
  void tooLargeByTheEndOfAGzip() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(new byte[20 << 20]);
    }
    Path archive = Files.write(directory.resolve("x"), bytes.toByteArray());
    assertThat(refuse(archive, 0)).hasMessageContaining("needed: 20480");
  }

  /** The sum at the end of the file is a lie: only the contents tell. */
  @Test
  void bombThatLies() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] tar =
        new TarBuilder()
            .file("./a", "a".repeat(3 << 20))
            .file("./b", "b".repeat(3 << 20))
            .file("./c", "c".repeat(3 << 20))
            .ended();
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(tar);
    }
    try (OutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(0); // A second member, of one byte.
    }
    Path archive = Files.write(directory.resolve("x"), bytes.toByteArray());
    assertThat(refuse(archive, 0)).hasMessageContaining("Insufficient disk space in");
  }

  @Test
  void reserveIsKept() throws Exception {
    Path archive =
        new TarBuilder().file("./a", "a".repeat(3 << 20)).write(directory.resolve("x.tar"));
    assertThat(refuse(archive, 6 << 20)).hasMessageContaining("available: 2048, needed: 307");
  }

  @Test
  void tooManyEntries() throws Exception {
    TarBuilder tar = new TarBuilder();
    for (int i = 0; i < 300; i++) {
      tar.file("./f" + i, "");
    }
    assertThat(refuse(tar.write(directory.resolve("x.tar")), 0)).hasMessageContaining("inodes");
    TarBuilder deep = new TarBuilder().pax("path", "x/".repeat(300) + "y").file("y", "1");
    assertThat(refuse(deep.write(directory.resolve("y.tar")), 0))
        .hasMessageContaining("No space left on device");
  }

  /** What the file system says is soon not true when others fill it: the kernel says so too. */
  @Test
  void fullWhileWriting() throws Exception {
    Files.write(small.resolve("hog"), new byte[8 << 20]);
    try (SlabPool slabs = new SlabPool();
        org.vzj.linux.file.FileCalls calls = new org.vzj.linux.file.FileCalls()) {
      int fd =
          calls.open(
              org.vzj.linux.file.FileCalls.AT_FDCWD,
              small.toString(),
              org.vzj.linux.file.OpenFlag.PATH,
              0);
      Slab slab = slabs.take();
      FileJob job =
          new FileJob(
              new OpenDirectory(fd),
              "a",
              new Metadata("a", false, 0, 0, 0644, 0, 0, java.util.List.of()),
              java.util.List.of(new TarCursor.Extent(slab, 0, 100_000)),
              100_000);
      TemplateException refused =
          catchThrowableOfType(TemplateException.class, () -> job.run(new Job.Tools(calls, false)));
      assertThat(refused.kind()).isEqualTo(Kind.NO_SPACE);
      assertThat(refused).hasMessage("cannot write a: No space left on device");
    }
  }
}

package org.vzj.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image from another place than it was made in, with its AOT caches whole, missing, damaged and
 * stale: the outcome is always the same, and nothing is said about it.
 */
final class RuntimeImageTest {
  private static final Path IMAGE = Path.of("target/image").toAbsolutePath();

  @TempDir Path directory;
  private Path image;
  private List<Path> caches;

  @BeforeEach
  void copyTheImage() throws IOException {
    image = directory.resolve("elsewhere/lib/vzj");
    caches = List.of(image.resolve("lib/everyday.aot"), image.resolve("lib/vzj.aot"));
    copyTree(IMAGE, image);
  }

  @Test
  void startsFromAnotherPlace() throws Exception {
    assertStarts();
  }

  @Test
  void startsWithoutCache() throws Exception {
    for (Path cache : caches) {
      Files.delete(cache);
    }
    assertStarts();
  }

  @Test
  void startsWithTruncatedCache() throws Exception {
    for (Path cache : caches) {
      try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
        file.setLength(file.length() / 2);
      }
    }
    assertStarts();
  }

  @Test
  void startsWithEmptyCache() throws Exception {
    for (Path cache : caches) {
      Files.write(cache, new byte[0]);
    }
    assertStarts();
  }

  @Test
  void startsWithCacheThatIsNone() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    for (Path cache : caches) {
      Files.write(cache, noise);
    }
    assertStarts();
  }

  @Test
  void startsWithCacheOfOtherJars() throws Exception {
    Path jar = image.resolve("lib/app/vzj-linux.jar");
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    assertStarts();
  }

  @Test
  void leavesForeignJavaOptionsOut() throws Exception {
    Outcome outcome =
        run(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Xmx1k",
                "_JAVA_OPTIONS", "-Xmx1k",
                "JDK_JAVA_OPTIONS", "--no-such-option",
                "JDK_AOT_VM_OPTIONS", "--no-such-option",
                "CLASSPATH", "/nowhere"),
            "vzctl",
            "--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
  }

  @Test
  void passesWordsAndStatusesOn() throws Exception {
    Outcome outcome = run(Map.of("LC_ALL", "C"), "vzctl", "größe");
    assertThat(outcome.err()).contains("größe");
    assertThat(outcome.status()).isEqualTo(20);
  }

  @Test
  void holdsTheNativeLibraryOfZstd() {
    assertThat(image.resolve("lib/libzstd-jni.so")).isRegularFile();
  }

  private void assertStarts() throws Exception {
    Outcome outcome = run(Map.of(), "vzctl", "--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith("vzctl version ");
    assertThat(outcome.status()).isZero();
    Outcome other = run(Map.of(), "vzcheck", "--help");
    assertThat(other.err()).isEmpty();
    assertThat(other.out()).startsWith("Usage: vzctl check");
  }

  private record Outcome(int status, String out, String err) {}

  private Outcome run(Map<String, String> environment, String tool, String word)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(image.resolve("bin").resolve(tool).toString(), word);
    builder.environment().putAll(environment);
    builder.environment().put("VZ_ETC_DIR", directory.resolve("etc").toString());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                StandardCopyOption.COPY_ATTRIBUTES,
                LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

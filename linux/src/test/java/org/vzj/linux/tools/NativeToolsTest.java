package org.vzj.linux.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** vznnc and vzfsync, as they are called. */
class NativeToolsTest {
  private static final Path NATIVE = Path.of("target/native").toAbsolutePath();
  private static final int PATIENCE_SECONDS = 60;

  private final List<Process> started = new ArrayList<>();
  private final Path directory;

  NativeToolsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void endWhatIsLeft() {
    for (Process process : started) {
      process.destroyForcibly();
    }
  }

  private Process start(String tool, String... words) throws IOException {
    List<String> argv = new ArrayList<>();
    argv.add(NATIVE.resolve(tool).toString());
    argv.addAll(List.of(words));
    Process process = new ProcessBuilder(argv).directory(directory.toFile()).start();
    started.add(process);
    return process;
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String text(java.io.InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Socket connect(int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (ConnectException e) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.sleep(20);
      }
    }
  }

  @Test
  void listensAndGivesTheConnectionToAProgram() throws Exception {
    int port = freePort();
    Process process =
        start("vznnc", "-l", "-p", "" + port, "--", "sh", "-c", "read x; echo \"got $x\"; exit 7");
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write("this\n".getBytes(StandardCharsets.UTF_8));
      assertThat(text(socket.getInputStream())).isEqualTo("got this\n");
    }
    assertThat(status(process)).isEqualTo(7);
    assertThat(text(process.getInputStream())).isEmpty();
  }

  @Test
  void connectsAndGivesADescriptorAlone() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start(
              "vznnc",
              "-c",
              "-p",
              "" + server.getLocalPort(),
              "-f",
              "9",
              "sh",
              "-c",
              "echo there >&9; echo here");
      try (Socket socket = server.accept()) {
        assertThat(text(socket.getInputStream())).isEqualTo("there\n");
      }
      assertThat(text(process.getInputStream())).isEqualTo("here\n");
      assertThat(status(process)).isZero();
    }
  }

  @Test
  void endsWhenWhoStartedItIsGone() throws Exception {
    Process process = start("vznnc", "-l", "-p", "" + freePort(), "true");
    process.getOutputStream().close();
    assertThat(status(process)).isEqualTo(220);
    assertThat(text(process.getErrorStream())).isEqualTo("vznnc: broken pipe!\n");
  }

  @Test
  void tellsOfWhatFails() throws Exception {
    int port = freePort();
    Process refused = start("vznnc", "-c", "-p", "" + port, "true");
    assertThat(status(refused)).isEqualTo(220);
    assertThat(text(refused.getErrorStream())).isEqualTo("vznnc: connect(): Connection refused\n");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process missing = start("vznnc", "-c", "-p", "" + server.getLocalPort(), "./none");
      assertThat(status(missing)).isEqualTo(127);
      assertThat(text(missing.getErrorStream()))
          .isEqualTo("vznnc: execvp(): No such file or directory\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-l -c -p 1 true | options -l and -c are exclusive",
        "-p 1 true | either -l or -c is required",
        "-l true | option -p is required",
        "-l -p 65536 true | option -p needs a port, 0 to 65535",
        "-l -p x true | option -p needs a port, 0 to 65535",
        "-l -p 1 -f -3 true | option -f needs a descriptor's number",
      })
  void refusesWrongCalls(String words, String message) throws Exception {
    Process process = start("vznnc", words.split(" "));
    assertThat(status(process)).isEqualTo(1);
    assertThat(text(process.getErrorStream()))
        .isEqualTo(
            "vznnc: " + message + "\nUsage: vznnc {-l|-c} -p PORT [-f FD] [--] CMD [arg ...]\n");
  }

  @ParameterizedTest
  @CsvSource({"-s", "--sync", "-d", "--datasync", "-n", "--dontneed", "-sn", "-d -n"})
  void syncsFiles(String options) throws Exception {
    Files.writeString(directory.resolve("a"), "text");
    Files.writeString(directory.resolve("b"), "text");
    Process process = start("vzfsync", (options + " a b").split(" "));
    assertThat(status(process)).isZero();
    assertThat(text(process.getErrorStream())).isEmpty();
  }

  @Test
  void tellsWhichFileFailed() throws Exception {
    Files.writeString(directory.resolve("a"), "text");
    Process process = start("vzfsync", "-s", "none", "a");
    assertThat(status(process)).isEqualTo(2);
    assertThat(text(process.getErrorStream()))
        .isEqualTo("Can't open none: No such file or directory\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-s -d a | Options -s and -d can't be used together",
        "a | No options given",
      })
  void refusesWrongSyncs(String words, String message) throws Exception {
    Process process = start("vzfsync", words.split(" "));
    assertThat(status(process)).isEqualTo(1);
    assertThat(text(process.getErrorStream()))
        .startsWith(message + "\nUsage: vzfsync {-s|-d} [-n] file");
    assertThat(status(start("vzfsync", "-h"))).isZero();
    assertThat(status(start("vzfsync"))).isZero();
    assertThat(status(start("vzfsync", "-x"))).isEqualTo(1);
  }
}

package org.vzj.cli.tools;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vzj.cli.Session;

/** Calls tools in a temporary directory, where /etc/vz, /run/vz and /proc are below. */
final class Caller {
  /** What a run left; the directory is /t. */
  record Result(int status, String out, String err) {}

  private final Path top;
  private String input = "";

  Caller(Path top) throws IOException {
    this.top = top;
    Files.createDirectories(top.resolve("etc/conf"));
    Files.createDirectories(top.resolve("etc/names"));
    Files.createDirectories(top.resolve("run"));
    write("etc/vz.conf", "DISK_QUOTA=no\nVE_PRIVATE=" + top + "/$VEID\n");
    write("proc/self/mountinfo", "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n");
    write("proc/meminfo", "MemTotal: 4194304 kB\nSwapTotal: 2097152 kB\n");
    write("proc/sys/kernel/threads-max", "31000\n");
  }

  Path path(String name) {
    return top.resolve(name);
  }

  Caller write(String name, String content) throws IOException {
    Path file = top.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  String read(String name) throws IOException {
    return Files.readString(top.resolve(name));
  }

  Caller typing(String text) {
    input = text;
    return this;
  }

  Result run(ToolTable.Tool tool, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8)) {
      Session session =
          new Session(
              List.of(arguments),
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              outStream,
              errStream,
              Map.of(
                  "VZ_ETC_DIR",
                  path("etc").toString(),
                  "VZ_RUN_DIR",
                  path("run").toString(),
                  "VZ_STATE_DIR",
                  path("state").toString()),
              top,
              false);
      int status = tool.run(session);
      outStream.flush();
      errStream.flush();
      return new Result(status, text(out), text(err));
    }
  }

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(top.toString(), "/t");
  }
}

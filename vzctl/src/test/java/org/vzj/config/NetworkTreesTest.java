package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the scripts write, for a small root of each distribution. A file in the resources has the
 * files of the root before, and after each step those that have changed. Each step is done twice.
 *
 * <p>The scripts see the root's /etc in place of the machine's, in a mount namespace of their own,
 * and no programs but a few.
 */
@Tag("root")
class NetworkTreesTest {
  private static final Path SCRIPTS = Path.of("../etc-sysconfig-vz/dists/scripts");
  private static final Path TREES = Path.of("src/test/resources/dists");
  private static final String ENTER =
      "/usr/bin/mount --bind \"$0/etc\" /etc && /usr/bin/mount --bind \"$0/run\" /run && exec \"$@\"";

  /** Of each step of a file its name, the script, and its variables. */
  private static final String[][] STEPS = {
    {"start with 10.0.0.1", "add_ip", "VE_STATE=starting", "IP_ADDR=10.0.0.1"},
    {
      "start with several",
      "add_ip",
      "VE_STATE=starting",
      "IP_ADDR=10.0.0.1 10.0.0.2/24 2001:db8::1 2001:db8::2/64",
      "IPV6=yes"
    },
    {"add 10.0.0.3/16", "add_ip", "VE_STATE=running", "IP_ADDR=10.0.0.3/16", "IPV6=yes"},
    {
      "delete 10.0.0.1 2001:db8::1",
      "del_ip",
      "VE_STATE=running",
      "IP_ADDR=10.0.0.1 2001:db8::1",
      "IPV6=yes"
    },
    {
      "replace all", "add_ip", "VE_STATE=running", "IP_ADDR=2001:db8::9", "IPDELALL=yes", "IPV6=yes"
    },
    {"delete all", "del_ip", "VE_STATE=running", "IP_ADDR=2001:db8::9", "IPDELALL=yes", "IPV6=yes"},
    {"name servers", "set_dns", "NAMESERVER=192.0.2.1 2001:db8::53"},
    {"search domains", "set_dns", "SEARCHDOMAIN=example.org example.net"},
    {
      "host name", "set_hostname", "VE_STATE=starting", "HOSTNM=web.example.org", "IP_ADDR=10.0.0.1"
    },
  };

  @TempDir Path root;

  static List<String> trees() throws IOException {
    try (Stream<Path> files = Files.list(TREES)) {
      return files.map(f -> f.getFileName().toString().replace(".txt", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("trees")
  void isAsTheFileSays(String name) throws Exception {
    String golden = Files.readString(TREES.resolve(name + ".txt"));
    int before = golden.indexOf(">>> before\n");
    String head = golden.substring(0, before);
    String rest = golden.substring(before + ">>> before\n".length());
    String files = rest.substring(0, rest.indexOf(">>> "));
    prepare(files);
    List<String> shell = new ArrayList<>();
    for (String line : head.split("\n", -1)) {
      if (line.startsWith("shell ")) {
        shell.addAll(List.of(line.substring("shell ".length()).split(" ", -1)));
      }
    }
    assumeTrue(Files.isExecutable(Path.of(shell.getFirst())), "there is no " + shell);
    StringBuilder found = new StringBuilder(head + ">>> before\n" + files);
    Map<String, String> last = tree();
    for (String[] step : STEPS) {
      assertThat(run(shell, step)).as(step[0]).isEqualTo("status 0");
      Map<String, String> now = tree();
      assertThat(run(shell, step)).as(step[0]).isEqualTo("status 0");
      assertThat(tree()).as("after " + step[0] + ", done again").isEqualTo(now);
      found.append(">>> ").append(step[0]).append('\n').append(difference(last, now));
      last = now;
    }
    assertThat(found.toString()).isEqualTo(golden);
  }

  private void prepare(String files) throws IOException {
    Path bin = Files.createDirectories(root.resolve("bin"));
    for (String tool : List.of("cat", "chmod", "ln", "mkdir", "readlink", "rm", "rmdir")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin").resolve(tool));
    }
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("run"));
    StringBuilder text = new StringBuilder();
    Path file = null;
    for (String line : files.split("\n", -1)) {
      if (line.startsWith("== ") && file != null) {
        Files.writeString(file, text);
        file = null;
      }
      if (!line.startsWith("== ")) {
        text.append(line).append(line.isEmpty() && file == null ? "" : "\n");
        continue;
      }
      text.setLength(0);
      String[] words = line.substring(3).split(" -> ", -1);
      Path path = root.resolve(words[0]);
      Files.createDirectories(path.resolveSibling(""));
      if (words.length == 2) {
        Files.createSymbolicLink(path, Path.of(words[1]));
      } else if (words[0].endsWith("/")) {
        Files.createDirectories(path);
      } else {
        file = path;
      }
    }
    if (file != null) {
      // What follows the last line end is no line.
      Files.writeString(file, text.substring(0, text.length() - 1));
    }
  }

  private String run(List<String> shell, String[] step) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("/usr/bin/unshare", "--mount", "--uts", "/bin/sh", "-c", ENTER, "" + root));
    command.addAll(shell);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", root.resolve("bin").toString());
    for (int i = 2; i < step.length; i++) {
      int equals = step[i].indexOf('=');
      builder.environment().put(step[i].substring(0, equals), step[i].substring(equals + 1));
    }
    String text = Files.readString(SCRIPTS.resolve("functions")) + "\n";
    if (step[1].endsWith("_ip")) {
      text += Files.readString(SCRIPTS.resolve("functions-ip")) + "\n";
    }
    text += Files.readString(SCRIPTS.resolve(step[1] + ".sh"));
    Process process = builder.start();
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "status " + process.waitFor();
  }

  /** What is below the root's /etc, by its path: mode and content, or where a link leads. */
  private Map<String, String> tree() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root.resolve("etc"))) {
      for (Path path : paths.toList()) {
        String name = root.relativize(path).toString();
        if (Files.isSymbolicLink(path)) {
          found.put(name, " -> " + Files.readSymbolicLink(path) + "\n");
        } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          boolean open =
              Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
          found.put(name, (open ? "" : " 600") + "\n" + Files.readString(path));
        }
      }
    }
    return found;
  }

  private static String difference(Map<String, String> before, Map<String, String> after) {
    Map<String, String> all = new TreeMap<>(before);
    all.putAll(after);
    StringBuilder out = new StringBuilder();
    for (String path : all.keySet()) {
      String now = after.get(path);
      if (now == null) {
        out.append("== ").append(path).append(" gone\n");
      } else if (!now.equals(before.get(path))) {
        out.append("== ").append(path).append(now);
      }
    }
    return out.toString();
  }
}

package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the shell text as it is run in containers: on the standard input of different shells. */
@SuppressWarnings("StringConcatToTextBlock") // where line ends matter
class DistributionScriptsTest {

  private static final Path SCRIPTS = Path.of("../etc-sysconfig-vz/dists/scripts");
  private static final Path BUSYBOX = Path.of("/usr/bin/busybox");

  @TempDir Path root;

  private record Result(int status, String output) {}

  private static Result run(List<String> command, String input, String... environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    for (int i = 0; i < environment.length; i += 2) {
      builder.environment().put(environment[i], environment[i + 1]);
    }
    Process process = builder.start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static String withFunctions(String script) throws IOException {
    return Files.readString(SCRIPTS.resolve("functions")) + "\n" + script;
  }

  private Result shell(String shell, String script) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    assumeTrue(Files.isExecutable(Path.of(command.get(0))), "there is no " + command.get(0));
    return run(command, withFunctions("F='" + root.resolve("file") + "'\n" + script));
  }

  private String changed(String shell, String before, String script) throws Exception {
    Path file = Files.writeString(root.resolve("file"), before);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(shell(shell, script)).isEqualTo(new Result(0, ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    try (var entries = Files.list(root)) {
      assertThat(entries.count()).isEqualTo(1);
    }
    return Files.readString(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/dash", "/usr/bin/busybox sh"})
  void parametersInFiles(String shell) throws Exception {
    String before = "# A=x\nA=1\nB=\"x y\"\nA=2\nC=3";
    assertThat(changed(shell, before, "put_param \"$F\" A 'n e$w\\'"))
        .isEqualTo("# A=x\nA=\"n e$w\\\"\nB=\"x y\"\nC=3\n");
    assertThat(changed(shell, before, "put_param \"$F\" D ''")).isEqualTo(before + "\nD=\"\"\n");
    assertThat(changed(shell, "B=\"x y\"\n", "add_param \"$F\" B z; add_param \"$F\" B x"))
        .isEqualTo("B=\"y z x\"\n");
    assertThat(changed(shell, "", "add_param \"$F\" B '*'")).isEqualTo("B=\"*\"\n");
    assertThat(changed(shell, "B='x y'\n", "del_param \"$F\" B x")).isEqualTo("B=\"y\"\n");
    assertThat(changed(shell, "B=x\n", "del_param \"$F\" B")).isEqualTo("B=\"\"\n");
    assertThat(changed(shell, "C=1\n", "del_param \"$F\" B x")).isEqualTo("C=1\n");
    assertThat(changed(shell, "nameserver a\n", "put_param2 \"$F\" nameserver b"))
        .isEqualTo("nameserver b\n");
    assertThat(changed(shell, "", "put_param3 \"$F\" X a; add_param3 \"$F\" X b"))
        .isEqualTo("X=( \"a\" \"b\" )\n");
    assertThat(changed(shell, "X=( \"a\" \"b\" )\n", "del_param3 \"$F\" X a"))
        .isEqualTo("X=( \"b\" )\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/bash", "/usr/bin/dash", "/usr/bin/busybox sh"})
  void hostsAndInterfaces(String shell) throws Exception {
    String mark = "# Auto-generated hostname. Please do not remove this comment.\n";
    String once =
        changed(
            shell,
            "127.0.0.1\tlocalhost\n# mine\n10.0.0.9 other",
            "change_hostname \"$F\" a.b.c 10.0.0.1");
    assertThat(once)
        .isEqualTo(
            mark
                + "10.0.0.1 a.b.c a\n127.0.0.1\tlocalhost\n# mine\n10.0.0.9 other\n"
                + "::1 localhost.localdomain localhost\n");
    assertThat(changed(shell, once, "change_hostname \"$F\" d ''"))
        .isEqualTo(once.replace("10.0.0.1 a.b.c a", "127.0.1.1 d"));
    assertThat(
            changed(
                shell,
                "auto lo\niface lo inet loopback\n\nauto venet0\niface venet0 inet manual\n\tup x\n"
                    + "auto eth0\niface eth0 inet dhcp\n",
                "remove_debian_interface venet0 \"$F\""))
        .isEqualTo("auto lo\niface lo inet loopback\n\nauto eth0\niface eth0 inet dhcp\n");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1,10.0.0.1 32 255.255.255.255 ",
    "10.0.0.1/24,10.0.0.1 24 255.255.255.0 ",
    "10.0.0.1/0,10.0.0.1 0 0.0.0.0 ",
    "10.0.0.1/19,10.0.0.1 19 255.255.224.0 ",
    "2001:db8::1,2001:db8::1 128  yes",
    "2001:db8::1/64,2001:db8::1 64  yes",
  })
  void addresses(String address, String parts) throws Exception {
    for (String shell : List.of("/bin/bash", "/bin/sh")) {
      Result result =
          shell(shell, "ip_conv " + address + "; echo \"$_IP $_MASK $_NETMASK $_IPV6ADDR\"");
      assertThat(result.output().strip()).isEqualTo(parts.strip());
    }
  }

  @Test
  void errorsNameTheScript() throws Exception {
    assertThat(shell("/bin/sh", "SELFNAME=x; error 'no way' \"$VZ_CHANGEPASS\""))
        .isEqualTo(new Result(74, "x ERROR: no way\n"));
  }

  /** In a root of its own with nothing but busybox; its own UTS namespace protects the host. */
  private Result inRoot(String hostName, String address) throws Exception {
    assumeTrue(Files.isExecutable(BUSYBOX), "there is no busybox");
    Path bin = Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(Files.createDirectories(root.resolve("dev")).resolve("null"), "");
    if (!Files.exists(bin.resolve("busybox"))) {
      Files.copy(BUSYBOX, bin.resolve("busybox"));
      for (String tool : List.of("sh", "cat", "rm", "hostname")) {
        Files.createSymbolicLink(bin.resolve(tool), Path.of("busybox"));
      }
    }
    return run(
        List.of("unshare", "--uts", "chroot", root.toString(), "/bin/sh"),
        withFunctions(Files.readString(SCRIPTS.resolve("set_hostname.sh")))
            .replace("\nexit 0\n", "\nhostname\nexit 0\n"),
        "HOSTNM",
        hostName,
        "IP_ADDR",
        address,
        "VE_STATE",
        "starting");
  }

  @Tag("root")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "etc/hostname|old|web|web",
        "etc/none|x|web|web",
        "etc/HOSTNAME|old|web|web.example.org",
        "etc/sysconfig/network|NETWORKING=yes|web.example.org|NETWORKING=yes/HOSTNAME=\"web.example.org\"",
        "etc/conf.d/hostname|hostname=\"localhost\"|web|hostname=\"web\"",
        "etc/rc.conf|HOSTNAME=\"x\"|web|HOSTNAME=\"web\"",
      })
  void writesTheHostNameWhereItBelongs(String path, String before, String kernel, String after)
      throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(file, before + "\n");
    for (int time = 0; time < 2; time++) {
      assertThat(inRoot("web.example.org", "10.0.0.1/24")).isEqualTo(new Result(0, kernel + "\n"));
      Path written = path.equals("etc/none") ? root.resolve("etc/hostname") : file;
      assertThat(Files.readString(written)).isEqualTo(after.replace('/', '\n') + "\n");
      assertThat(root.resolve("etc/hosts"))
          .hasContent(
              """
              # Auto-generated hostname. Please do not remove this comment.
              10.0.0.1 web.example.org web
              127.0.0.1 localhost.localdomain localhost
              ::1 localhost.localdomain localhost
              """);
    }
  }

  @Tag("root")
  @Test
  void withoutANameNothingIsDone() throws Exception {
    assertThat(inRoot("", "").status()).isZero();
    assertThat(root.resolve("etc/hostname")).doesNotExist();
    assertThat(root.resolve("etc/hosts")).doesNotExist();
  }

  @Tag("root")
  @Test
  void aNameIsNeverRunByTheShell() throws Exception {
    assertThat(inRoot("a$(echo x >/pwned)`echo x >/pwned`;>/pwned", "").status()).isZero();
    assertThat(root.resolve("pwned")).doesNotExist();
  }
}

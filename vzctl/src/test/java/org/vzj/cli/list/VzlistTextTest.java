package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows and columns are printed, and how. */
class VzlistTextTest {
  private final FakeHost host;

  VzlistTextTest(@TempDir Path top) throws IOException {
    host = new FakeHost(top);
  }

  private void theExample() throws IOException {
    host.running(101, 60, "IP_ADDRESS=\"10.0.0.1\"", "HOSTNAME=\"web1.example.com\"");
    host.stopped(102, "ONBOOT=\"no\"");
  }

  @Test
  void printsTheDefaultColumns() throws IOException {
    theExample();

    assertThat(host.text("-a"))
        .isEqualTo(
            """
                  CTID      NPROC STATUS    IP_ADDR         HOSTNAME
                   101         23 running   10.0.0.1        web1.example.com
                   102          - stopped   -               -
            """);
  }

  @Test
  void listsRunningContainersUnlessAskedForMore() throws IOException {
    theExample();

    assertThat(host.text("-1")).isEqualTo("       101\n");
    assertThat(host.text("-1a")).isEqualTo("       101\n       102\n");
    assertThat(host.text("-1", "--stopped")).isEqualTo("       102\n");
    assertThat(host.text("-1", "-S", "-a")).isEqualTo("       102\n");
  }

  @Test
  void listsNamedContainersInAnyState() throws IOException {
    theExample();
    host.name("db", 102);

    assertThat(host.text("-1", "102")).isEqualTo("       102\n");
    assertThat(host.text("-1", "102", "101", "db")).isEqualTo("       101\n       102\n");
    assertThat(host.text("-1", "-S", "101", "102")).isEqualTo("       102\n");
    assertThat(host.text("-1", "102", "999")).isEqualTo("       102\n");
  }

  @Test
  void hidesAStoppedContainerWithoutPrivateArea() throws IOException {
    theExample();
    host.configured(103);
    host.configured(0);

    assertThat(host.text("-1a")).isEqualTo("       101\n       102\n");
    assertThat(host.text("-a", "103", "-o", "ctid")).isEqualTo("      CTID\n");
    host.stopped(0);
    assertThat(host.text("-1a")).startsWith("         0\n       101\n");
  }

  @Test
  void showsARunningContainerWithoutConfiguration() throws IOException {
    host.running(101, 60);
    java.nio.file.Files.delete(host.path("etc/conf/101.conf"));

    assertThat(host.text("-H")).isEqualTo("       101         23 running   -               -\n");
  }

  @Test
  void doesNotTakeAnotherProcessForInit() throws IOException {
    host.running(101, 60).stopped(101);
    assertThat(host.text("-Ho", "status", "101")).isEqualTo("running\n");

    host.process(5101, 'Z', (1_000_000 - 60) * 100L);
    assertThat(host.text("-Ho", "status", "101")).isEqualTo("stopped\n");
    host.process(5101, 'S', 12345);
    assertThat(host.text("-Ho", "status", "101")).isEqualTo("stopped\n");
    host.write("run/101/init", "garbage");
    assertThat(host.text("-Ho", "status", "101")).isEqualTo("stopped\n");
  }

  @Test
  void tellsMountedAndSuspended() throws IOException {
    host.stopped(101).stopped(102).stopped(103, "VE_ROOT=/mnt/a b/$VEID");
    host.write("dump/Dump.101/inventory.img", "").write("dump/Dump.102", "");
    host.write(
        "proc/self/mountinfo",
        "30 1 0:30 / "
            + host.path("root/102")
            + " rw - ext4 x rw\n31 1 0:31 / /mnt/a\\040b/103 rw - ext4 x rw\n");

    assertThat(host.text("-aHo", "veid,status"))
        .isEqualTo("       101 suspended\n       102 mounted\n       103 mounted\n");
  }

  @Test
  void cutsLongValuesExceptInTheLastColumn() throws IOException {
    String name = "a-host-name-that-is-longer-than-thirty-two.example.com";
    host.stopped(
        101, "HOSTNAME=" + name, "IP_ADDRESS=\"10.0.0.1/24 10.0.0.2 2001:db8::1234:5678:9abc\"");

    assertThat(host.text("-aHo", "hostname,status"))
        .isEqualTo("a-host-name-that-is-longer-than- stopped\n");
    assertThat(host.text("-aHt", "-o", "hostname,status")).isEqualTo(name + " stopped\n");
    assertThat(host.text("-aHo", "status,hostname")).isEqualTo("stopped   " + name + "\n");
    assertThat(host.text("-aHo", "ip,status")).isEqualTo("10.0.0.1        stopped\n");
    assertThat(host.text("-aH", "--no-trim", "-o", "ip,status"))
        .isEqualTo("10.0.0.1 10.0.0.2 2001:db8::1234:5678:9abc stopped\n");
    assertThat(host.text("-aHo", "ip")).isEqualTo("10.0.0.1 10.0.0.2 2001:db8::1234:5678:9abc\n");
  }

  @Test
  void neverCutsANumber() throws IOException {
    host.stopped(101, "PHYSPAGES=0:unlimited", "HOSTNAME=x");

    assertThat(host.text("-ao", "physpages.b,physpages.l,hostname"))
        .isEqualTo("   PHYSP.B    PHYSP.L HOSTNAME\n         0 9223372036854775807 x\n");
  }

  @Test
  void countsCharactersNotBytes() throws IOException {
    host.stopped(101, "DESCRIPTION=\"Büro 🐧 日本\"").stopped(102, "DESCRIPTION=" + "ü".repeat(40));

    assertThat(host.text("-aHo", "description,ctid"))
        .isEqualTo(
            "Büro 🐧 日本                               101\n" + "ü".repeat(32) + "        102\n");
  }

  @Test
  void choosesColumns() throws IOException {
    theExample();
    host.name("web", 101);
    host.running(101, 60, "NAME=web", "HOSTNAME=h1");

    assertThat(host.text("-n"))
        .isEqualTo(
            """
             SMARTNAME      NPROC STATUS    IP_ADDR         HOSTNAME
                   web         23 running   -               h1
            """);
    assertThat(host.text("-o", "name", "-n", "-o", "ctid,hostname"))
        .isEqualTo("      CTID HOSTNAME\n       101 h1\n");
    assertThat(host.text("-o", "name", "-1")).isEqualTo("       101\n");
    assertThat(host.text("-1", "-o", "hostname,hostname"))
        .isEqualTo("h1                               h1\n");
  }

  @Test
  void filtersByPatterns() throws IOException {
    host.stopped(101, "HOSTNAME=web1.example.com", "NAME=web1", "DESCRIPTION=\"the shop\"");
    host.stopped(102, "HOSTNAME=web2.example.com", "NAME=web2");
    host.stopped(103, "DESCRIPTION=\"the mail\"");
    host.name("web1", 101);

    assertThat(host.text("-1a", "-h", "web?.*")).isEqualTo("       101\n       102\n");
    assertThat(host.text("-1a", "--hostname=*", "-d", "the*")).isEqualTo("       101\n");
    assertThat(host.text("-1a", "-N", "web*")).isEqualTo("       101\n");
    assertThat(host.text("-1a", "-d", "*m*")).isEqualTo("       103\n");
    assertThat(host.text("-a", "-h", "nothing", "-o", "ctid")).isEqualTo("      CTID\n");
  }

  @Test
  void keepsATerminalSafe() throws IOException {
    host.stopped(
        101,
        "HOSTNAME=\"\u001b]0;owned\u0007x\r\"",
        "DESCRIPTION=\"a\u001b[2J\u009bb\u202ec\"",
        "OSTEMPLATE=\"a",
        "b\"",
        "IP_ADDRESS=\"1\u001b[31m 2\u007f\"",
        "NAMESERVER=\"\u001b[1m\"");

    String text = host.text("-aHt", "-o", "hostname,description,ostemplate,ip,nameserver");

    assertThat(text).doesNotMatch("(?s).*[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e].*");
    assertThat(text).hasLineCount(1).contains("?]0;owned?x", "a?[2J?b?c", "a?b", "1?[31m 2?");
  }

  @Test
  void showsLatin1AsText() throws IOException {
    host.stopped(101);
    host.write("etc/conf/101.conf", "HOSTNAME=B\u00fcro\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(host.text("-aHo", "hostname")).isEqualTo("B\u00fcro\n");
  }

  @Test
  void survivesBrokenConfigurations() throws IOException {
    host.stopped(101, "HOSTNAME", "=", "\"", "NUMPROC=x:y", "CPUUNITS=many", "DISKSPACE=\"1:2:3\"");
    host.write("etc/conf/102.conf", new byte[] {0, 1, 2, '=', (byte) 0xff, '"', '\n'});
    host.write("private/102/x", "");
    host.path("etc/conf/103.conf").toFile().mkdir();
    host.write("private/103/x", "");

    assertThat(host.text("-aHo", "ctid,hostname,numproc.b,cpuunits,diskspace.s"))
        .isEqualTo(
            """
                   101 -                                         0       -          -
                   102 -                                         0       -          -
                   103 -                                         0       -          -
            """);
  }

  @Test
  void listsManyInOrder() throws IOException {
    for (int id = 1500; id > 1000; id--) {
      host.stopped(id, "HOSTNAME=h" + id);
    }

    assertThat(host.text("-1a").lines().map(String::strip).map(Integer::valueOf))
        .hasSize(500)
        .isSorted();
    assertThat(host.text("-aH", "-s", "-hostname").lines().findFirst().orElse(""))
        .isEqualTo("      1500          - stopped   -               h1500");
  }
}

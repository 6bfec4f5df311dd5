package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field: its place in the list, its heading, its value. */
class VzlistFieldsTest {
  private static final String[] COUNTERS = {
    "kmemsize KMEMSIZE", "lockedpages LOCKEDP", "privvmpages PRIVVMP", "shmpages SHMP",
    "numproc NPROC", "physpages PHYSP", "vmguarpages VMGUARP", "oomguarpages OOMGUARP",
    "numtcpsock NTCPSOCK", "numflock NFLOCK", "numpty NPTY", "numsiginfo NSIGINFO",
    "tcpsndbuf TCPSNDB", "tcprcvbuf TCPRCVB", "othersockbuf OTHSOCKB", "dgramrcvbuf DGRAMRB",
    "numothersock NOTHSOCK", "dcachesize DCACHESZ", "numfile NFILE", "numiptent NIPTENT",
    "swappages SWAPP"
  };

  private final FakeHost host;

  VzlistFieldsTest(@TempDir Path top) throws IOException {
    host = new FakeHost(top);
  }

  @Test
  void areListedInTheirOrder() {
    List<String> expected = new ArrayList<>();
    for (String field :
        List.of(
            "ctid CTID",
            "veid CTID",
            "vpsid CTID",
            "private PRIVATE",
            "root ROOT",
            "mount_opts MOUNT_OPTS",
            "origin_sample ORIGIN_SAMPLE",
            "hostname HOSTNAME",
            "name NAME",
            "smart_name SMARTNAME",
            "description DESCRIPTION",
            "ostemplate OSTEMPLATE",
            "ip IP_ADDR",
            "nameserver NAMESERVER",
            "searchdomain SEARCHDOMAIN",
            "status STATUS")) {
      expected.add(field);
    }
    for (String counter : COUNTERS) {
      String[] words = counter.split(" ", -1);
      expected.add(counter);
      for (String part : new String[] {"m", "b", "l", "f"}) {
        expected.add(
            words[0] + "." + part + " " + words[1] + "." + part.toUpperCase(java.util.Locale.ROOT));
      }
    }
    expected.addAll(
        List.of(
            "diskspace DSPACE",
            "diskspace.s DSPACE.S",
            "diskspace.h DSPACE.H",
            "diskinodes DINODES",
            "diskinodes.s DINODES.S",
            "diskinodes.h DINODES.H",
            "laverage LAVERAGE",
            "uptime UPTIME",
            "cpulimit CPULIM",
            "cpuunits CPUUNI",
            "cpus CPUS",
            "ioprio IOP",
            "iolimit IOLIMIT",
            "iopslimit IOPS",
            "onboot ONBOOT",
            "bootorder BOOTORDER",
            "layout LAYOUT",
            "features FEATURES",
            "vswap VSWAP",
            "disabled DISABL",
            "vm_overcommit VM_OVC",
            "netfilter NETFILTER",
            "capability CAPABILITY",
            "cpu_pressure CPU_PR",
            "mem_pressure MEM_PR",
            "io_pressure IO_PR"));
    StringBuilder text = new StringBuilder();
    for (String line : expected) {
      String[] words = line.split(" ", -1);
      text.append("%-15s %-15s\n".formatted(words[0], words[1]));
    }

    assertThat(host.text("-L")).isEqualTo(text.toString());
  }

  /** Two lines, as vzlist prints them for a stopped container, with the field between bars. */
  private String column(String field) {
    return host.text("-ato", field + ",layout").replace(" LAYOUT\n", "|").replace(" simfs\n", "|");
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      quoteCharacter = '`',
      delimiter = '>',
      value = {
        "ctid>      CTID|       101|",
        "mount_opts>MOUNT_OPTS      |-               |",
        "origin_sample>                   ORIGIN_SAMPLE|-                               |",
        "name>NAME                            |-                               |",
        "smart_name> SMARTNAME|       101|",
        "ostemplate>OSTEMPLATE                      |-                               |",
        "nameserver>NAMESERVER     |-              |",
        "searchdomain>SEARCHDOMAIN   |-              |",
        "status>STATUS   |stopped  |",
        "kmemsize>  KMEMSIZE|         -|",
        "kmemsize.m>KMEMSIZE.M|         -|",
        "kmemsize.b>KMEMSIZE.B|         0|",
        "swappages.l>   SWAPP.L|         0|",
        "numfile.f>   NFILE.F|         -|",
        "diskspace>    DSPACE|         -|",
        "diskinodes.s> DINODES.S|         -|",
        "laverage>      LAVERAGE|             -|",
        "uptime>         UPTIME|              -|",
        "cpulimit> CPULIM|      -|",
        "cpuunits> CPUUNI|      -|",
        "cpus> CPUS|    -|",
        "ioprio>IOP|  -|",
        "iolimit>   IOLIMIT|         -|",
        "iopslimit>IOPS|   -|",
        "onboot>ONBOOT|     -|",
        "bootorder> BOOTORDER|         -|",
        "layout>LAYOUT|simfs |",
        "features>FEATURES       |-              |",
        "vswap>VSWAP|   no|",
        "disabled>DISABL|    no|",
        "vm_overcommit>VM_OVC|     -|",
        "netfilter>NETFILTER|(null)   |",
        "capability>CAPABILITY     |               |",
        "io_pressure> IO_PR|     -|",
      })
  void havePlaceAndHeadingWithoutValue(String field, String expected) throws IOException {
    host.stopped(101);

    assertThat(column(field)).isEqualTo(expected);
  }

  @Test
  void showPathsAtTheLeft() throws IOException {
    host.running(101, 1, "VE_PRIVATE=/p/$VEID", "VE_ROOT=/r");

    assertThat(host.text("-o", "private,root,ctid"))
        .isEqualTo(
            """
            PRIVATE                          ROOT                                   CTID
            /p/101                           /r                                      101
            """);
  }

  private void configureEverything(String... more) throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "VE_PRIVATE=\"/vz/private/$VEID/\"",
                "VE_LAYOUT=\"ploop:expanded\"",
                "VE_ROOT=/vz/${VEID}/root-$VEID//",
                "MOUNT_OPTS=noatime",
                "ORIGIN_SAMPLE=basic",
                "OSTEMPLATE=debian-12",
                "IP_ADDRESS=\"10.0.0.1/32 0.0.0.0\"",
                "IP_ADDRESS=\"2001:db8::1\"",
                "NAMESERVER=\"8.8.8.8 8.8.4.4\"",
                "SEARCHDOMAIN=\"a.example b.example\"",
                "KMEMSIZE=1",
                "KMEMSIZE=14M:15M",
                "PHYSPAGES=0:256M",
                "NUMPROC=240",
                "DCACHE=3409920:3624960",
                "IPTENTRIES=128",
                "NUMFILE=10K",
                "DISKSPACE=2G:2.2G",
                "DISKINODES=131072:144179",
                "CPULIMIT=25%",
                "CPUUNITS=500",
                "CPUS=2",
                "IOPRIO=0",
                "IOLIMIT=10M",
                "IOPSLIMIT=300",
                "ONBOOT=yes",
                "BOOTORDER=-3",
                "DISABLED=yes",
                "VM_OVERCOMMIT=1.50",
                "NETFILTER=full",
                "FEATURES=\"nfs:on sysfs:off bogus:on ppp:maybe nfs:off\"",
                "CAPABILITY=\"sys_time:on NET_ADMIN:off BOGUS:on CHOWN:\""));
    lines.addAll(List.of(more));
    host.running(101, 3 * 86400 + 4 * 3600 + 5 * 60 + 6, lines.toArray(new String[0]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "private > /vz/private/101",
        "root > /vz/101/root-101",
        "mount_opts > noatime",
        "origin_sample > basic",
        "ostemplate > debian-12",
        "ip > 10.0.0.1 2001:db8::1",
        "nameserver > 8.8.8.8 8.8.4.4",
        "searchdomain > a.example b.example",
        "status > running",
        "kmemsize > 0",
        "kmemsize.b > 14680064",
        "kmemsize.l > 15728640",
        "physpages.b > 0",
        "physpages.l > 65536",
        "numproc > 23",
        "numproc.m > 23",
        "numproc.b > 240",
        "numproc.l > 240",
        "dcachesize.l > 3624960",
        "numiptent.b > 128",
        "numfile.b > 0",
        "shmpages.b > 0",
        "diskspace > -",
        "diskspace.s > 2097152",
        "diskspace.h > 2306867",
        "diskinodes.h > 144179",
        "laverage > -",
        "uptime > 003d04h:05m:06s",
        "cpulimit > 25",
        "cpuunits > 500",
        "cpus > 2",
        "ioprio > 0",
        "iolimit > 10485760",
        "iopslimit > 300",
        "onboot > yes",
        "bootorder > -3",
        "layout > ploop",
        "features > sysfs:off,nfs:off",
        "vswap > yes",
        "disabled > yes",
        "vm_overcommit > 1.5",
        "netfilter > full",
        "capability > net_admin:off,sys_time:on",
      })
  void showWhatIsConfigured(String field, String value) throws IOException {
    configureEverything();

    assertThat(host.text("-Ho", field).strip()).isEqualTo(value);
  }

  @Test
  void showPressureWhereTheKernelTells() throws IOException {
    host.running(101, 1);
    assertThat(host.text("-Ho", "cpu_pressure,io_pressure")).isEqualTo("     -      -\n");

    host.write(
        "cg/pids/101/cpu.pressure", "some avg10=12.05 avg60=1.00 avg300=0.10 total=5\nfull a\n");
    host.write("cg/pids/101/memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
    assertThat(host.text("-Ho", "cpu_pressure,mem_pressure,io_pressure"))
        .isEqualTo(" 12.05   0.00      -\n");
    host.running(102, 1);
    host.write("cg/pids/102/cpu.pressure", "some avg10=2.50 avg60=1.00 avg300=0.10 total=5\n");
    assertThat(host.text("-Ho", "ctid", "-s", "-cpu_pressure").strip().split("\\s+"))
        .containsExactly("101", "102");
    assertThat(host.text("-Ho", "ctid", "-s", "cpu_pressure").strip().split("\\s+"))
        .containsExactly("102", "101");
  }

  @Test
  void showDefaultsOfARunningContainer() throws IOException {
    host.running(101, 1, "CPULIMIT=bogus");

    assertThat(host.text("-Ho", "cpulimit,cpuunits,ioprio")).isEqualTo("      0    1000   -\n");
  }

  @Test
  void showANameOnlyIfItsLinkAgrees() throws IOException {
    host.stopped(101, "NAME=web").stopped(102, "NAME=mail").stopped(103, "NAME=\"../x\"");
    host.name("web", 101).name("mail", 999);

    assertThat(host.text("-aHo", "smart_name,name"))
        .isEqualTo("       web web\n       102 -\n       103 -\n");
  }

  @Test
  void detectTheLayout() throws IOException {
    host.stopped(101).write("private/101/root.hdd/DiskDescriptor.xml", "");
    host.stopped(102).stopped(103, "VE_LAYOUT=bogus");
    host.write("etc/vz.conf", "VE_LAYOUT=ploop\n").running(104, 1);
    host.write("etc/conf/101.conf", "VE_PRIVATE=" + host.path("private/101") + "\n");
    host.write("etc/conf/102.conf", "VE_PRIVATE=" + host.path("private/102") + "\n");

    assertThat(host.text("-aHo", "ctid,layout"))
        .isEqualTo("       101 ploop\n       102 simfs\n       104 ???\n");
  }

  @Test
  void countProcessesWithoutThePidsController() throws IOException {
    host.running(101, 1);
    host.path("cg/pids/101/pids.current").toFile().delete();
    host.write("cg/freezer/101/below/cgroup.procs", "7\n8\n");

    assertThat(host.text("-Ho", "numproc").strip()).isEqualTo("3");
    host.path("run/101/cgroup").toFile().delete();
    assertThat(host.text("-Ho", "numproc").strip()).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 1.5", "100000, 100000", "1000000, 1e+06", "0.0001, 0.0001", "0.00001234, 1.234e-05",
    "1.23456789, 1.23457", "123456.7, 123457", "999999.9, 1e+06", "2, 2", "10, 10"
  })
  void writeFactorsAsPrintfDoes(String number, String text) {
    assertThat(NumberValue.general(new BigDecimal(number))).isEqualTo(text);
  }

  @Test
  void runningContainersShowWhatTheKernelCounts() throws IOException {
    host.running(101, 5, "NUMPROC=\"1:2\"", "KMEMSIZE=\"3:4\"");
    Path pids = host.path("cg/pids");
    host.write("proc/self/mountinfo", "30 1 0:30 / " + pids + " rw - cgroup cgroup rw,pids\n");
    host.write("cg/pids/vz/101/pids.current", "23\n");
    host.write("cg/pids/vz/101/pids.peak", "40\n");
    host.write("cg/pids/vz/101/pids.events", "max 7\n");
    host.write("cg/pids/vz/101/cgroup.procs", "5101\n");
    host.write("run/101/limits", "NUMPROC 100:120\n");
    assertThat(host.text("-H", "-o", "numproc,numproc.m,numproc.b,numproc.l,numproc.f"))
        .isEqualTo("        23         40        100        120          7\n");
    assertThat(host.text("-H", "-o", "kmemsize.b,kmemsize.l"))
        .isEqualTo("9223372036854775807 9223372036854775807\n");
    assertThat(host.text("-H", "-o", "ctid", "-s", "numproc.m")).isEqualTo("       101\n");
  }
}

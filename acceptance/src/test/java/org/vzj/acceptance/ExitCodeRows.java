package org.vzj.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of {@link ExitCodeTest}. In all texts {S} is a stopped container, {R} one that runs, {M}
 * one that is mounted, {N} an id that no container has, {P} a living process; {ETC} and {VZ} are
 * the directories.
 */
@SuppressWarnings("StringConcatToTextBlock") // where line ends matter
final class ExitCodeRows {
  /**
   * One call.
   *
   * @param before a shell line that prepares it
   * @param words vzctl's arguments
   * @param status its exit status
   * @param out its standard output; with ~ in front a part of it
   * @param err its standard error, likewise
   * @param after a shell line that takes the preparation back; vz.conf is restored anyway
   */
  record Row(String before, List<String> words, int status, String out, String err, String after) {
    @Override
    public String toString() {
      return String.join(" ", words) + (before.isEmpty() ? "" : " after " + before);
    }
  }

  /** The codes of vzctl(8). */
  static final List<Integer> REFERENCE =
      List.of(
          0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24, 27, 28,
          29, 31, 32, 33, 34, 35, 36, 40, 41, 43, 44, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 60,
          61, 62, 63, 64, 65, 66, 67, 68, 70, 71, 72, 73, 74, 77, 78, 79, 82, 85, 86, 87, 89, 91,
          99, 100, 104, 105, 106, 107, 108, 109, 128, 129, 130, 131, 133, 139, 144, 148, 150, 151,
          152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 166, 167);

  /** Codes that other tests meet, for they need a place or a moment of their own. */
  static final Map<Integer, String> ELSEWHERE = elsewhere();

  /** Codes whose cause cannot happen in this version, and why. */
  static final Map<Integer, String> LATER = later();

  private static final List<Row> ROWS = new ArrayList<>();

  private ExitCodeRows() {}

  /** Returns the rows in the order of the reference. */
  static List<Row> all() {
    if (ROWS.isEmpty()) {
      grammar();
      snapshots();
      locks();
      create();
      lifeCycle();
      scripts();
      commands();
      set();
    }
    return List.copyOf(ROWS);
  }

  private static Map<Integer, String> elsewhere() {
    Map<Integer, String> elsewhere = new TreeMap<>();
    elsewhere.put(7, "HostileGuestTest: what stands in the way of the environment");
    elsewhere.put(11, "a row of runscript, whose status may also be the script's own");
    elsewhere.put(34, "VenetTest: a route that is there already");
    elsewhere.put(46, "HostileTemplateTest and BadInputTest: no disk space");
    elsewhere.put(48, "HostileTemplateTest: the archive");
    elsewhere.put(52, "BadInputTest: the private area cannot be removed");
    elsewhere.put(78, "VenetTest: an address that another container has");
    elsewhere.put(104, "MovedDevicesTest: a device that the host has not");
    elsewhere.put(130, "VethTest: a device that cannot be made");
    elsewhere.put(139, "BadInputTest: the configuration cannot be saved");
    elsewhere.put(148, "DiskIoTest: a container that is on no disk");
    return elsewhere;
  }

  private static Map<Integer, String> later() {
    Map<Integer, String> later = new TreeMap<>();
    for (int code : new int[] {6, 89, 100, 106, 144}) {
      later.put(code, "limits, features and host devices are saved but not applied yet");
    }
    for (int code : new int[] {16, 17}) {
      later.put(code, "suspend and resume");
    }
    for (int code : new int[] {55, 65, 67, 68}) {
      later.put(code, "disk quota of users inside");
    }
    for (int code : new int[] {62, 64}) {
      later.put(code, "the virtual machine has a disk with quota: suite quota");
    }
    for (int code : new int[] {63, 150, 151, 152, 153, 154, 155, 157, 166}) {
      later.put(code, "images: met where containers have some, or need a disk that fails");
    }
    for (int code : new int[] {27, 35, 36, 128}) {
      later.put(code, "unused by OpenVZ too");
    }
    for (int code : new int[] {18, 53, 54, 70, 71, 72, 73, 77, 85, 87, 108}) {
      later.put(code, "the reference names no situation: bad values are 21, the rest 3 or 107");
    }
    later.put(99, "every kernel that runs containers has what images need");
    later.put(5, "a kernel without cgroups cannot be had on a test machine");
    later.put(12, "the kernel refuses nothing to a root that has its capabilities");
    later.put(13, "capabilities are checked before anything is started");
    later.put(15, "no option sets a time limit for commands");
    later.put(33, "SIGKILL to a thawed cgroup ends every process");
    later.put(50, "the bind of one directory on another does not fail");
    later.put(51, "the launcher's lazy umount of a stopped container does not fail");
    later.put(86, "a node that is missing is met when the configuration is read already");
    later.put(129, "a file is bound in the container's own mount namespace, where it is");
    later.put(133, "would take the hour that --wait waits");
    return later;
  }

  private static void row(int status, String out, String err, String... words) {
    ROWS.add(new Row("", List.of(words), status, out, err, ""));
  }

  private static void row(
      String before, String after, int status, String out, String err, String... words) {
    ROWS.add(new Row(before, List.of(words), status, out, err, after));
  }

  private static void grammar() {
    row(0, "~vzctl version ", "", "--version");
    row(0, "~vzctl create", "", "--help");
    row(20, "", "~Usage: vzctl");
    row(20, "", "Bad command: frobnicate\n", "frobnicate", "{S}");
    row(21, "", "CT ID missing\n", "start");
    row(21, "", "Bad CT ID nosuch\n", "start", "nosuch");
    row(21, "", "Bad CT ID 2147483645\n", "start", "2147483645");
    row(21, "", "Only set actions are allowed for CT0\n", "start", "0");
    row(21, "", "Only set actions are allowed for CT0\n", "destroy", "0");
    row(
        "ln -s {ETC}/conf/{S}.conf {ETC}/names/old",
        "rm {ETC}/names/old",
        21,
        "",
        "Unable to find container by name old\n",
        "start",
        "old");
    row(0, "CTID {S} exist unmounted down\n", "", "status", "vztest-s");
    for (String command : List.of("start", "stop", "restart", "mount", "umount", "destroy")) {
      row(14, "", "Container config file does not exist\n", command, "{N}");
    }
    row(14, "", "Container config file does not exist\n", "enter", "{N}");
    row(14, "", "Container config file does not exist\n", "exec", "{N}", "true");
    row(20, "", "vzctl: unrecognized option '--nosuch'\n", "start", "{S}", "--nosuch");
    row(20, "", "vzctl: unrecognized option '--nosuch'\n", "stop", "{N}", "--nosuch");
    row(21, "", "vzctl: unrecognized option '--nosuch'\n", "set", "{S}", "--nosuch");
    row(21, "", "vzctl: unrecognized option '--nosuch'\n", "create", "{N}", "--nosuch");
    row(20, "", "~option '--skip' is ambiguous", "start", "{S}", "--skip");
    row(21, "", "vzctl: option '--name' requires an argument\n", "set", "{S}", "--name");
    row(20, "", "~option '--force' doesn't allow an argument", "start", "{S}", "--force=1");
    row(0, "", "", "--quiet", "stop", "{S}");
    row(14, "", "", "--quiet", "start", "{N}");
    row(20, "", "Bad command: x\n", "--quiet", "x");
    row(
        "mv {ETC}/vz.conf {ETC}/vz.conf.away",
        "mv {ETC}/vz.conf.away {ETC}/vz.conf",
        10,
        "",
        "~{ETC}/vz.conf",
        "status",
        "{S}");
    row("sed -i /^LOCKDIR/d {ETC}/vz.conf", "", 3, "", "lockdir is not set\n", "mount", "{S}");
  }

  /** On a layout that has none; those that have are tried elsewhere. */
  private static void snapshots() {
    String id = "0d084df6-df98-4ef1-b8e3-64a59aaf5ec5";
    String none = "Snapshot feature is only available for ploop-based CTs\n";
    row(156, "", none, "snapshot", "{S}");
    row(156, "", none, "snapshot", "{R}", "--id", "{" + id + "}", "--skip-suspend");
    row(158, "", none, "snapshot-delete", "{S}", "--id", id);
    row(159, "", none, "snapshot-switch", "{S}", "--uuid", id);
    row(160, "", none, "snapshot-mount", "{S}", "--id", id, "--target", "/mnt");
    row(161, "", none, "snapshot-umount", "{S}", "--id", id);
    row(167, "", none, "snapshot-list", "{S}");
    row(20, "", "Invalid syntax: snapshot id is missing\n", "snapshot-switch", "{S}");
    row(20, "", "Invalid syntax: mount target is missing\n", "snapshot-mount", "{S}", "--id", id);
    row(21, "", "Bad parameter for --id: x\n", "snapshot-delete", "{S}", "--id", "x");
    row(21, "", "Unknown field: x\n", "snapshot-list", "{S}", "-o", "uuid,x");
    row(21, "", "vzctl: unrecognized option '--nosuch'\n", "snapshot", "{S}", "--nosuch");
    row(14, "", "Container config file does not exist\n", "snapshot", "{N}");
  }

  private static void locks() {
    String lock = "{VZ}/lock/{S}.lck";
    row(
        "echo {P} >" + lock,
        "rm " + lock,
        9,
        "",
        "Locked by: pid {P}, cmdline sleep 1000\nContainer already locked\n",
        "start",
        "{S}");
    row(
        "echo {P} >" + lock,
        "rm " + lock,
        0,
        "CTID {S} exist unmounted down\n",
        "",
        "status",
        "{S}");
    row(
        "echo {P} >" + lock,
        "rm " + lock,
        40,
        "",
        "CT is not mounted\n",
        "--skiplock",
        "umount",
        "{S}");
    row(
        "echo 999999999 >" + lock,
        "",
        40,
        "Removing stale lock file " + lock + "\n",
        "CT is not mounted\n",
        "umount",
        "{S}");
    row("echo nonsense >" + lock, "", 40, "", "CT is not mounted\n", "umount", "{S}");
  }

  private static void create() {
    String failed = "Creation of container private area failed\n";
    row(
        82,
        "",
        "Sample config {ETC}/conf/ve-nosuch.conf-sample not found\n",
        "create",
        "{N}",
        "--config",
        "nosuch");
    row(
        82,
        "",
        "Error: container config file {ETC}/conf/{S}.conf already exists, can not use --config"
            + " option\n",
        "create",
        "{S}",
        "--config",
        "basic");
    row("sed -i /^TEMPLATE/d {ETC}/vz.conf", "", 24, "", "~TEMPLATE is not set", "create", "{N}");
    row(
        "sed -i /^VE_PRIVATE/d {ETC}/vz.conf",
        "",
        23,
        "",
        "~VE_PRIVATE is not set",
        "create",
        "{N}");
    row("sed -i /^VE_ROOT/d {ETC}/vz.conf", "", 22, "", "~VE_ROOT is not set", "create", "{N}");
    row(
        44,
        "Warning: CT config file already exists, not applying a default config sample.\n"
            + "It might lead to incomplete CT configuration.\n",
        "Private area already exists in {VZ}/private/{S}\n" + failed,
        "create",
        "{S}");
    row(
        131,
        "",
        "Conflict: name vztest-s already used by container {S}\n" + failed,
        "create",
        "{N}",
        "--ostemplate",
        "busybox",
        "--name",
        "vztest-s");
    row(
        "sed -i /^DEF_OSTEMPLATE/d {ETC}/vz.conf",
        "",
        29,
        "",
        "OS template is not specified\n" + failed,
        "create",
        "{N}");
    row(91, "", "~nosuch.tar", "create", "{N}", "--ostemplate", "nosuch");
    row(
        0,
        "Creating container private area (busybox)\n"
            + "CT configuration saved to {ETC}/conf/{N}.conf\n"
            + "Container private area was created\n",
        "",
        "create",
        "{N}",
        "--ostemplate",
        "busybox");
    row(
        0,
        "Destroying container private area: {VZ}/private/{N}\n"
            + "Container private area was destroyed\n",
        "",
        "destroy",
        "{N}");
    row(0, "CTID {N} deleted unmounted down\n", "", "status", "{N}");
    row(
        "printf '#!/bin/sh\\nexit 1\\n' >{ETC}/conf/vps.create; chmod 755 {ETC}/conf/vps.create",
        "rm {ETC}/conf/vps.create",
        79,
        "~Creating container private area (busybox)",
        "Error executing create script {ETC}/conf/vps.create\n" + failed,
        "create",
        "{N}",
        "--ostemplate",
        "busybox");
    row(21, "", "Bad parameter for --local_uid: x\n", "create", "{N}", "--local_uid", "x");
  }

  private static void lifeCycle() {
    row(0, "CTID {S} exist unmounted down\n", "", "status", "{S}");
    row(0, "CTID {M} exist mounted down\n", "", "status", "{M}");
    row(0, "CTID {R} exist mounted running\n", "", "status", "{R}");
    row(0, "CTID {N} deleted unmounted down\n", "", "status", "{N}");
    row(
        "echo 'DISABLED=\"yes\"' >>{ETC}/conf/{S}.conf",
        "sed -i /DISABLED/d {ETC}/conf/{S}.conf",
        105,
        "",
        "Container start disabled\n",
        "start",
        "{S}");
    row(
        "mv {VZ}/private/{S} {VZ}/private/away",
        "mv {VZ}/private/away {VZ}/private/{S}",
        43,
        "",
        "Container private area {VZ}/private/{S} does not exist\n",
        "start",
        "{S}");
    row(32, "", "Container is already running\n", "start", "{R}");
    row(
        "chown 0 {VZ}/private/{S}",
        "chown --reference={VZ}/private/{S}/bin {VZ}/private/{S}",
        47,
        "",
        "~Private area {VZ}/private/{S} belongs to user id 0",
        "start",
        "{S}");
    row(
        "mv {ETC}/dists/busybox.conf {ETC}/b; mv {ETC}/dists/default {ETC}/d",
        "mv {ETC}/b {ETC}/dists/busybox.conf; mv {ETC}/d {ETC}/dists/default",
        107,
        "",
        "~not found",
        "start",
        "{S}");
    row(
        "mv {VZ}/private/{S}/sbin {VZ}/private/{S}/away",
        "mv {VZ}/private/{S}/away {VZ}/private/{S}/sbin",
        47,
        "~Starting container...\n",
        "~Unable to start init, probably incorrect template\nContainer start failed",
        "start",
        "{S}");
    row(
        0,
        "Starting container...\nContainer is mounted\nSetting CPU units: 1000\nContainer start in progress...\n",
        "",
        "start",
        "{S}");
    row(0, "~Killing container ...\nContainer was stopped\n", "", "stop", "{S}", "--fast");
    row(0, "", "Unable to stop: container is not running\n", "stop", "{S}");
    row(
        0,
        "~Container start in progress, waiting ...\nContainer started successfully\n",
        "",
        "start",
        "{S}",
        "--wait");
    row(0, "~Restarting container\n", "", "restart", "{S}", "--fast");
    row(
        0,
        "Killing container ...\nContainer was stopped\nContainer is unmounted\n",
        "",
        "stop",
        "{S}",
        "--fast");
    row(0, "Container is mounted\n", "", "mount", "{S}");
    row(0, "", "Container is already mounted\n", "mount", "{S}");
    row(0, "Container is unmounted\n", "", "umount", "{S}");
    row(40, "", "CT is not mounted\n", "umount", "{S}");
    row(32, "", "Container is running -- stop it first\n", "umount", "{R}");
    row(32, "Container is currently running. Stop it first.\n", "", "destroy", "{R}");
    row(41, "Container is currently mounted (umount first)\n", "", "destroy", "{M}");
    row(
        "rmdir {VZ}/root/{S}; echo >{VZ}/root/{S}",
        "rm {VZ}/root/{S}",
        49,
        "",
        "~Unable to create mount point {VZ}/root/{S}",
        "mount",
        "{S}");
  }

  private static void scripts() {
    for (String name : List.of("vps.premount", "{S}.premount", "vps.mount", "{S}.mount")) {
      String file = "{ETC}/conf/" + name;
      String kind = name.substring(name.indexOf('.') + 1);
      row(
          "printf '#!/bin/sh\\necho \"$VEID\" >&2; exit 3\\n' >" + file + "; chmod 755 " + file,
          "rm " + file,
          79,
          "~{S}\n",
          "Error executing " + kind + " script " + file + "\n",
          "mount",
          "{S}");
    }
    row(
        "echo 'exit 3' >{ETC}/conf/{S}.start",
        "rm {ETC}/conf/{S}.start",
        79,
        "~Starting container...\n",
        "~Error executing start script {ETC}/conf/{S}.start",
        "start",
        "{S}");
    row(
        "echo 'exit 3' >{ETC}/conf/{R}.stop",
        "rm {ETC}/conf/{R}.stop",
        79,
        "",
        "Error executing stop script {ETC}/conf/{R}.stop\n",
        "stop",
        "{R}");
    for (String name : List.of("vps.umount", "{M}.umount")) {
      String file = "{ETC}/conf/" + name;
      row(
          "printf '#!/bin/sh\\nexit 3\\n' >" + file + "; chmod 755 " + file,
          "rm " + file,
          79,
          "",
          "Error executing umount script " + file + "\n",
          "umount",
          "{M}");
    }
  }

  private static void commands() {
    row(60, "Disk quota is not enabled, skipping operation\n", "", "quotaon", "{S}");
    row(61, "Disk quota is not enabled, skipping operation\n", "", "quotainit", "{S}");
    row(66, "Disk quota is not enabled, skipping operation\n", "", "quotaoff", "{R}");
    row(20, "", "No command line given for exec\n", "exec", "{R}");
    row(8, "", "Container is not running\n", "exec", "{S}", "true");
    row(31, "", "Container is not running\n", "exec2", "{S}", "true");
    row(31, "", "Container is not running\n", "exec3", "{S}", "true");
    row(0, "a  b\n", "", "exec", "{R}", "echo", "'a  b'");
    row(0, "\n", "", "exec", "{R}", "echo", "");
    row(8, "", "", "exec", "{R}", "exit", "7");
    row(7, "", "", "exec2", "{R}", "exit", "7");
    row(255, "", "", "exec2", "{R}", "exit", "255");
    row(3, "", "Got signal 15\n", "exec2", "{R}", "kill", "-TERM", "$$");
    row(
        0,
        "/\nHOME=/\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nPWD=/\n"
            + "SHLVL=1\nTERM=linux\n",
        "",
        "exec",
        "{R}",
        "pwd; env | sort");
    row(0, "$HOME\n", "", "exec3", "{R}", "echo", "$HOME");
    row(
        "mv {VZ}/private/{R}/bin/sh {VZ}/private/{R}/bin/away",
        "mv {VZ}/private/{R}/bin/away {VZ}/private/{R}/bin/sh",
        47,
        "",
        "~Unable to execute in the container",
        "exec2",
        "{R}",
        "true");
    row(20, "", "Script not specified\n", "runscript", "{R}");
    row(11, "", "Script not found: /nosuch\n", "runscript", "{R}", "/nosuch");
    row("echo 'exit 9' >{ETC}/script", "", 9, "", "", "runscript", "{R}", "{ETC}/script");
    row("", "rm {ETC}/script", 9, "", "", "runscript", "{S}", "{ETC}/script");
    row(31, "", "Container is not running\n", "enter", "{S}");
    row(20, "", "No command line given for --exec\n", "enter", "{R}", "--exec");
    row(20, "", "Invalid option 'x'\n", "enter", "{R}", "x");
    row(21, "", "~Invalid tty number", "console", "{R}", "x");
    row(20, "", "~Too many", "console", "{R}", "1", "2");
    row(
        0,
        "",
        "Attached to CT {R} (ESC . to detach)\nDetached from CT {R}\n",
        "--quiet",
        "console",
        "{R}");
  }

  private static void set() {
    String saved = "CT configuration saved to {ETC}/conf/{S}.conf\n";
    String unchanged = "No changes in CT configuration, not saving\n";
    String lost =
        "WARNING: Settings were not saved to config and will be lost after CT restart (use --save"
            + " flag)\n";
    String unsaved = "WARNING: Settings were not saved to config (use --save flag)\n";
    row(0, saved, "", "set", "{S}", "--onboot", "no", "--save");
    row(0, unchanged, "", "set", "{S}", "--onboot", "no", "--save");
    row(0, saved, "", "set", "{S}", "--desc", "a text", "--save");
    row(0, unsaved, "", "set", "{S}", "--onboot", "yes");
    row(0, lost, "", "set", "{R}", "--onboot", "yes");
    row(20, "", "~--force", "set", "{S}", "--onboot", "yes", "--force");
    row(20, "", "~--save", "set", "{S}", "--setmode", "restart", "--onboot", "no");
    row(20, "", "~--save", "set", "{S}", "--ostemplate", "x");
    row(20, "", "~--save", "set", "{S}", "--stop-timeout", "5");
    row(131, "", "~--save", "set", "{S}", "--name", "x");
    row(
        131,
        "",
        "Conflict: name vztest-s already used by container {S}\n",
        "set",
        "{M}",
        "--name",
        "vztest-s",
        "--save");
    row(21, "", "Bad parameter for --name: a/b\n", "set", "{S}", "--name", "a/b", "--save");
    row(
        0,
        "Name vztest-m assigned\nCT configuration saved to {ETC}/conf/{M}.conf\n",
        "",
        "set",
        "{M}",
        "--name",
        "vztest-m",
        "--save");
    row(
        0,
        "Name  assigned\nCT configuration saved to {ETC}/conf/{M}.conf\n",
        "",
        "set",
        "{M}",
        "--name",
        "",
        "--save");
    row(21, "", "Bad parameter for --onboot: maybe\n", "set", "{S}", "--onboot", "maybe");
    row(21, "", "Bad parameter for --cpuunits: 1\n", "set", "{S}", "--cpuunits", "1", "--save");
    row(
        2,
        "Setting CPU mask: 8000\n",
        "~Unable to set CPU parameters: ",
        "set",
        "{R}",
        "--cpumask",
        "8000",
        "--save");
    row(21, "", "~used together with --cpumask", "set", "{R}", "--nodemask", "0");
    row(21, "", "~used together with --nodemask", "set", "{R}", "--cpumask", "auto");
    row(21, "", "Bad parameter for -p : x\n", "set", "{S}", "-p", "x");
    row(21, "", "Bad parameter for --iolimit: 3000\n", "set", "{S}", "--iolimit", "3000");
    row(
        21,
        "",
        "Bad parameter for --iopslimit: unlimited\n",
        "set",
        "{S}",
        "--iopslimit",
        "unlimited");
    row(21, "", "~Capability NOSUCH is unknown", "set", "{S}", "--capability", "NOSUCH:on");
    // OpenVZ says the first line on the standard output.
    row(
        21,
        "",
        "Warning: Unknown feature: nosuch\nBad parameter for --features: nosuch:on\n",
        "set",
        "{S}",
        "--features",
        "nosuch:on");
    row(21, "", "~Incorrect device name /dev/nosuch", "set", "{S}", "--devnodes", "nosuch:rw");
    row(21, "", "~", "set", "{S}", "--devices", "b:7:0:rw");
    row(
        109,
        "",
        "Sample config file not found: {ETC}/conf/ve-nosuch.conf-sample\n",
        "set",
        "{S}",
        "--applyconfig",
        "nosuch",
        "--save");
    row(
        31,
        "~",
        "Unable to apply UBC parameters: container is not running\n",
        "set",
        "{S}",
        "--numproc",
        "100");
    row(
        31,
        "~",
        "Unable to apply network parameters: container is not running\n",
        "set",
        "{S}",
        "--ipadd",
        "10.0.0.1");
    row(
        31,
        "~",
        "Unable to apply CPU parameters: container is not running\n",
        "set",
        "{S}",
        "--cpuunits",
        "1000");
    row(
        31,
        "~",
        "Unable to apply devperm: container is not running\n",
        "set",
        "{S}",
        "--devnodes",
        "null:rw");
    row(
        0,
        "Unable to configure container: not running\n" + unsaved,
        "",
        "set",
        "{S}",
        "--hostname",
        "x");
    row(
        32,
        "",
        "Unable to change VE_PRIVATE on a running container\n",
        "set",
        "{R}",
        "--private",
        "/x");
    row(32, "", "Unable to change VE_ROOT on a running container\n", "set", "{R}", "--root", "/x");
    row(
        0,
        lost,
        "Unable to set capability on a running container\n"
            + "WARNING: Some of the parameters could not be applied to a running container.\n"
            + "\tPlease consider using --setmode option\n",
        "set",
        "{R}",
        "--capability",
        "chown:off");
    row(
        32,
        "",
        "~Unable to set capability on a running container\n",
        "set",
        "{R}",
        "--capability",
        "chown:off",
        "--setmode",
        "ignore",
        "--save");
    row(20, "", "~--reset_ub", "set", "{R}", "--reset_ub", "--onboot", "no");
    row(31, "", "~not running", "set", "{S}", "--reset_ub");
    row(1, "", "~ bytes are in use and cannot be", "set", "{R}", "--ram", "4K", "--swap", "0");
    row(28, "~", "~(swap) not set", "set", "{S}", "--ram", "64M", "--save");
    row(74, "~Password change failed\n", "~", "set", "{R}", "--userpasswd", "no/such:x");
    row(
        "",
        "rm {ETC}/conf/{N}.conf",
        0,
        "CT configuration saved to {ETC}/conf/{N}.conf\n",
        "WARNING: {ETC}/conf/{N}.conf not found\n",
        "set",
        "{N}",
        "--onboot",
        "no",
        "--save");
    row(
        "mknod /dev/vztest-gone c 1 3; echo 'DEVNODES=\"vztest-gone:rw\"' >>{ETC}/conf/{S}.conf;"
            + " rm /dev/vztest-gone",
        "sed -i /DEVNODES/d {ETC}/conf/{S}.conf",
        0,
        "~",
        "~vztest-gone",
        "set",
        "{S}",
        "--onboot",
        "yes",
        "--save");
  }
}

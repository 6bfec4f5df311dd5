package org.vzj.linux.launch;

import java.util.List;

/** The steps of a plan's host section, executed with the host's own rights and names. */
abstract sealed class HostSteps<B extends HostSteps<B>> extends DiskSteps<B> permits InsideSteps {
  static String joined(Namespace[] namespaces) {
    if (namespaces.length == 0) {
      return "-";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < namespaces.length; i++) {
      text.append(i == 0 ? "" : ",").append(namespaces[i].word());
    }
    return text.toString();
  }

  /**
   * All that follows is done by a child in its own session, which stays as the container's monitor;
   * the launcher waits for the outcome and reports it. Must be the first step, and a {@code clone}
   * must follow.
   */
  public final B detach() {
    return add("detach");
  }

  /** Makes a cgroup; fails with EEXIST if it is there already. */
  public final B cgroupMake(String path) {
    return add("cgroup-make", path);
  }

  /** Writes a control file of the kernel's. */
  public final B write(String path, String text) {
    return add("write", path, text);
  }

  /** Changes owner and group of a control file or its directory. */
  public final B chown(String path, long uid, long gid) {
    return add("chown", path, Long.toString(uid), Long.toString(gid));
  }

  /**
   * Writes a file if it is missing or empty. No symbolic link is followed at the path's end, and
   * anything but a regular file is an error.
   */
  public final B file(String path, int mode, String content) {
    return add("file", path, octal(mode), content);
  }

  /** Makes a directory; one that exists is kept as it is. */
  public final B mkdir(String path, int mode) {
    return add("mkdir", path, octal(mode));
  }

  /**
   * Makes a directory below a root that a stranger may have filled, following no symbolic link.
   *
   * @param root the stopped container's root
   * @param relative path below it, whose parent must exist
   */
  public final B mkdirBeneath(String root, String relative, int mode, long uid, long gid) {
    return add(
        "mkdir-beneath", root, relative, octal(mode), Long.toString(uid), Long.toString(gid));
  }

  /**
   * Makes a device node or FIFO below a root that a stranger may have filled. A right one is kept
   * and its owner and mode corrected; anything else but a directory is replaced.
   *
   * @param type {@code c}, {@code b} or {@code p}
   */
  public final B mknodBeneath(
      String root, String relative, char type, int major, int minor, int mode, long uid, long gid) {
    return add(
        "mknod-beneath",
        root,
        relative,
        String.valueOf(type),
        Integer.toString(major),
        Integer.toString(minor),
        octal(mode),
        Long.toString(uid),
        Long.toString(gid));
  }

  /** Makes a symbolic link below a root that a stranger may have filled. */
  public final B symlinkBeneath(String root, String relative, String target, long uid, long gid) {
    return add("symlink-beneath", root, relative, target, Long.toString(uid), Long.toString(gid));
  }

  /**
   * Joins a cgroup: before {@code clone} or {@code setns} the launcher's own process, after {@code
   * clone} the child. If a v2 cgroup has controllers enabled for its children, its leaf {@code
   * vz-exec} is made and joined.
   *
   * @param path absolute path of the cgroup's directory
   */
  public final B cgroup(String path) {
    return add("cgroup", path);
  }

  /**
   * Opens the container's console, a pseudo-terminal of the host; its master goes to the monitor.
   *
   * @param log the ring file that keeps the output
   * @param socket the socket that {@link #attach} connects to
   * @param size bytes of output that the ring keeps, 4096 to 16 MiB
   * @param uid owner of the terminal: the container's root as the host sees it
   * @param gid its group
   */
  public final B console(String log, String socket, int size, long uid, long gid) {
    return add(
        "console", log, socket, Integer.toString(size), Long.toString(uid), Long.toString(gid));
  }

  /**
   * Sends a signal to one process of the host.
   *
   * @param startTime field 22 of its stat file: a reused process id is refused with ESRCH
   * @param number see signal(7)
   */
  public final B signal(long pid, long startTime, int number) {
    return add("signal", Long.toString(pid), Long.toString(startTime), Integer.toString(number));
  }

  /**
   * Sets a resource limit, see getrlimit(2): before {@code clone} or {@code fork} with the host's
   * own rights, and then also for the user namespace that is made, which keeps some of them for
   * good.
   *
   * @param name such as {@code nofile}
   * @param soft a number or {@code unlimited}
   * @param hard a number or {@code unlimited}
   */
  public final B rlimit(String name, String soft, String hard) {
    return add("rlimit", name, soft, hard);
  }

  /**
   * Has the monitor make the container's calls of quotactl(2), which must be told so by {@code
   * --ugid}.
   *
   * @param area a directory on the file system that the container is on
   * @param socket where processes that enter later hand over their filters' listeners
   */
  public final B ugidListen(String area, String socket) {
    return add("ugid-listen", area, socket);
  }

  /**
   * Tells a running container's monitor how many users and groups may have limits from now on.
   *
   * @param socket that of {@link #ugidListen}
   */
  public final B ugidLimit(String socket, int number) {
    return add("ugid-limit", socket, Integer.toString(number));
  }

  /**
   * Takes the limits of users and groups away; where there is no such quota there are none.
   *
   * @param directory one on the file system in question
   * @param uid first of the users
   * @param gid first of the groups
   * @param count how many of each
   */
  public final B ugidClear(String directory, long uid, long gid, int count) {
    return add(
        "ugid-clear", directory, Long.toString(uid), Long.toString(gid), Integer.toString(count));
  }

  /** Attaches a device program to a cgroup of version 2, in place of the one that we attached. */
  public final B deviceProgram(String cgroup, String hex) {
    return add("device-bpf", cgroup, hex);
  }

  /** With {@code stdio pty}: types this into the terminal before the caller does. */
  public final B type(String text) {
    return add("type", text);
  }

  /**
   * Puts a copy, read-only, of a mount of the host's into a running container, in place of what is
   * mounted there, whose server may be gone.
   *
   * @param startTime field 22 of the process's stat file
   * @param source a file or directory of the host; {@code -} for nothing
   * @param target one of the same kind, as the process sees it
   */
  public final B graft(long pid, long startTime, String source, String target) {
    return add("graft", Long.toString(pid), Long.toString(startTime), source, target);
  }

  /** Connects the caller's terminal to a console until it detaches with {@code ESC .}. */
  public final B attach(String socket) {
    return add("attach", socket);
  }

  /**
   * Joins the namespaces of a process.
   *
   * @param pid the process
   * @param startTime field 22 of its /proc/PID/stat: another process with this number is refused
   */
  public final B setns(long pid, long startTime, Namespace... namespaces) {
    return add("setns", Long.toString(pid), Long.toString(startTime), joined(namespaces));
  }

  /**
   * Names the container whose network the programs of {@link #begin} work on; between {@code clone}
   * and {@code inside} it is the one that is being made.
   *
   * @param pid a process of it
   * @param startTime field 22 of its /proc/PID/stat: another process with this number is refused
   */
  public final B netns(long pid, long startTime) {
    return add("netns", Long.toString(pid), Long.toString(startTime));
  }

  /**
   * Names a network that {@link #netnsKeep} has kept, in place of {@link #netns}.
   *
   * @param path the file
   */
  public final B netnsFile(String path) {
    return add("netns-file", path);
  }

  /**
   * Makes the container's network outlive it: it lies mounted on a new file until that is
   * unmounted, with all devices in it.
   *
   * @param path the file, which must not exist
   */
  public final B netnsKeep(String path) {
    return add("netns-keep", path);
  }

  /**
   * Starts a program of the host, looked for in the usual path, and goes on. It runs with the
   * host's rights, in the host's network or in the container's; the other of the two it finds as
   * the open file /proc/self/fd/3.
   *
   * @param inside whether it works in the container's network
   * @param input what its standard input gives
   * @param argv the program and its arguments
   */
  public final B begin(boolean inside, String input, String... argv) {
    String[] words = new String[argv.length + 2];
    words[0] = inside ? "container" : "host";
    words[1] = input;
    System.arraycopy(argv, 0, words, 2, argv.length);
    return add("begin", words);
  }

  /**
   * Waits for all programs that were begun. It fails with EIO, as the step that began the program,
   * if the status of one is not 0; the message is what that program said, lines parted by a bar.
   */
  public final B await() {
    return add("await");
  }

  /** Waits for all programs that were begun, whatever comes of them. */
  public final B settle() {
    return add("settle");
  }

  /** Says what the process's standard streams shall be; without this step they are null. */
  public final B stdio(StdioMode mode) {
    return add("stdio", mode.word());
  }

  /** After {@code setns}: forks the process that does the inside steps. */
  public final B fork() {
    return add("fork");
  }

  /**
   * Clones init into new namespaces.
   *
   * @param ownerUid host user id that shall own the user namespace, so that the kernel counts each
   *     container's use of user limits separately; ignored without {@link Namespace#USER}
   * @param ownerGid the same for the group
   * @param cgroup a v2 cgroup to start in, {@code -} for none
   */
  public final B cloneInto(long ownerUid, long ownerGid, String cgroup, Namespace... namespaces) {
    return add(
        "clone", joined(namespaces), Long.toString(ownerUid), Long.toString(ownerGid), cgroup);
  }

  /** After {@code clone}: adds a range to the user namespace's user ids. */
  public final B uidmap(long inside, long outside, long count) {
    return add("uidmap", Long.toString(inside), Long.toString(outside), Long.toString(count));
  }

  /** After {@code clone}: adds a range to the user namespace's group ids. */
  public final B gidmap(long inside, long outside, long count) {
    return add("gidmap", Long.toString(inside), Long.toString(outside), Long.toString(count));
  }

  /** After {@code clone}: writes init's process id and start time. */
  public final B pidfile(String path) {
    return add("pidfile", path);
  }

  /**
   * After {@code clone}: writes the plan's seccomp filter into a new file, as {@code seccomp} has
   * it.
   */
  public final B filterFile(String path) {
    return add("filter-file", path);
  }

  /** After {@code clone} in a detached plan: the program that the parent becomes. */
  public final B monitor(String path, List<String> arguments) {
    String[] words = new String[arguments.size() + 1];
    words[0] = path;
    for (int i = 0; i < arguments.size(); i++) {
      words[i + 1] = arguments.get(i);
    }
    return add("monitor", words);
  }
}

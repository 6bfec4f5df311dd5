package org.vzj.linux.launch;

import java.util.List;

/** The steps of a plan's inside section, executed by the child in the container's namespaces. */
abstract sealed class InsideSteps<B extends InsideSteps<B>> extends HostSteps<B>
    permits LaunchPlan.Builder {
  /** Begins the inside section: the child becomes root of the container, without other groups. */
  public final B inside() {
    return add("inside");
  }

  /** Makes a new cgroup namespace, whose root is the cgroup that the child is in. */
  public final B unshareCgroup() {
    return add("unshare", "cgroup");
  }

  /** Makes a symbolic link; one with the same target is kept, anything but a directory replaced. */
  public final B symlink(String target, String path) {
    return add("symlink", target, path);
  }

  /** Binds the console's terminal on a path, which is made if it is missing. */
  public final B bindConsole(String path) {
    return add("bind-console", path);
  }

  /** Makes a directory, which must be a mount point, the root, and detaches the old root. */
  public final B pivot(String path) {
    return add("pivot", path);
  }

  /** Covers a file by /dev/null or a directory by an empty read-only tmpfs; missing is fine. */
  public final B mask(String path) {
    return add("mask", path);
  }

  /** Makes a path read-only by binding it onto itself; missing is fine. */
  public final B readonly(String path) {
    return add("readonly", path);
  }

  /** Sets the host name. */
  public final B hostname(String name) {
    return add("hostname", name);
  }

  /** Begins a session without a controlling terminal. */
  public final B session() {
    return add("session");
  }

  /** Begins a session whose controlling terminal is the one of {@code stdio pty} or console. */
  public final B sessionWithTerminal() {
    return add("session", "tty");
  }

  /** Keeps these capabilities, by their numbers, and gives all others up for good. */
  public final B capabilities(List<Integer> numbers) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < numbers.size(); i++) {
      text.append(i == 0 ? "" : ",").append(numbers.get(i).intValue());
    }
    return add("capabilities", numbers.isEmpty() ? "-" : text.toString());
  }

  /**
   * Installs a seccomp filter. Needs CAP_SYS_ADMIN in the user namespace, and rules what the steps
   * after it may do.
   *
   * @param hex an array of struct sock_filter as hexadecimal digits, host byte order
   */
  public final B seccomp(String hex) {
    return add("seccomp", hex);
  }

  /**
   * As {@link #seccomp(String)}, with a filter that asks the container's monitor about some calls.
   *
   * @param socket that of {@link HostSteps#ugidListen}, in this plan or in the one that started the
   *     container
   */
  public final B seccomp(String hex, String socket) {
    return add("seccomp", hex, socket);
  }

  /** Becomes a user, by ids as seen inside. */
  public final B user(long uid, long gid, List<Long> groups) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups.size(); i++) {
      text.append(i == 0 ? "" : ",").append(groups.get(i).longValue());
    }
    return add(
        "user", Long.toString(uid), Long.toString(gid), groups.isEmpty() ? "-" : text.toString());
  }

  /** Sets the file mode creation mask; it is 022 without this step. */
  public final B umask(int mask) {
    return add("umask", octal(mask));
  }

  /** Lets the kernel merge equal pages of the process and its descendants (KSM), Linux 6.7. */
  public final B mergeMemory() {
    return add("merge-memory");
  }

  /** Changes the working directory. */
  public final B chdir(String path) {
    return add("chdir", path);
  }

  /** Adds a variable to the process's environment, which is empty without this step. */
  public final B env(String name, String value) {
    return add("env", name + '=' + value);
  }

  /** Waits for the {@link GateAction} of {@link Launcher#start}. */
  public final B gate() {
    return add("gate");
  }

  /**
   * Executes a program; if there is none at this path, the next step follows.
   *
   * @param argv its arguments, the first is its name
   */
  public final B tryExec(String path, List<String> argv) {
    return program("try-exec", path, argv);
  }

  /**
   * Executes a program.
   *
   * @param argv its arguments, the first is its name
   */
  public final B exec(String path, List<String> argv) {
    return program("exec", path, argv);
  }

  private B program(String verb, String path, List<String> argv) {
    if (argv.isEmpty()) {
      throw new IllegalArgumentException(verb + " without a name for the program");
    }
    String[] words = new String[argv.size() + 1];
    words[0] = path;
    for (int i = 0; i < argv.size(); i++) {
      words[i + 1] = argv.get(i);
    }
    return add(verb, words);
  }
}

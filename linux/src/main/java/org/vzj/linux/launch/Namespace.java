package org.vzj.linux.launch;

/** The kinds of namespace that a plan can create or join, see namespaces(7). */
public enum Namespace {
  /** User and group ids, capabilities. */
  USER("user"),
  /** Process ids. */
  PID("pid"),
  /** Mounts. */
  MOUNT("mount"),
  /** Network. */
  NET("net"),
  /** System V IPC and POSIX message queues. */
  IPC("ipc"),
  /** Host and domain name. */
  UTS("uts"),
  /** Root of the visible cgroup tree: joined by {@code setns}, made by {@code unshare cgroup}. */
  CGROUP("cgroup");

  private final String word;

  Namespace(String word) {
    this.word = word;
  }

  /** The word that plans use. */
  public String word() {
    return word;
  }
}

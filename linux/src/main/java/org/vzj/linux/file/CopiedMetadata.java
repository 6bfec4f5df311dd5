package org.vzj.linux.file;

import java.util.List;

/** What a copy has besides its contents. */
final class CopiedMetadata {
  private static final List<String> KEPT =
      List.of("security.capability", "system.posix_acl_access", "system.posix_acl_default");

  /** Where a thing in the lower layer comes from is found anew; what it hides must be kept. */
  private static final List<String> OF_LAYERS =
      List.of("trusted.overlay.opaque", "trusted.overlay.redirect", "trusted.overlay.metacopy");

  private final TreeCopy copy;
  private final FileCalls calls;
  private final CopyCalls copies;

  CopiedMetadata(TreeCopy copy, FileCalls calls, CopyCalls copies) {
    this.copy = copy;
    this.calls = calls;
    this.copies = copies;
  }

  /**
   * Gives an open file or directory what the one it was copied from has. A change of owner clears
   * set-id bits and capabilities: it comes first. Lists come before the mode, of whose group bits
   * they make a mask, and the time last.
   */
  void apply(int from, int to, FileStatus status) throws FileCallException {
    CopyWorker.check("set its owner", calls.chown(to, uid(status), gid(status)));
    for (String name : copies.attributes(from)) {
      if (!isKept(name)) {
        drop(name);
        continue;
      }
      byte[] value = copy.shift().attribute(name, copies.attribute(from, name));
      int result = value == null ? -Errno.EINVAL : calls.setAttribute(to, name, value);
      if (result == -Errno.EOPNOTSUPP || value == null) {
        copy.droppedAttributes.incrementAndGet();
      } else {
        CopyWorker.check("set its attribute " + name, result);
      }
    }
    CopyWorker.check("set its mode", calls.chmod(to, status.bits()));
    CopyWorker.check("set its time", calls.setModified(to, status.seconds(), status.nanos()));
  }

  private boolean isKept(String name) {
    return name.startsWith("user.")
        || KEPT.contains(name)
        || (copy.rules().isLayer() && OF_LAYERS.contains(name));
  }

  /** Labels of the host's security and marks of overlayfs are not the container's to lose. */
  private void drop(String name) {
    if (!name.startsWith("trusted.overlay.")) {
      copy.droppedAttributes.incrementAndGet();
    }
  }

  /** The same for a symbolic link, which has no mode. */
  void applyToLink(int dir, String name, FileStatus status) throws FileCallException {
    CopyWorker.check("set its owner", calls.chownAt(dir, name, uid(status), gid(status)));
    CopyWorker.check(
        "set its time", calls.setModifiedAt(dir, name, status.seconds(), status.nanos()));
  }

  /** The same for a FIFO, a socket or a device. Nobody but us can put a link in its place. */
  void applyToNode(int dir, String name, FileStatus status) throws FileCallException {
    CopyWorker.check("set its owner", calls.chownAt(dir, name, uid(status), gid(status)));
    CopyWorker.check("set its mode", calls.chmodAt(dir, name, status.bits()));
    CopyWorker.check(
        "set its time", calls.setModifiedAt(dir, name, status.seconds(), status.nanos()));
  }

  private int uid(FileStatus status) {
    return copy.shift().uid(status.uid());
  }

  private int gid(FileStatus status) {
    return copy.shift().gid(status.gid());
  }
}

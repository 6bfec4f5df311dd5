package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.linux.file.OpenFlag;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/**
 * What has to wait: hard links until what they link to is there, the times and modes of directories
 * until nothing more is put into them.
 */
final class Deferred {
  private static final int IMPLIED_MODE = 0755;
  private final Ownership ownership;
  private final DeferredLog directoryLog;
  private final DeferredLog linkLog;
  private final DeferredLog targetLog;
  private final DeferredLog listLog;

  Deferred(Ownership ownership, long memory) {
    this.ownership = ownership;
    this.directoryLog = new DeferredLog(memory / 2);
    this.linkLog = new DeferredLog(memory / 4);
    this.targetLog = new DeferredLog(memory / 8);
    this.listLog = new DeferredLog(memory / 8);
  }

  /** What a directory gets that the archive needs but does not describe. */
  Metadata defaults(String path) {
    int uid = (int) ownership.uidBase();
    int gid = (int) ownership.gidBase();
    return new Metadata(
        path, ownership.change() && (uid | gid) != 0, uid, gid, IMPLIED_MODE, 0, -1, List.of());
  }

  void directory(Metadata metadata) throws TemplateException {
    DeferredLog log = directoryLog;
    log.putPath(metadata.path());
    log.putNumber(metadata.uid());
    log.putNumber(metadata.gid());
    log.putNumber(metadata.mode());
    log.putNumber(metadata.seconds());
    log.putNumber(metadata.nanos());
    log.putNumber(metadata.attributes().size());
    for (ExtendedAttribute attribute : metadata.attributes()) {
      log.putBytes(attribute.name().getBytes(ISO_8859_1));
      log.putBytes(attribute.value());
    }
  }

  /** Gives all directories, in the archive's order, what they still need. */
  void finishDirectories(int root, WorkerPool workers)
      throws TemplateException, InterruptedException {
    DeferredLog log = directoryLog;
    log.rewind();
    while (log.hasMore()) {
      String path = log.path();
      int uid = (int) log.number();
      int gid = (int) log.number();
      int mode = (int) log.number();
      long seconds = log.number();
      int nanos = (int) log.number();
      List<ExtendedAttribute> attributes = new ArrayList<>(0);
      for (long left = log.number(); left > 0; left--) {
        String name = new String(log.bytes(), ISO_8859_1);
        attributes.add(new ExtendedAttribute(name, log.bytes()));
      }
      boolean chown = ownership.change() && (uid | gid) != 0;
      workers.submit(
          new DirectoryJob(
              root, new Metadata(path, chown, uid, gid, mode, seconds, nanos, attributes)));
    }
    log.clear();
  }

  void link(String path, String target) throws TemplateException {
    linkLog.putPath(path);
    targetLog.putPath(target);
  }

  /** Makes the hard links noted so far. All files must be there. */
  void makeLinks(FileCalls calls, DirectoryTable directories, LongSet skipped)
      throws IOException, InterruptedException {
    linkLog.rewind();
    targetLog.rewind();
    while (linkLog.hasMore()) {
      String path = linkLog.path();
      String target = targetLog.path();
      OpenDirectory from = directories.open(MemberName.parent(target)).hold();
      int result;
      try {
        result =
            calls.link(
                from.fd,
                MemberName.leaf(target),
                directories.open(MemberName.parent(path)).fd,
                MemberName.leaf(path));
      } finally {
        from.release(calls);
      }
      if (result < 0 && !(result == -Errno.ENOENT && skipped.contains(skipped.hash(target)))) {
        throw failure(path, target, result);
      }
    }
    linkLog.clear();
    targetLog.clear();
  }

  /** An access control list with names in it. */
  void list(String path, String attribute, String text) throws TemplateException {
    listLog.putPath(path);
    listLog.putBytes(attribute.getBytes(ISO_8859_1));
    listLog.putBytes(text.getBytes(ISO_8859_1));
  }

  /** Sets the access control lists with names, when the tree's own users are known. */
  void finishLists(FileCalls calls, int root, AttributePolicy policy) throws TemplateException {
    if (!listLog.hasMore()) {
      return;
    }
    AccountNames names = AccountNames.of(calls, root);
    listLog.rewind();
    while (listLog.hasMore()) {
      String path = listLog.path();
      String attribute = new String(listLog.bytes(), ISO_8859_1);
      String text = new String(listLog.bytes(), ISO_8859_1);
      byte[] value = policy.list(text, names, path);
      int fd =
          calls.openBeneath(
              root,
              path.isEmpty() ? "." : path,
              OpenFlag.RDONLY | OpenFlag.NONBLOCK,
              OpenFlag.RESOLVE_INSIDE);
      if (fd < 0 || value.length == 0 || calls.setAttribute(fd, attribute, value) < 0) {
        policy.drop();
      }
      if (fd >= 0) {
        calls.close(fd);
      }
    }
  }

  private static TemplateException failure(String path, String target, int error) {
    String what = "hard link " + NativeName.display(path) + " to " + NativeName.display(target);
    return switch (-error) {
      case Errno.ENOENT ->
          new TemplateException(Kind.BAD_ARCHIVE, what + ", which the archive has not brought");
      case Errno.EPERM -> new TemplateException(Kind.BAD_ARCHIVE, what + ", which is a directory");
      default -> Failures.system("make", path, error);
    };
  }
}

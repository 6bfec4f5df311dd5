package org.vzj.template.unpack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;
import org.vzj.template.unpack.PieceJob.LargeFile;
import org.vzj.template.unpack.TarCursor.Extent;

/**
 * Turns members into a tree. The reading thread makes directories as they come; files, links and
 * nodes are made by workers; hard links, and what directories get besides their existence, wait in
 * {@link Deferred}.
 *
 * <p>The result is as if all had been done in the archive's order. Of several members with one name
 * the last wins, as with tar, unless one is a directory and another is not: that is refused.
 */
final class TreeWriter implements DirectoryTable.Missing, AutoCloseable {
  /** A larger file is written in pieces by several workers. */
  private static final int WHOLE_FILE = 4 * Slab.BYTES;

  private final FileCalls calls;
  private final TarCursor cursor;
  private final WorkerPool workers;
  private final UnpackOptions options;
  private final SpaceGuard space;
  private final Pulse pulse;
  private final AttributePolicy attributes;
  private final Deferred deferred;
  private final DirectoryTable directories;
  private final LongSet names = new LongSet();
  private final LongSet skipped = new LongSet();
  private long skippedDevices;
  private long bytes;
  private @Nullable TarMember rootMember;

  TreeWriter(
      FileCalls calls,
      int root,
      TarCursor cursor,
      WorkerPool workers,
      UnpackOptions options,
      SpaceGuard space,
      Pulse pulse) {
    this.calls = calls;
    this.cursor = cursor;
    this.workers = workers;
    this.options = options;
    this.space = space;
    this.pulse = pulse;
    this.deferred = new Deferred(options.ownership(), Runtime.getRuntime().maxMemory() / 2);
    this.attributes = new AttributePolicy(options.ownership(), deferred::list);
    this.directories = new DirectoryTable(calls, root, this);
  }

  /** Is told now and then that the work goes on, and may end it. */
  interface Pulse {
    void beat(String path) throws TemplateException, InterruptedException;
  }

  /** Device nodes left out. */
  long skippedDevices() {
    return skippedDevices;
  }

  /** Attributes left out by policy. */
  long droppedAttributes() {
    return attributes.dropped();
  }

  /** Bytes of contents handed to the workers. */
  long bytes() {
    return bytes;
  }

  /** Puts a member into the tree, reading its contents from the cursor. */
  void add(TarMember member) throws IOException, InterruptedException {
    pulse.beat(member.path());
    if (space.isShort(member.stored())) {
      settle(); // Or the file system's figures would lack what the workers still have.
    }
    space.charge(member.stored());
    if (member.type() == MemberType.DIRECTORY) {
      directory(member);
      return;
    }
    if (member.path().isEmpty()) {
      throw new TemplateException(
          Kind.HOSTILE, "the archive has the root directory as something else");
    }
    if (member.type() == MemberType.HARD_LINK) {
      hardLink(member);
      return;
    }
    boolean block = member.type() == MemberType.BLOCK_DEVICE;
    if ((block || member.type() == MemberType.CHARACTER_DEVICE)
        && !options.allDevices()
        && !DeviceAllowance.allows(block, member.major(), member.minor())) {
      skippedDevices++;
      skipped.add(skipped.hash(member.path()));
      return;
    }
    claim(member.path());
    Metadata metadata = metadata(member);
    OpenDirectory parent = directories.open(MemberName.parent(member.path()));
    String leaf = MemberName.leaf(member.path());
    if (member.type() != MemberType.FILE) {
      workers.submit(
          new NodeJob(
              parent.hold(),
              leaf,
              member.type(),
              member.link(),
              member.major(),
              member.minor(),
              metadata));
    } else if (member.sparse() == null && member.stored() <= WHOLE_FILE) {
      wholeFile(member, parent.hold(), leaf, metadata);
    } else {
      largeFile(member, parent, leaf, metadata);
    }
  }

  private void directory(TarMember member) throws IOException, InterruptedException {
    String path = member.path();
    if (path.isEmpty()) {
      rootMember = member;
      return;
    }
    prepare(path);
    OpenDirectory parent = directories.open(MemberName.parent(path));
    int result = calls.mkdir(parent.fd, MemberName.leaf(path), 0700);
    if (result == -Errno.EEXIST) {
      if (!directories.isDirectory(path)) {
        throw Failures.conflict(path);
      }
    } else if (result < 0) {
      throw Failures.system("create", path, result);
    }
    deferred.directory(metadata(member));
  }

  /** A file or link of the same name may be under way: which of the two is wrong must be sure. */
  @Override
  public void prepare(String path) throws IOException, InterruptedException {
    if (names.contains(names.hash(path))) {
      settle();
    }
  }

  @Override
  public void made(String path) throws TemplateException {
    deferred.directory(deferred.defaults(path));
  }

  private void wholeFile(TarMember member, OpenDirectory parent, String leaf, Metadata metadata)
      throws IOException, InterruptedException {
    int size = (int) member.stored();
    List<Extent> extents = new ArrayList<>(2);
    int left = size;
    try {
      while (left > 0) {
        Extent extent = cursor.extent(left);
        extents.add(extent);
        left -= extent.length();
      }
      cursor.skipPadding(size);
    } catch (IOException | InterruptedException e) {
      new FileJob(parent, leaf, metadata, extents, 0).discard(calls);
      throw e;
    }
    bytes += size;
    workers.submit(new FileJob(parent, leaf, metadata, extents, size));
  }

  private void largeFile(TarMember member, OpenDirectory parent, String leaf, Metadata metadata)
      throws IOException, InterruptedException {
    int fd = FileJob.create(calls, parent, leaf, metadata);
    LargeFile file = new LargeFile(fd, metadata, member.size());
    boolean whole = false;
    try {
      SparseMap map = member.sparse();
      if (map == null) {
        piece(file, 0, member.stored());
      } else {
        for (int i = 0; i < map.pieces(); i++) {
          piece(file, map.offset(i), map.length(i));
        }
      }
      cursor.skipPadding(member.stored());
      whole = true;
    } finally {
      if (!whole) {
        file.abandon();
      }
      file.release(calls);
    }
  }

  private void piece(LargeFile file, long offset, long length)
      throws IOException, InterruptedException {
    long done = 0;
    while (done < length) {
      Extent extent = cursor.extent(length - done);
      workers.submit(new PieceJob(file.hold(), extent, offset + done));
      done += extent.length();
      bytes += extent.length();
      pulse.beat(file.path());
    }
  }

  private void hardLink(TarMember member) throws IOException, InterruptedException {
    if (member.path().equals(member.link())) {
      return;
    }
    if (member.link().isEmpty()) {
      throw new TemplateException(
          Kind.HOSTILE, "hard link to the root directory: " + NativeName.display(member.path()));
    }
    claim(member.path());
    deferred.link(member.path(), member.link());
  }

  /** Makes sure that a name is free: an earlier member of that name goes. */
  private void claim(String path) throws IOException, InterruptedException {
    if (names.add(names.hash(path))) {
      return;
    }
    settle();
    int result = calls.unlink(directories.open(MemberName.parent(path)).fd, MemberName.leaf(path));
    if (result == -Errno.EISDIR || result == -Errno.EPERM) {
      throw Failures.conflict(path);
    }
    if (result < 0 && result != -Errno.ENOENT) {
      throw Failures.system("replace", path, result);
    }
  }

  /** Waits for all workers, then makes the hard links so far: the tree is as the archive says. */
  private void settle() throws IOException, InterruptedException {
    workers.settle();
    deferred.makeLinks(calls, directories, skipped);
  }

  /** Completes the tree, after the last member. */
  void finish() throws IOException, InterruptedException {
    settle();
    deferred.finishDirectories(directories.root(), workers);
    workers.settle();
    finishRoot();
    deferred.finishLists(calls, directories.root(), attributes);
  }

  private void finishRoot() throws IOException {
    TarMember member = rootMember;
    Metadata metadata = member != null ? metadata(member) : deferred.defaults("");
    // As in OpenVZ the root is 755 whatever the archive says: 700, which some builders of
    // templates leave there, would lock all users out.
    Metadata open =
        new Metadata(
            "",
            metadata.chown(),
            metadata.uid(),
            metadata.gid(),
            0755,
            metadata.seconds(),
            metadata.nanos(),
            metadata.attributes());
    open.apply(calls, directories.root(), false);
  }

  private Metadata metadata(TarMember member) throws TemplateException {
    Ownership ownership = options.ownership();
    List<ExtendedAttribute> kept = attributes.translate(member);
    int uid = Ids.shift(member.uid(), true, ownership, member.path());
    int gid = Ids.shift(member.gid(), false, ownership, member.path());
    return new Metadata(
        member.path(),
        ownership.change() && (uid | gid) != 0,
        uid,
        gid,
        member.mode(),
        member.seconds(),
        member.nanos(),
        kept);
  }

  @Override
  public void close() {
    directories.close();
  }
}

package org.vzj.template.unpack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.linux.file.OpenFlag;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/**
 * Unpacks one archive into one directory, once. The archive is not trusted: whatever it holds,
 * nothing outside the directory is touched. On any failure all that was written is removed.
 *
 * <p>Absolute member names, {@code ..}, members through symbolic links and names with control
 * characters are refused rather than bent into something harmless, since no honest template has
 * them.
 */
public final class Unpacker {
  private static final int MAX_WORKERS = 4;
  private static final long PROGRESS_NANOS = 50_000_000;

  private final Path archive;
  private final Path target;
  private final UnpackOptions options;
  private final ProgressListener listener;
  private volatile boolean cancelled;
  private volatile @Nullable SlabSource source;
  private long entries;
  private long nextProgress = System.nanoTime();

  /**
   * @param archive a tar file, plain or compressed by gzip, bzip2, xz or zstd
   * @param target an empty directory, or one to be created; its parent exists. It gets mode 700
   *     while the work lasts, then 755
   * @param options how
   * @param listener is told of the progress
   */
  public Unpacker(Path archive, Path target, UnpackOptions options, ProgressListener listener) {
    this.archive = archive;
    this.target = target.toAbsolutePath().normalize();
    this.options = options;
    this.listener = listener;
  }

  /** Makes {@link #unpack} fail soon, from any thread. */
  public void cancel() {
    cancelled = true;
    SlabSource current = source;
    if (current != null) {
      current.abort();
    }
  }

  /**
   * Unpacks.
   *
   * @return what was done
   * @throws TemplateException if it could not be done: then the directory is empty again, or gone
   *     if it was not there before. CANCELLED if the thread was interrupted, which it still is then
   */
  public UnpackResult unpack() throws TemplateException {
    try (FileCalls calls = new FileCalls()) {
      boolean created = createTarget(calls);
      boolean done = false;
      try {
        UnpackResult result = unpackInto(calls);
        done = true;
        return result;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled();
      } catch (IOException e) {
        throw cancelled ? cancelled() : asTemplateException(e);
      } finally {
        if (!done) {
          remove(created);
        }
      }
    }
  }

  private boolean createTarget(FileCalls calls) throws TemplateException {
    int result = calls.mkdir(FileCalls.AT_FDCWD, NativeName.of(target), 0700);
    if (result >= 0) {
      return true;
    }
    if (result != -Errno.EEXIST) {
      throw new TemplateException(
          result == -Errno.ENOSPC ? Kind.NO_SPACE : Kind.SYSTEM,
          "cannot create " + target + ": " + Errno.text(-result));
    }
    try (java.nio.file.DirectoryStream<Path> contents = Files.newDirectoryStream(target)) {
      if (contents.iterator().hasNext()) {
        throw new TemplateException(Kind.SYSTEM, target + " is not empty");
      }
    } catch (IOException e) {
      throw asTemplateException(e);
    }
    return false;
  }

  private UnpackResult unpackInto(FileCalls calls) throws IOException, InterruptedException {
    Compression compression = Compression.of(archive);
    int root = openTarget(calls);
    try (SlabPool slabs = new SlabPool()) {
      SpaceGuard space = new SpaceGuard(calls, root, target, options.reserveBytes());
      space.estimate(SpaceEstimate.of(archive, compression));
      try (SlabSource opened = open(calls, slabs, compression)) {
        source = opened;
        return unpackFrom(opened, calls, root, space);
      } finally {
        source = null;
      }
    } finally {
      calls.close(root);
    }
  }

  private SlabSource open(FileCalls calls, SlabPool slabs, Compression compression)
      throws IOException {
    if (compression == Compression.NONE) {
      return DescriptorSource.plain(calls, slabs, archive);
    }
    List<String> command = options.programs() ? compression.command() : List.of();
    return command.isEmpty()
        ? StreamSource.open(slabs, archive, compression)
        : DescriptorSource.program(calls, slabs, archive, compression, command);
  }

  private UnpackResult unpackFrom(SlabSource opened, FileCalls calls, int root, SpaceGuard space)
      throws IOException, InterruptedException {
    long total = Files.size(archive);
    int count = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
    WorkerPool workers = new WorkerPool(count);
    entries = 0;
    TreeWriter writer;
    TarReader reader;
    try (TarCursor cursor = new TarCursor(opened, archive.toString());
        WorkerPool ended = workers;
        TreeWriter closed =
            new TreeWriter(
                calls, root, cursor, ended, options, space, path -> beat(opened, total, path))) {
      reader = new TarReader(cursor);
      writer = closed;
      for (TarMember member = reader.next(); member != null; member = reader.next()) {
        entries++;
        writer.add(member);
      }
      writer.finish();
    }
    listener.progress(total, total, entries, "");
    return new UnpackResult(
        entries,
        writer.bytes(),
        writer.skippedDevices(),
        reader.ignored(),
        writer.droppedAttributes() + workers.unsupportedAttributes());
  }

  private void beat(SlabSource opened, long total, String path)
      throws TemplateException, InterruptedException {
    if (cancelled) {
      throw cancelled();
    }
    long now = System.nanoTime();
    if (now - nextProgress >= 0) {
      nextProgress = now + PROGRESS_NANOS;
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      listener.progress(opened.position(), total, entries, NativeName.display(path));
    }
  }

  /** Opens the directory and takes from it what new files would inherit. */
  private int openTarget(FileCalls calls) throws IOException {
    int root =
        calls.open(
            FileCalls.AT_FDCWD,
            NativeName.of(target),
            OpenFlag.RDONLY | OpenFlag.DIRECTORY | OpenFlag.NOFOLLOW,
            0);
    if (root < 0) {
      throw new FileCallException("cannot open " + target, -root);
    }
    int result = options.ownership().change() ? calls.chown(root, 0, 0) : 0;
    if (result >= 0) {
      result = calls.chmod(root, 0700); // Also without a set-gid bit.
    }
    if (result < 0) {
      calls.close(root);
      throw Failures.system("prepare", "", result);
    }
    calls.removeAttribute(root, "system.posix_acl_default");
    calls.removeAttribute(root, "system.posix_acl_access");
    return root;
  }

  private void remove(boolean directoryToo) throws TemplateException {
    try {
      if (directoryToo) {
        TreeRemoval.remove(target);
      } else {
        TreeRemoval.removeContents(target);
      }
    } catch (IOException e) {
      throw new TemplateException(
          Kind.SYSTEM, "unpacking failed, and so did the cleaning up: " + e.getMessage(), e);
    }
  }

  private TemplateException cancelled() {
    return new TemplateException(Kind.CANCELLED, "unpacking of " + archive + " was cancelled");
  }

  private TemplateException asTemplateException(IOException e) {
    if (e instanceof TemplateException known) {
      return known;
    }
    if (e instanceof NoSuchFileException missing) {
      return new TemplateException(Kind.NOT_FOUND, missing.getMessage() + " not found", e);
    }
    return new TemplateException(
        Kind.SYSTEM, "cannot unpack " + archive + ": " + e.getMessage(), e);
  }
}

package org.vzj.template.unpack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.FileCalls;
import org.vzj.linux.file.NativeName;
import org.vzj.linux.file.OpenFlag;
import org.vzj.linux.process.FilterProcess;
import org.vzj.template.TemplateException;

/** Reads a plain archive, or what a decompressing program writes, straight into slabs. */
final class DescriptorSource implements SlabSource {
  private static final int PIPE_BYTES = 1 << 20;
  private final FileCalls calls;
  private final SlabPool pool;
  private final int fd;
  private final @Nullable FilterProcess program;
  private final String damaged;
  private volatile long position;
  private long bytes;
  private boolean ended;

  private DescriptorSource(
      FileCalls calls, SlabPool pool, int fd, @Nullable FilterProcess program, String damaged) {
    this.calls = calls;
    this.pool = pool;
    this.fd = fd;
    this.program = program;
    this.damaged = damaged;
  }

  /** Opens a file of plain tar. */
  static DescriptorSource plain(FileCalls calls, SlabPool pool, Path archive) throws IOException {
    int fd = calls.open(FileCalls.AT_FDCWD, NativeName.of(archive), OpenFlag.RDONLY, 0);
    if (fd < 0) {
      throw new FileCallException("cannot open " + archive, -fd);
    }
    return new DescriptorSource(calls, pool, fd, null, "");
  }

  /** Starts a program that decompresses the file. */
  static DescriptorSource program(
      FileCalls calls, SlabPool pool, Path archive, Compression compression, List<String> command)
      throws IOException {
    int[] pipe = calls.pipe();
    try {
      // Large enough that program and reader seldom wait for each other.
      calls.setPipeSize(pipe[1], PIPE_BYTES);
      FilterProcess program = FilterProcess.start(command, archive, pipe[1]);
      String damaged = archive + " is truncated or corrupt (" + compression.format + " data)";
      return new DescriptorSource(calls, pool, pipe[0], program, damaged);
    } catch (IOException e) {
      calls.close(pipe[0]);
      throw e;
    } finally {
      calls.close(pipe[1]);
    }
  }

  @Override
  public @Nullable Slab next() throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    Slab slab = pool.take();
    while (slab.length < Slab.BYTES) {
      long n = calls.read(fd, slab.address + slab.length, Slab.BYTES - slab.length);
      if (n < 0) {
        slab.release();
        throw new FileCallException("cannot read the archive", (int) -n);
      }
      if (n == 0) {
        ended = true;
        break;
      }
      slab.length += (int) n;
      bytes += n;
    }
    if (program == null) {
      position = bytes;
    }
    if (ended && program != null && program.waitFor() != 0) {
      slab.release();
      throw new TemplateException(TemplateException.Kind.BAD_ARCHIVE, damaged);
    }
    if (slab.length == 0) {
      slab.release();
      return null;
    }
    return slab;
  }

  @Override
  public long position() {
    if (program != null) {
      position = Math.max(position, program.inputPosition());
    }
    return position;
  }

  @Override
  public void abort() {
    if (program != null) {
      program.close();
    }
  }

  @Override
  public void close() {
    abort();
    calls.close(fd);
  }
}

package org.vzj.linux.file;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's syscall(2), bound once. Binding a native function costs several milliseconds of
 * start-up for each distinct signature, so all system calls go through this single one.
 */
final class NativeSyscall {
  /** Bytes that the linker needs to save errno after a call. */
  static final long ERRNO_BYTES = Linker.Option.captureStateLayout().byteSize();

  private static final MethodHandle SYSCALL = bind();

  private NativeSyscall() {}

  /**
   * Makes one system call.
   *
   * @param errno a segment of {@link #ERRNO_BYTES} that belongs to the calling thread
   * @return what the kernel returned, or the negative error number
   */
  static long call(
      MemorySegment errno, SyscallNumber call, long a, long b, long c, long d, long e, long f) {
    try {
      long result = (long) SYSCALL.invokeExact(errno, (long) call.number, a, b, c, d, e, f);
      // The captured state of Linux is errno alone, an int at offset 0.
      return result != -1 ? result : -errno.get(java.lang.foreign.ValueLayout.JAVA_INT, 0);
    } catch (Throwable t) {
      throw new IllegalStateException("system call " + call + " could not be made", t);
    }
  }

  private static MethodHandle bind() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }
}

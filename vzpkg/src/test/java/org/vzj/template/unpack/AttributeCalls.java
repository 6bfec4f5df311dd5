package org.vzj.template.unpack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Extended attributes of any name space, and blocks in use, from the C library, for comparisons.
 */
final class AttributeCalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MethodHandle SET =
      bind(
          "lsetxattr",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle GET =
      bind("lgetxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
  private static final MethodHandle LIST =
      bind("llistxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));

  private AttributeCalls() {}

  private static MethodHandle bind(String function, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), descriptor);
  }

  /** Sets an attribute. Returns false if the file system or kernel does not want it. */
  static boolean set(String path, String name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, value);
      return (int)
              SET.invokeExact(
                  arena.allocateFrom(path, UTF_8),
                  arena.allocateFrom(name, UTF_8),
                  bytes,
                  (long) value.length,
                  0)
          == 0;
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** All attributes of a file, values in hexadecimal. */
  static Map<String, String> all(String path) {
    Map<String, String> found = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment file = arena.allocateFrom(path, UTF_8);
      MemorySegment buffer = arena.allocate(65_536);
      long length = (long) LIST.invokeExact(file, buffer, buffer.byteSize());
      long at = 0;
      while (at < length) {
        String name = buffer.getString(at, UTF_8);
        at += name.getBytes(UTF_8).length + 1;
        MemorySegment value = arena.allocate(65_536);
        long size =
            (long) GET.invokeExact(file, arena.allocateFrom(name, UTF_8), value, value.byteSize());
        found.put(
            name, HexFormat.of().formatHex(value.asSlice(0, Math.max(0, size)).toArray(JAVA_BYTE)));
      }
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
    return found;
  }
}

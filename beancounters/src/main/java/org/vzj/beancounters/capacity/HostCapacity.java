package org.vzj.beancounters.capacity;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What a host has.
 *
 * @param ram RAM in bytes
 * @param lowTotal memory that the kernel can use for itself, in bytes: the same as RAM but on
 *     32-bit hosts
 * @param swap swap space in bytes
 * @param threads how many threads there may be (proc_sys_kernel(5), threads-max)
 */
public record HostCapacity(long ram, long lowTotal, long swap, long threads) {

  /**
   * Asks the kernel.
   *
   * @param proc where procfs is mounted
   * @throws IOException {@code Cannot open F} if a file cannot be read
   */
  public static HostCapacity read(Path proc) throws IOException {
    return parse(text(proc.resolve("meminfo")), text(proc.resolve("sys/kernel/threads-max")));
  }

  /** Understands /proc/meminfo and threads-max; what they do not say is 0. */
  public static HostCapacity parse(String meminfo, String threadsMax) {
    long ram = bytes(meminfo, "MemTotal:");
    long low = bytes(meminfo, "LowTotal:");
    return new HostCapacity(
        ram, low == 0 ? ram : low, bytes(meminfo, "SwapTotal:"), number(threadsMax, 0));
  }

  /** The part of low memory that containers may have, in bytes: two fifths. */
  long lowForContainers() {
    return (long) ((double) lowTotal * 0.4);
  }

  /** RAM and swap space in bytes. */
  long ramAndSwap() {
    return ram + swap;
  }

  /** The same with other swap space. */
  public HostCapacity withSwap(long bytes) {
    return new HostCapacity(ram, lowTotal, bytes, threads);
  }

  private static long bytes(String meminfo, String key) {
    for (int at = 0; at >= 0 && at < meminfo.length(); at = next(meminfo, at)) {
      if (meminfo.startsWith(key, at)) {
        return number(meminfo, at + key.length()) * 1024;
      }
    }
    return 0;
  }

  private static int next(String text, int at) {
    int end = text.indexOf('\n', at);
    return end < 0 ? -1 : end + 1;
  }

  private static long number(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = value * 10 + (text.charAt(at++) - '0');
    }
    return value;
  }

  private static String text(Path file) throws IOException {
    // A file of /proc/sys ends after the first read, which therefore has to be a large one.
    try (InputStream in = new FileInputStream(file.toFile())) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IOException("Cannot open " + file, e);
    }
  }
}

package org.vzj.beancounters.capacity;

import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;

/**
 * What a container takes of the host's memory: of all that the kernel keeps for it, and of three
 * kinds of pages together with that. In bytes; as numbers of C's double, because limits may be
 * unlimited. Where RAM and swap are limited nothing is promised beyond them.
 *
 * @param low kernel memory and buffers of sockets
 * @param ram those and pages in RAM
 * @param memSwap those and pages in RAM or swap
 * @param alloc those and pages that are allocated
 */
record MemoryShare(double low, double ram, double memSwap, double alloc) {
  private static final String[] BUFFERS = {
    "kmemsize", "tcprcvbuf", "tcpsndbuf", "dgramrcvbuf", "othersockbuf"
  };

  /** What is in use. */
  static MemoryShare held(ReportGroup group, long page) {
    double buffers = buffers(group, ReportLine::held);
    return new MemoryShare(
        buffers,
        pages(group, "physpages", ReportLine::held, page) + buffers,
        pages(group, "oomguarpages", ReportLine::held, page) + buffers,
        pages(group, "privvmpages", ReportLine::held, page) + buffers);
  }

  /** What is promised: the limits of buffers and the guarantees of pages. */
  static MemoryShare promised(ReportGroup group, long page) {
    double buffers = buffers(group, ReportLine::limit);
    double most = most(group, page);
    return new MemoryShare(
        Math.min(buffers, most),
        Math.min(buffers, most),
        Math.min(pages(group, "oomguarpages", ReportLine::barrier, page) + buffers, most),
        Math.min(pages(group, "vmguarpages", ReportLine::barrier, page) + buffers, most));
  }

  /** The most that can be allocated. */
  static double allocLimit(ReportGroup group, long page) {
    double allocated = pages(group, "privvmpages", ReportLine::limit, page);
    return Math.min(allocated + buffers(group, ReportLine::limit), most(group, page));
  }

  /** RAM and swap space together; infinite if RAM is not limited. */
  private static double most(ReportGroup group, long page) {
    ReportLine ram = group.line("physpages");
    return ram == null || BarrierLimit.isUnlimited(ram.limit())
        ? Double.POSITIVE_INFINITY
        : pages(group, "physpages", ReportLine::limit, page)
            + pages(group, "swappages", ReportLine::limit, page);
  }

  private static double buffers(ReportGroup group, ToLongFunction<ReportLine> part) {
    double sum = 0;
    for (String name : BUFFERS) {
      sum += value(group.line(name), part);
    }
    return sum;
  }

  private static double pages(
      ReportGroup group, String name, ToLongFunction<ReportLine> part, long page) {
    return value(group.line(name), part) * (double) page;
  }

  private static double value(@Nullable ReportLine line, ToLongFunction<ReportLine> part) {
    return line == null ? 0 : (double) part.applyAsLong(line);
  }
}

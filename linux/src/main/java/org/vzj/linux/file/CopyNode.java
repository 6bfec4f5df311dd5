package org.vzj.linux.file;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory to be copied, whose copy exists, empty. Its descriptors are open while it or
 * directories in it still need them to be reached.
 */
final class CopyNode {
  /** The directory it lies in; null for the top. */
  final @Nullable CopyNode parent;

  final String name;

  /** Its path below the top, empty for the top itself. */
  final String path;

  /** Itself while it is being read, and those in it that are not open yet. */
  final AtomicInteger holders = new AtomicInteger(1);

  int from = -1;
  int to = -1;

  CopyNode(int from, int to) {
    this.parent = null;
    this.name = "";
    this.path = "";
    this.from = from;
    this.to = to;
  }

  CopyNode(CopyNode parent, String name) {
    this.parent = parent;
    this.name = name;
    this.path = parent.child(name);
  }

  /** Returns the path of a name in it. */
  String child(String other) {
    return path.isEmpty() ? other : path + "/" + other;
  }
}

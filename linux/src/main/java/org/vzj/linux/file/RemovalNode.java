package org.vzj.linux.file;

import java.util.concurrent.atomic.AtomicInteger;

/** A directory being emptied by a {@link TreeRemoval}. */
final class RemovalNode {
  /** The directory it lies in; the tree's top is its own. */
  final RemovalNode parent;

  final String name;
  final int depth;

  /** Itself while it is being read, and its children under way. */
  final AtomicInteger pending = new AtomicInteger(1);

  /** Its descriptor once it is open, else -1. */
  volatile int fd = -1;

  /** How often it was read again because names were left in it. */
  int rescans;

  /** The top of a tree. */
  RemovalNode() {
    this.parent = this;
    this.name = "";
    this.depth = 0;
  }

  RemovalNode(RemovalNode parent, String name, int depth) {
    this.parent = parent;
    this.name = name;
    this.depth = depth;
  }

  boolean top() {
    return parent == this;
  }
}

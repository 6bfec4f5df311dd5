package org.vzj.template.unpack;

/**
 * A set of 64-bit hashes of names: eight to sixteen bytes a name, so that a million of them fit
 * where the names would not. Two names with one hash cost time, nothing else: the one who asks
 * looks into the file system then.
 */
final class LongSet {
  private final long seed = System.nanoTime() * 0x9e3779b97f4a7c15L;
  private long[] table = new long[1024];
  private int size;

  /** Hashes a name, each set in its own way so that nobody can choose names that collide. */
  long hash(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0xd6e8feb86659fd93L;
    hash ^= hash >>> 29;
    return hash == 0 ? 1 : hash;
  }

  /** Adds a hash. Returns false if it was there. */
  boolean add(long hash) {
    if (size * 4L >= table.length * 3L) {
      long[] old = table;
      table = new long[old.length * 2];
      for (long value : old) {
        if (value != 0) {
          table[slot(value)] = value;
        }
      }
    }
    int slot = slot(hash);
    if (table[slot] == hash) {
      return false;
    }
    table[slot] = hash;
    size++;
    return true;
  }

  boolean contains(long hash) {
    return table[slot(hash)] == hash;
  }

  private int slot(long hash) {
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != 0 && table[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

package org.vzj.template.unpack;

import org.vzj.linux.file.FileCalls;
import org.vzj.template.TemplateException;

/** One thing that a worker does to the tree. */
interface Job {
  /** What a worker has at hand. */
  final class Tools {
    final FileCalls calls;

    /** True if files are created with the very mode asked for. */
    final boolean umaskCleared;

    /** Attributes that the file system would not take. */
    long unsupportedAttributes;

    Tools(FileCalls calls, boolean umaskCleared) {
      this.calls = calls;
      this.umaskCleared = umaskCleared;
    }
  }

  /** Does it, and lets go of what it holds, also on failure. */
  void run(Tools tools) throws TemplateException;

  /** Lets go of what it holds, undone. */
  void discard(FileCalls calls);

  /** About how many bytes it moves. */
  int weight();
}

package org.vzj.template.unpack;

/** Is told how far an unpacking is, about twenty times a second at most, on the calling thread. */
@FunctionalInterface
public interface ProgressListener {
  /** Does nothing. */
  ProgressListener NONE = (done, total, entries, current) -> {};

  /**
   * Says how far it is.
   *
   * @param done bytes of the archive that have been read, compressed ones
   * @param total bytes of the archive
   * @param entries files, directories and so on seen so far
   * @param current the name just seen, fit to be shown
   */
  void progress(long done, long total, long entries, String current);
}

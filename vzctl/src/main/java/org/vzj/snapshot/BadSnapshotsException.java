package org.vzj.snapshot;

/** A file of snapshots that makes no sense. */
public final class BadSnapshotsException extends Exception {
  private static final long serialVersionUID = 1L;

  BadSnapshotsException(String message) {
    super(message);
  }
}

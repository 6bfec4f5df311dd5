package org.vzj.template;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Why a template could not be used, with OpenVZ's exit code for it. */
public final class TemplateException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure that a caller tells apart. */
  public enum Kind {
    /** The file system has or will have no room: 46. */
    NO_SPACE(46),
    /** The archive is damaged, or not one that we unpack: 48. */
    BAD_ARCHIVE(48),
    /** The archive tries to reach out of its directory: 48. */
    HOSTILE(48),
    /** The host refuses something that the archive rightly asks for: 48. */
    SYSTEM(48),
    /** The caller cancelled or interrupted it: 48. */
    CANCELLED(48),
    /** No such template in the cache: 91. */
    NOT_FOUND(91);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code that {@code vzctl} ends with. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  /**
   * @param kind what sort of failure
   * @param message a sentence without full stop, for the user
   */
  public TemplateException(Kind kind, String message) {
    this(kind, message, null);
  }

  /**
   * @param kind what sort of failure
   * @param message a sentence without full stop, for the user
   * @param cause what brought it about
   */
  public TemplateException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What sort of failure it is. */
  public Kind kind() {
    return kind;
  }
}

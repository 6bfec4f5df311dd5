package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.GuestFiles;

/** Whose a container's files are on the host: they must be those of its own range of ids. */
final class Ownership {
  private Ownership() {}

  /**
   * Only the administrator's own word makes a container share the host's ids: a configuration from
   * OpenVZ's time says nothing of them.
   */
  static void checkIds(Target target) throws VzException {
    if (target.config().localUid() < 0 || target.config().localGid() < 0) {
      throw new VzException(
          ExitCode.BAD_TEMPLATE,
          "LOCAL_UID and LOCAL_GID are not set in "
              + target.container().configFile()
              + ": set them to the first of 65536 free ids and shift the owners of "
              + target.privateArea()
              + ", or set both to 0 to run it privileged, with the ids of the host");
    }
    if ((target.config().localUid() == 0) != (target.config().localGid() == 0)) {
      throw new VzException(
          ExitCode.BAD_TEMPLATE,
          "Only one of LOCAL_UID and LOCAL_GID is 0 in "
              + target.container().configFile()
              + ": set both to 0 to run the container privileged, or neither");
    }
  }

  /** A tree of other ids would be the property of nobody inside. */
  static void check(Target target, GuestFiles files) throws VzException {
    Path area = target.privateArea();
    try {
      Path top = files.find();
      int owner = files.owner(top == null ? area : top);
      if (owner != target.config().localUid()) {
        throw new VzException(
            ExitCode.BAD_TEMPLATE,
            "Private area "
                + area
                + " belongs to user id "
                + owner
                + ", but the container's LOCAL_UID is "
                + target.config().localUid());
      }
    } catch (IOException e) {
      throw new VzException(ExitCode.NO_PRIVATE_AREA, "Unable to look at " + area + ": " + e, e);
    }
  }
}

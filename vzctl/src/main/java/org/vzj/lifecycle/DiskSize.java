package org.vzj.lifecycle;

import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.quota.DiskLimit;

/** DISKSPACE of a container whose layout has a size of its own: an image. */
final class DiskSize {
  private DiskSize() {}

  /**
   * Resizes the disk, running or not, if the options say so.
   *
   * @param target the container with its configuration as it will be
   * @param options what was given
   * @throws VzException INVALID_SYNTAX, INVALID_VALUE or RESIZE_IMAGE
   */
  static void change(Target target, Settings options, boolean save) throws VzException {
    boolean offline = options.has(Parameter.OFFLINE_RESIZE);
    if (offline && !options.has(Parameter.DISKSPACE)) {
      throw new VzException(
          ExitCode.INVALID_VALUE, "Option --offline-resize can only be used with --diskspace");
    }
    if (!options.has(Parameter.DISKSPACE) && !options.has(Parameter.DISKINODES)) {
      return;
    }
    if (target.config().vePrivate() == null || target.config().veRoot() == null) {
      return;
    }
    Layout layout = target.layout();
    if (!layout.hasOwnSize()) {
      return;
    }
    if (options.has(Parameter.DISKINODES)) {
      target
          .messages()
          .say("Warning: --diskinodes is ignored for " + layout.name() + "-based container");
    }
    DiskLimit limit = target.config().diskSpace();
    if (!options.has(Parameter.DISKSPACE) || limit == null) {
      return;
    }
    if (!save) {
      throw new VzException(
          ExitCode.INVALID_SYNTAX,
          "Error: --diskspace for " + layout.name() + " CT can only be used with --save");
    }
    if (offline
        && (InitProcess.running(target.container()) != null
            || HostMounts.read().contains(target.root()))) {
      throw new VzException(
          ExitCode.INVALID_VALUE,
          "Option --offline-resize needs the container stopped and unmounted");
    }
    layout.resize(target.volume(), limit, offline);
  }
}

package org.vzj.lifecycle;

import java.nio.file.Path;
import org.vzj.container.VzException;
import org.vzj.layout.Filling;
import org.vzj.template.TemplateException;
import org.vzj.template.unpack.Ownership;
import org.vzj.template.unpack.ProgressListener;
import org.vzj.template.unpack.UnpackOptions;
import org.vzj.template.unpack.UnpackResult;
import org.vzj.template.unpack.Unpacker;

/**
 * The files of a template.
 *
 * @param target the new container, with the ids of its root
 * @param archive the template's archive
 * @param progress is told how far the unpacking is
 */
record TemplateFilling(Target target, Path archive, ProgressListener progress) implements Filling {
  @Override
  public void into(Path directory) throws VzException {
    unpack(directory, Ownership.shifted(target.config().localUid(), target.config().localGid()));
  }

  @Override
  public void unshiftedInto(Path directory) throws VzException {
    unpack(directory, Ownership.shifted(0, 0));
  }

  private void unpack(Path directory, Ownership owners) throws VzException {
    try {
      UnpackResult result =
          new Unpacker(archive, directory, UnpackOptions.of(owners), progress).unpack();
      if (result.skippedDevices() > 0) {
        target
            .messages()
            .say(
                "Left out " + result.skippedDevices() + " device nodes that no container may have");
      }
    } catch (TemplateException e) {
      throw VzException.ofStatus(e.kind().exitCode(), String.valueOf(e.getMessage()));
    }
  }
}

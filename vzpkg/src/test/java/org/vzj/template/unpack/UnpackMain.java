package org.vzj.template.unpack;

import java.nio.file.Path;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.template.TemplateException;

/** Unpacks from the command line, for the benchmark and for trials by hand. */
final class UnpackMain {
  private UnpackMain() {}

  /** Arguments: ARCHIVE DIRECTORY BASE [java], or remove DIRECTORY. A base of -1 is no shift. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("remove")) {
      System.out.println(TreeRemoval.remove(Path.of(arguments[1])) + " removed");
      return;
    }
    long base = Long.parseLong(arguments[2]);
    UnpackOptions options =
        UnpackOptions.of(base < 0 ? Ownership.asStored() : Ownership.shifted(base, base));
    if (arguments.length > 3) {
      options = options.withoutPrograms();
    }
    try {
      UnpackResult result =
          new Unpacker(Path.of(arguments[0]), Path.of(arguments[1]), options, ProgressListener.NONE)
              .unpack();
      System.out.println(result);
    } catch (TemplateException e) {
      System.out.println(e.kind() + ": " + e.getMessage());
      System.exit(e.kind().exitCode());
    }
  }
}

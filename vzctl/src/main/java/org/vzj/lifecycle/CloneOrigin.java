package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Copying;
import org.vzj.layout.Filling;
import org.vzj.layout.GuestFiles;
import org.vzj.layout.Layout;
import org.vzj.layout.Volume;
import org.vzj.linux.file.CopyResult;
import org.vzj.linux.file.Errno;
import org.vzj.linux.file.FileCallException;
import org.vzj.linux.file.IdShift;
import org.vzj.linux.file.TreeCopy;
import org.vzj.linux.file.TreePruning;
import org.vzj.linux.file.TreeRemoval;

/** Another container, whose lock is held. It may run; then it stands still while it is copied. */
final class CloneOrigin implements Origin {
  /** Files of the administrator's about one container, besides its configuration. */
  private static final String[] SCRIPTS = {
    "mount", "umount", "premount", "postumount", "start", "stop", "fw"
  };

  private static final String MAKE_KEYS = "exec ssh-keygen -A >/dev/null\n";

  private final Target source;
  private final TreeCopy.Progress progress;
  private final CloneRules rules = new CloneRules();

  CloneOrigin(Target source, TreeCopy.Progress progress) {
    this.source = source;
    this.progress = progress;
  }

  @Override
  public String find() throws VzException {
    Mount.requirePrivateArea(source);
    Ownership.checkIds(source);
    String template = source.config().osTemplate();
    return template == null ? "" : template;
  }

  @Override
  public String words() {
    return "Cloning container " + source.id();
  }

  @Override
  public void fill(Layout layout, Volume volume, Target made) throws VzException {
    if (InitProcess.running(source.container()) != null) {
      source.messages().say("Container " + source.id() + " stands still while it is copied");
    }
    try (Frozen frozen = Frozen.freeze(source, ExitCode.PRIVATE_AREA_FAILED);
        Undo after = new Undo(source.messages())) {
      assert frozen != null;
      boolean same = layout.name().equals(source.layout().name());
      if (!same || !layout.copy(source.volume(), volume, new Parts(made))) {
        Path tree = tree(after);
        layout.create(volume, mode(made), new Copy(made, tree));
      }
    }
  }

  private static String mode(Target made) {
    String value = made.config().layout();
    int colon = value == null ? -1 : value.indexOf(':');
    return value == null || colon < 0 ? "" : value.substring(colon + 1);
  }

  /** Where all of the source's files are to be seen. One that must be mounted for that is. */
  private Path tree(Undo after) throws VzException {
    GuestFiles files = source.layout().files(source.volume());
    if (files instanceof GuestFiles.Tree tree) {
      return tree.top();
    }
    if (!HostMounts.read().contains(source.root())) {
      Mount.bind(source);
      after.push("mount of " + source.id(), () -> Umount.unbind(source));
    }
    return source.root();
  }

  /** What a layout has copied when it knows a shorter way. */
  private final class Parts implements Copying {
    private final Target made;

    Parts(Target made) {
      this.made = made;
    }

    @Override
    public void copy(Path from, Path to, boolean layer) throws VzException {
      CloneOrigin.this.copy(made, from, to, layer);
    }

    @Override
    public void makeOwn(Path tree) throws VzException {
      try {
        TreePruning.prune(tree, CloneRules.PLACES, rules);
      } catch (IOException e) {
        throw new VzException(code(e), "Unable to change " + tree + ": " + e.getMessage(), e);
      }
    }
  }

  /** The source's files with the ids of the copy. */
  private final class Copy implements Filling {
    private final Target made;
    private final Path tree;

    Copy(Target made, Path tree) {
      this.made = made;
      this.tree = tree;
    }

    @Override
    public void into(Path directory) throws VzException {
      try {
        copy(made, tree, directory, false);
      } catch (VzException e) {
        clear(made, directory);
        throw e;
      }
    }

    @Override
    public void unshiftedInto(Path directory) throws VzException {
      throw new VzException(ExitCode.PRIVATE_AREA_FAILED, "A container's files are no template's");
    }

    @Override
    public @Nullable Path archive() {
      return null;
    }
  }

  private void copy(Target made, Path from, Path to, boolean layer) throws VzException {
    try {
      rules.forLayer(layer);
      CopyResult result = TreeCopy.copy(from, to, shift(made), rules, progress);
      if (result.skippedDevices() > 0) {
        made.messages()
            .say(
                "Left out " + result.skippedDevices() + " device nodes that no container may have");
      }
      made.messages()
          .detail(
              "Copied "
                  + result.entries()
                  + " names, "
                  + result.bytes()
                  + " bytes; left out "
                  + result.droppedAttributes()
                  + " attributes");
    } catch (IOException e) {
      throw new VzException(code(e), "Unable to copy " + from + ": " + e.getMessage(), e);
    }
  }

  private static void clear(Target made, Path directory) {
    try {
      TreeRemoval.removeContents(directory);
    } catch (IOException e) {
      made.messages().detail("Unable to clear " + directory + ": " + e.getMessage());
    }
  }

  private static ExitCode code(IOException e) {
    boolean full =
        e instanceof FileCallException call
            && (call.errno() == Errno.ENOSPC || call.errno() == Errno.EDQUOT);
    return full ? ExitCode.NO_DISK_SPACE : ExitCode.PRIVATE_AREA_FAILED;
  }

  private IdShift shift(Target made) {
    return new IdShift(
        source.config().localUid(),
        made.config().localUid(),
        source.config().localGid(),
        made.config().localGid(),
        StartPlan.IDS);
  }

  @Override
  public void finish(Target made, Undo undo) throws VzException {
    copyScripts(made, undo);
    if (rules.keysLeftOut() && !rules.keysMadeAtStart()) {
      byte[] script = MAKE_KEYS.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      int status = RunScript.inStopped(made, script, InsideScript.LIMIT);
      if (status != 0) {
        made.messages()
            .warn(
                "Warning: the container has no host keys for ssh; make them inside: ssh-keygen -A");
      }
    }
  }

  private void copyScripts(Target made, Undo undo) throws VzException {
    for (String kind : SCRIPTS) {
      Path from = source.container().script(kind);
      Path to = made.container().script(kind);
      if (!Files.isRegularFile(from) || Files.exists(to)) {
        continue;
      }
      try {
        undo.push(kind, () -> Files.deleteIfExists(to));
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new VzException(ExitCode.COPY_CONFIG, "Unable to copy " + from + ": " + e, e);
      }
    }
  }
}

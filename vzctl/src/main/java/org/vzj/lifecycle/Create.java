package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.vzj.config.Parameter;
import org.vzj.container.ContainerStore;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.scripts.HostScript;
import org.vzj.template.TemplateCache;
import org.vzj.template.TemplateException;
import org.vzj.template.unpack.Ownership;
import org.vzj.template.unpack.ProgressListener;
import org.vzj.template.unpack.UnpackOptions;
import org.vzj.template.unpack.UnpackResult;
import org.vzj.template.unpack.Unpacker;

/** Makes a new container from a template's archive. */
public final class Create {
  private final Target target;
  private final ConfFile draft;
  private final ProgressListener progress;

  /**
   * @param target the container, with the configuration that it will have
   * @param draft the configuration file to be, without what only create knows
   * @param progress is told how far the unpacking is
   */
  public Create(Target target, ConfFile draft, ProgressListener progress) {
    this.target = target;
    this.draft = draft;
    this.progress = progress;
  }

  /**
   * Creates it.
   *
   * @throws VzException for any reason of the reference's list; nothing of the container is left
   *     then
   */
  public void run() throws VzException {
    Path area = target.privateArea();
    Path root = target.root();
    try (Undo undo = new Undo(target.messages())) {
      clearHalfMade(area);
      checkPlaces(area, root);
      linkName(undo);
      String template = templateName();
      Path archive = findArchive(template);
      requireNoMount(area);
      target.messages().say("Creating container private area (" + template + ")");
      make(template, archive, area, undo);
      undo.keep();
    } catch (VzException e) {
      throw VzException.ofStatus(
          e.status(), e.text() + "\nCreation of container private area failed");
    }
    removeLeftovers();
    target.messages().say("Container private area was created");
  }

  /** A killed create, or a killed destroy, may have left files and names without a container. */
  private void clearHalfMade(Path area) throws VzException {
    boolean configured = Files.exists(target.container().configFile());
    try {
      if (new HalfMade(area).clear(configured)) {
        target.messages().detail("Removed what an interrupted create left beside " + area);
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to remove what was left at " + area + ": " + e, e);
    }
    if (!configured) {
      new ContainerStore(target.host().paths()).unlinkAll(target.id());
    }
  }

  private void linkName(Undo undo) throws VzException {
    String name = target.config().name();
    if (name != null && !name.isEmpty()) {
      ContainerStore store = new ContainerStore(target.host().paths());
      store.link(name, target.id());
      undo.push("name", () -> store.unlink(name, target.id()));
    }
  }

  private void make(String template, Path archive, Path area, Undo undo) throws VzException {
    try (IdRanges.Reservation ids = reserveIds()) {
      unpack(archive, area, ids.uid(), ids.gid());
      undo.push("mark", () -> new HalfMade(area).end());
      undo.push("private area", () -> TreeRemoval.remove(area));
      save(template, ids.uid(), ids.gid(), undo);
      new HalfMade(area).end();
      if (!Files.exists(target.root())) {
        undo.push("mount point", () -> Files.deleteIfExists(target.root()));
      }
      PostCreate.run(target, template, ids.uid(), ids.gid());
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to finish: " + e, e);
    }
    runHook();
  }

  private String templateName() throws VzException {
    String template = target.config().osTemplate();
    if (template == null || template.isEmpty()) {
      template = target.host().global().osTemplate();
    }
    if (template == null || template.isEmpty()) {
      throw new VzException(ExitCode.OSTEMPLATE_NOT_SET, "OS template is not specified");
    }
    return template;
  }

  private Path findArchive(String template) throws VzException {
    Path templates = target.host().global().template();
    if (templates == null) {
      throw new VzException(
          ExitCode.TEMPLATE_NOT_SET,
          "TEMPLATE is not set in " + target.host().paths().globalConfig());
    }
    try {
      return TemplateCache.below(templates).require(template);
    } catch (TemplateException e) {
      throw new VzException(ExitCode.OSTEMPLATE_NOT_FOUND, String.valueOf(e.getMessage()), e);
    }
  }

  private void checkPlaces(Path area, Path root) throws VzException {
    if (Files.exists(area) && !isEmpty(area)) {
      throw new VzException(ExitCode.PRIVATE_AREA_EXISTS, "Private area already exists in " + area);
    }
    if (HostMounts.read().contains(root)) {
      throw new VzException(
          ExitCode.MOUNTED, "Something is mounted on " + root + ", the root of the new container");
    }
    String layout = target.config().layout();
    if ((layout == null ? target.host().global().layout() : layout).startsWith("ploop")) {
      throw new VzException(
          ExitCode.PLOOP_UNSUPPORTED,
          "The ploop layout is not supported by this version.\n"
              + "Use --layout simfs, or set VE_LAYOUT=simfs in "
              + target.host().paths().globalConfig());
    }
  }

  private static void requireNoMount(Path area) throws VzException {
    if (HostMounts.read().contains(area)) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED,
          area
              + " is a mount point; use a directory below it, such as --private "
              + area
              + "/private");
    }
  }

  private static boolean isEmpty(Path directory) throws VzException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return !entries.iterator().hasNext();
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_EXISTS, "Private area already exists in " + directory, e);
    }
  }

  /**
   * The administrator's own choice is taken if nobody else has those ids; one of the two numbers
   * stands for both. Both 0 is no user namespace, and one alone would give the container's root the
   * host's own group, or user, in a namespace that hides it.
   */
  private IdRanges.Reservation reserveIds() throws VzException {
    IdRanges ranges = new IdRanges(target.host());
    long uid = target.config().localUid();
    long gid = target.config().localGid();
    if (uid < 0 && gid < 0) {
      return ranges.reserve(target.id());
    }
    uid = uid < 0 ? gid : uid;
    gid = gid < 0 ? uid : gid;
    if (uid == 0 && gid == 0) {
      return new IdRanges.Reservation(0, 0, List.of());
    }
    return ranges.reserve(target.id(), uid, gid);
  }

  /** Into a temporary name, so that a private area is either whole or not there. */
  private void unpack(Path archive, Path area, long uid, long gid) throws VzException {
    HalfMade made = new HalfMade(area);
    Path temporary = made.tree();
    try {
      PrivateDirectory.above(area);
      Files.createDirectory(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      UnpackOptions options = UnpackOptions.of(Ownership.shifted(uid, gid));
      UnpackResult result = new Unpacker(archive, temporary, options, progress).unpack();
      if (result.skippedDevices() > 0) {
        target
            .messages()
            .say(
                "Left out " + result.skippedDevices() + " device nodes that no container may have");
      }
      Files.deleteIfExists(area);
      made.begin();
      Files.move(temporary, area, StandardCopyOption.ATOMIC_MOVE);
    } catch (TemplateException e) {
      removeQuietly(temporary);
      throw VzException.ofStatus(e.kind().exitCode(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      removeQuietly(temporary);
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  private void removeQuietly(Path temporary) {
    try {
      if (Files.exists(temporary)) {
        TreeRemoval.remove(temporary);
      }
    } catch (IOException e) {
      target.messages().warn("Unable to remove " + temporary + ": " + e.getMessage());
    }
  }

  private void save(String template, long uid, long gid, Undo undo) throws VzException {
    Path file = target.container().configFile();
    boolean existed = Files.exists(file);
    ConfFile configuration =
        draft
            .with("VE_ROOT", pattern(Parameter.VE_ROOT))
            .with("VE_PRIVATE", pattern(Parameter.VE_PRIVATE))
            .with("OSTEMPLATE", template.substring(template.lastIndexOf('/') + 1))
            .with("LOCAL_UID", Long.toString(uid))
            .with("LOCAL_GID", Long.toString(gid));
    try {
      Files.createDirectories(target.host().paths().conf());
      configuration.save(file);
      if (!existed) {
        undo.push("configuration", () -> Files.deleteIfExists(file));
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CONFIG_SAVE, "Unable to save " + file + ": " + e.getMessage(), e);
    }
    target.messages().say("CT configuration saved to " + file);
  }

  /** The path as configured, with $VEID in it. */
  private String pattern(Parameter parameter) {
    String value = target.config().get(parameter);
    return value == null ? "" : value;
  }

  private void runHook() throws VzException {
    Path hook = target.host().paths().conf().resolve("vps.create");
    if (Files.exists(hook)) {
      HostScript.run(hook, target.container(), "create", target.messages());
    }
  }

  /** What a destroyed container of this number left aside means nothing any more. */
  private void removeLeftovers() {
    for (String suffix : Destroy.FILES) {
      Path file = target.container().script(suffix);
      try {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".destroyed"));
      } catch (IOException e) {
        target.messages().detail("Unable to remove " + file + ".destroyed: " + e);
      }
    }
  }
}

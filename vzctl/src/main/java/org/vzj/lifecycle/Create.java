package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.container.ContainerStore;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.layout.Layouts;
import org.vzj.layout.Trees;
import org.vzj.layout.Volume;
import org.vzj.lifecycle.apply.DiskApplier;
import org.vzj.linux.conf.ConfFile;
import org.vzj.scripts.HostScript;
import org.vzj.template.unpack.ProgressListener;

/** Makes a new container from a template's archive. */
public final class Create {
  private final Target target;
  private final ConfFile draft;
  private final Origin origin;
  private final @Nullable String layout;

  /**
   * @param target the container, with the configuration that it will have
   * @param draft the configuration file to be, without what only create knows
   * @param progress is told how far the unpacking is
   * @param layout as the command line has it, with a mode after a colon; null: the configuration's
   */
  public Create(Target target, ConfFile draft, ProgressListener progress, @Nullable String layout) {
    this(target, draft, new TemplateOrigin(target, progress, layout), layout);
  }

  /** As above, with files from somewhere else. */
  Create(Target target, ConfFile draft, Origin origin, @Nullable String layout) {
    this.target = target;
    this.draft = draft;
    this.origin = origin;
    this.layout = layout;
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
      Layout layout = checkPlaces(area, root);
      linkName(undo);
      String template = origin.find();
      requireNoMount(area);
      target.messages().say(origin.words());
      make(layout, template, area, undo);
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
      if (HalfMade.of(target).clear(configured)) {
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

  private void make(Layout layout, String template, Path area, Undo undo) throws VzException {
    try (IdRanges.Reservation ids = reserveIds()) {
      Target made = decided(layout, ids);
      DiskApplier disk = DiskApplier.of(made);
      disk.warn();
      undo.push("disk quota", disk::drop);
      fill(made, layout, area, disk);
      settle(area);
      undo.push("mark", () -> HalfMade.of(target).end());
      undo.push("private area", () -> layout.destroy(made.volume()));
      save(made, template, undo);
      HalfMade.of(target).end();
      if (!Files.exists(target.root())) {
        undo.push("mount point", () -> Files.deleteIfExists(target.root()));
      }
      origin.finish(made, undo);
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to finish: " + e, e);
    }
    runHook();
  }

  /** The container with what only create knows. */
  private Target decided(Layout layout, IdRanges.Reservation ids) {
    Settings own =
        target
            .config()
            .own()
            .with(Parameter.VE_LAYOUT, layout.name())
            .with(Parameter.LOCAL_UID, Long.toString(ids.uid()))
            .with(Parameter.LOCAL_GID, Long.toString(ids.gid()));
    return target.with(target.config().withOwn(own));
  }

  private Layout checkPlaces(Path area, Path root) throws VzException {
    if (Files.exists(area) && !isEmpty(area)) {
      throw new VzException(ExitCode.PRIVATE_AREA_EXISTS, "Private area already exists in " + area);
    }
    if (HostMounts.read().contains(root)) {
      throw new VzException(
          ExitCode.MOUNTED, "Something is mounted on " + root + ", the root of the new container");
    }
    Layout layout = Layouts.named(layoutValue());
    layout.check(target.config());
    return layout;
  }

  /** The layout, with its mode after a colon. */
  private String layoutValue() {
    String value = layout == null ? target.config().layout() : layout;
    return value == null ? target.host().global().layout() : value;
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
  private void fill(Target future, Layout layout, Path area, DiskApplier disk) throws VzException {
    HalfMade made = HalfMade.of(target);
    Path temporary = made.tree();
    try {
      PrivateDirectory.above(area);
      Files.createDirectory(
          temporary,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Volume volume = future.volume().at(temporary);
      Path counted = layout.counted(volume);
      if (counted != null) {
        disk.begin(counted);
      }
      origin.fill(layout, volume, future);
      if (counted != null) {
        disk.created(counted);
      }
      Files.deleteIfExists(area);
      made.begin();
      Files.move(temporary, area, StandardCopyOption.ATOMIC_MOVE);
    } catch (VzException e) {
      removeQuietly(temporary);
      throw e;
    } catch (IOException e) {
      removeQuietly(temporary);
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  /**
   * A configuration on another disk must not outlive a power cut that the private area does not.
   */
  private void settle(Path area) throws IOException {
    Path parent = Objects.requireNonNull(area.getParent());
    if (Files.getAttribute(parent, "unix:dev")
        .equals(Files.getAttribute(target.host().paths().conf(), "unix:dev"))) {
      return;
    }
    Trees.flushNames(parent);
  }

  private void removeQuietly(Path temporary) {
    try {
      if (Files.exists(temporary)) {
        Layouts.remove(target.volume().at(temporary));
      }
    } catch (IOException | VzException e) {
      target.messages().warn("Unable to remove " + temporary + ": " + e.getMessage());
    }
  }

  private void save(Target made, String template, Undo undo) throws VzException {
    Path file = target.container().configFile();
    boolean existed = Files.exists(file);
    ConfFile configuration =
        draft
            .with("VE_ROOT", decided(made, Parameter.VE_ROOT))
            .with("VE_PRIVATE", decided(made, Parameter.VE_PRIVATE))
            .with("OSTEMPLATE", template)
            .with("VE_LAYOUT", decided(made, Parameter.VE_LAYOUT))
            .with("LOCAL_UID", decided(made, Parameter.LOCAL_UID))
            .with("LOCAL_GID", decided(made, Parameter.LOCAL_GID));
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

  /** The value as configured: a path has $VEID in it. */
  private static String decided(Target made, Parameter parameter) {
    String value = made.config().get(parameter);
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

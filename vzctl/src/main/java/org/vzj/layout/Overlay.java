package org.vzj.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;

/**
 * Layers: a template's tree that is shared by all containers made from it, and in VE_PRIVATE what
 * the container has changed. VE_PRIVATE is root's and has
 *
 * <ul>
 *   <li>{@code base}: the name of the shared tree, and a ticket that keeps it
 *   <li>{@code upper}: the container's own files, with its own ids
 *   <li>{@code work}: overlayfs's own
 *   <li>{@code lower}: where the shared tree is for the moment of mounting
 * </ul>
 */
public final class Overlay implements Layout {
  static final String NAME = "overlay";

  /** Number of ids that each container has. */
  private static final int IDS = 65_536;

  private static final String OPTIONS =
      ",redirect_dir=nofollow,metacopy=off,index=off,nfs_export=off,xino=auto";

  /**
   * What a private area says of the tree that it needs.
   *
   * @param tree its name below TEMPLATE/shared
   * @param ticket a name that nobody else has, of the file that keeps the tree
   */
  record Base(String tree, String ticket) {
    static Path file(Path area) {
      return area.resolve("base");
    }

    void write(Path area) throws IOException {
      Files.writeString(file(area), tree + "\n" + ticket + "\n");
    }

    static @Nullable Base read(Path area) throws IOException {
      try {
        String[] lines = Files.readString(file(area)).split("\n", -1);
        boolean good =
            lines.length == 3
                && isName(lines[0])
                && isName(lines[1])
                && Layouts.isRoots(file(area));
        return good ? new Base(lines[0], lines[1]) : null;
      } catch (NoSuchFileException e) {
        return null;
      }
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && text.charAt(0) != '.' && text.indexOf('/') < 0;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GuestFiles files(Volume volume) {
    Path upper = upper(volume);
    try {
      Base base = Base.read(volume.area());
      return base == null
          ? GuestFiles.in(upper)
          : new MergedFiles(upper, trees(volume).named(base.tree).files());
    } catch (IOException | VzException e) {
      return GuestFiles.in(upper);
    }
  }

  @Override
  public Path counted(Volume volume) {
    return volume.area();
  }

  @Override
  public void create(Volume volume, String mode, Filling filling) throws VzException {
    Path archive = filling.archive();
    if (archive == null) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "The overlay layout is only for what a template holds");
    }
    Path area = volume.area();
    requirePlainPath(area);
    try {
      String ticket = UUID.randomUUID().toString();
      // First what says which claim is ours: a kill in between leaves nothing that nobody knows.
      SharedTree tree =
          trees(volume)
              .require(
                  filling,
                  archive,
                  shared -> {
                    new Base(String.valueOf(shared.directory().getFileName()), ticket).write(area);
                    Files.writeString(shared.user(ticket), area + "\n");
                  });
      Files.createDirectory(lower(volume));
      Files.createDirectory(area.resolve("work"));
      Path upper = Files.createDirectory(upper(volume));
      Files.setAttribute(upper, "unix:uid", volume.config().localUid());
      Files.setAttribute(upper, "unix:gid", volume.config().localGid());
      Set<PosixFilePermission> mode755 = Files.getPosixFilePermissions(tree.files());
      Files.setPosixFilePermissions(upper, mode755);
      Files.setLastModifiedTime(upper, Files.getLastModifiedTime(tree.files()));
      Files.setPosixFilePermissions(area, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.PRIVATE_AREA_FAILED, "Unable to create private area " + area + ": " + e, e);
    }
  }

  @Override
  public void addMount(LaunchPlan.Builder plan, Volume volume) throws VzException {
    Path area = volume.area();
    requirePlainPath(area);
    String root = volume.root().toString();
    plan.overlay(
        base(volume).files().toString(),
        lower(volume).toString(),
        root,
        volume.config().localUid(),
        volume.config().localGid(),
        IDS,
        "lowerdir="
            + lower(volume)
            + ",upperdir="
            + upper(volume)
            + ",workdir="
            + area.resolve("work")
            + OPTIONS);
    plan.mount("-", root, "-", "private", "-");
  }

  @Override
  public boolean isAbout(LaunchReport.Failed failed, Volume volume) {
    return failed.what().startsWith("overlay ");
  }

  @Override
  public String mountLine(Volume volume) {
    return "mount -t overlay -o lowerdir="
        + lower(volume)
        + ",upperdir="
        + upper(volume)
        + " overlay "
        + volume.root();
  }

  /** The tree below; what says that this container needs it is renewed if it was lost. */
  private static SharedTree base(Volume volume) throws VzException {
    try {
      Base base = Base.read(volume.area());
      if (base == null) {
        throw new VzException(
            ExitCode.MOUNT_FAILED,
            Base.file(volume.area()) + " is missing or wrong: it names the template's tree");
      }
      SharedTree tree = trees(volume).named(base.tree);
      if (!tree.isThere()) {
        throw new VzException(
            ExitCode.MOUNT_FAILED,
            "The template's tree " + tree.files() + ", which the container needs, is missing");
      }
      Path user = tree.user(base.ticket);
      if (!Files.exists(user)) {
        Files.writeString(user, volume.area() + "\n");
      }
      return tree;
    } catch (IOException e) {
      throw new VzException(
          ExitCode.MOUNT_FAILED, "Unable to look at the layers of " + volume.area() + ": " + e, e);
    }
  }

  @Override
  public void unmounted(Volume volume) throws VzException {
    Mounts.clear(volume.runner(), lower(volume));
  }

  @Override
  public void destroy(Volume volume) throws IOException, VzException {
    Path area = volume.area();
    if (Layouts.isRoots(area)) {
      Base base = Base.read(area);
      if (base != null) {
        trees(volume).release(base.tree, base.ticket);
      }
    }
    TreeRemoval.remove(area);
  }

  private static SharedTrees trees(Volume volume) throws VzException {
    Path template = volume.config().global().template();
    if (template == null) {
      throw new VzException(ExitCode.TEMPLATE_NOT_SET, "TEMPLATE is not set in vz.conf");
    }
    return new SharedTrees(template);
  }

  private static Path upper(Volume volume) {
    return volume.area().resolve("upper");
  }

  private static Path lower(Volume volume) {
    return volume.area().resolve("lower");
  }

  /** overlayfs takes its layers as one text of options. */
  private static void requirePlainPath(Path area) throws VzException {
    String text = area.toString();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == ':' || c == '\\') {
        throw new VzException(
            ExitCode.INVALID_CONFIG,
            "The overlay layout cannot be used with VE_PRIVATE " + area + ": it has a " + c);
      }
    }
  }

  /** Tells whether a private area is one of these. */
  static boolean isOne(Path area) {
    return Layouts.isRoots(area)
        && Layouts.isRoots(Base.file(area))
        && Files.isRegularFile(Base.file(area), LinkOption.NOFOLLOW_LINKS);
  }
}

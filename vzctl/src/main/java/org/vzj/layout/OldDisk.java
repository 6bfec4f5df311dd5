package org.vzj.layout;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.layout.expanded.DiskChain;
import org.vzj.layout.expanded.DiskPart;
import org.vzj.layout.expanded.ExpandedImage;
import org.vzj.layout.expanded.OldDescriptor;
import org.vzj.linux.file.TreeRemoval;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.process.CommandResult;

/**
 * A disk that OpenVZ's ploop driver wrote: its images are in the driver's own format, or have a
 * table of partitions in front. It can be made one of raw images. The ids on it stay those that the
 * container's users have inside, which a file beside the images says: the mount shifts them.
 */
public final class OldDisk {
  /** Beside images on which the ids are those inside. */
  private static final String UNSHIFTED = "unshifted";

  private static final byte[] GPT = "EFI PART".getBytes(StandardCharsets.US_ASCII);
  private static final int GPT_AT = 512;
  private static final long BLOCK = 4096;

  private final Path images;
  private final Path made;
  private final Messages messages;

  /**
   * @param images the directory of its images, none of which is mounted
   */
  public OldDisk(Path images, Messages messages) {
    this.images = images;
    this.made = images.resolveSibling(images.getFileName() + ".new");
    this.messages = messages;
  }

  /** The disk of a container. */
  public static OldDisk of(Volume volume) {
    return new OldDisk(volume.area().resolve("root.hdd"), volume.messages());
  }

  /** Tells whether it is such a one: the image in use, or the base, cannot be mounted. */
  public boolean isOne() throws IOException {
    return refusal(images.resolve("root.hdd")) != null;
  }

  /** Says what an image is that cannot be mounted; null if it is not of such a disk. */
  private static @Nullable String refusal(Path image) throws IOException {
    if (!Files.isRegularFile(image, LinkOption.NOFOLLOW_LINKS)
        || ExtSuperblock.read(image) != null) {
      return null;
    }
    if (ExpandedImage.isOne(image)) {
      return "in the format of OpenVZ's ploop driver";
    }
    return hasPartitions(image) ? "a disk of OpenVZ's ploop driver, with partitions" : null;
  }

  /**
   * Refuses an image that cannot be mounted.
   *
   * @param code of the error
   * @param remedy the command that makes a raw one of it
   */
  static void refuse(Path image, ExitCode code, String remedy) throws VzException {
    try {
      String what = refusal(image);
      if (what != null) {
        throw new VzException(
            code,
            "The image "
                + image
                + " is "
                + what
                + ", which this kernel cannot mount: "
                + remedy
                + " makes a raw one of it");
      }
    } catch (IOException e) {
      throw new VzException(code, "Unable to look at " + image + ": " + e, e);
    }
  }

  private static boolean hasPartitions(Path image) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(GPT.length);
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      file.read(bytes, GPT_AT);
    }
    return bytes.flip().equals(ByteBuffer.wrap(GPT));
  }

  /** Tells whether the ids on a container's disk are those inside, as on one that was made raw. */
  public static boolean isUnshifted(Volume volume) {
    return Files.exists(volume.area().resolve("root.hdd").resolve(UNSHIFTED));
  }

  /** Makes a mount of the image one of its own, which shows the container's ids. */
  static void addOwners(LaunchPlan.Builder plan, Volume volume, Path point) {
    String target = point.toString();
    long uid = volume.config().localUid();
    if (uid > 0 && isUnshifted(volume)) {
      plan.idmap(target, target, uid, volume.config().localGid(), Volume.IDS, "-");
    } else {
      plan.mount("-", target, "-", "private", "-");
    }
  }

  /**
   * Makes raw images of it, of each snapshot too. They are made beside the old ones and change
   * places with them in one step; the old ones are removed then.
   *
   * @param full whether all of the disk's space is taken now
   * @throws VzException CONVERT_IMAGE: the disk is as it was then
   */
  public void makeRaw(boolean full) throws VzException {
    try {
      removeMade();
      try {
        OldDescriptor disk = descriptor();
        check(disk);
        copy(disk, full);
        keepOthers(disk);
        Trees.flush(made);
        Trees.exchange(made, images);
        Trees.flush(images);
      } finally {
        removeMade();
      }
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CONVERT_IMAGE, "Unable to convert " + images + ": " + e.getMessage(), e);
    }
  }

  /** Removes what a kill has left: what was to change places with the disk, or what did. */
  void removeMade() throws IOException {
    if (Files.exists(made, LinkOption.NOFOLLOW_LINKS)) {
      TreeRemoval.remove(made);
    }
  }

  private OldDescriptor descriptor() throws IOException {
    return OldDescriptor.read(images.resolve(DiskDescriptor.NAME));
  }

  /** All of it, before anything is written. */
  private void check(OldDescriptor disk) throws IOException {
    for (String guid : disk.files().keySet()) {
      try (DiskChain chain = DiskChain.open(disk.chain(guid))) {
        DiskPart.find(chain);
        if (chain.inUse() && guid.equals(disk.top())) {
          messages.warn(
              "Warning: the disk was in use when it was copied: what had not been written then"
                  + " is lost");
        }
      }
    }
  }

  private void copy(OldDescriptor disk, boolean full) throws IOException, VzException {
    Files.createDirectory(made, Trees.ownerOnly());
    List<String> snapshots = disk.snapshots();
    for (String guid : snapshots) {
      copyOne(disk.chain(guid), made.resolve("root.hdd." + guid));
    }
    Path image = made.resolve("root.hdd");
    copyOne(disk.chain(disk.top()), image);
    long bytes = Files.size(image);
    if (full) {
      Programs.run(ExitCode.CONVERT_IMAGE, "fallocate", "-l", Long.toString(bytes), "" + image);
    }
    Files.writeString(made.resolve(UNSHIFTED), "");
    DiskDescriptor.write(made, bytes, "root.hdd", snapshots);
  }

  /** What else lies beside the images is not ours to remove. */
  private void keepOthers(OldDescriptor disk) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(images)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(DiskDescriptor.NAME) || disk.hasFile(name)) {
          continue;
        }
        Path kept = made.resolve(name);
        if (name.startsWith("root.hdd.{")
            || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
            || Files.exists(kept)) {
          throw new IOException(entry + " is in the way");
        }
        Files.createLink(kept, entry);
      }
    }
  }

  private void copyOne(List<Path> files, Path to) throws IOException, VzException {
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (DiskChain chain = DiskChain.open(files);
        FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      messages.say("Creating image: " + to.getFileName() + " from " + files.getFirst());
      chain.copyTo(out, DiskPart.find(chain));
    }
    try (RandomAccessFile file = new RandomAccessFile(to.toFile(), "rw")) {
      file.setLength((file.length() + BLOCK - 1) / BLOCK * BLOCK);
    }
    // The kernel trusts what is on a disk, and a stranger wrote this one.
    CommandResult checked =
        Programs.result(ExitCode.CONVERT_IMAGE, "e2fsck", "-f", "-p", to.toString());
    if (checked.status() > 2) {
      throw Programs.failed(ExitCode.CONVERT_IMAGE, checked, "e2fsck");
    }
  }
}

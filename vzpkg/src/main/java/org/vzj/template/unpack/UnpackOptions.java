package org.vzj.template.unpack;

/**
 * How to unpack.
 *
 * @param ownership whose the files will be
 * @param allDevices true to create every device node of the archive, also those of disks; else only
 *     the harmless ones of {@link DeviceAllowance}
 * @param reserveBytes leave so much of the file system free; -1 for the default, a hundredth of it,
 *     64 MiB at most
 * @param programs true to let programs of the host decompress (igzip, xz …) where they are faster
 */
public record UnpackOptions(
    Ownership ownership, boolean allDevices, long reserveBytes, boolean programs) {
  /** The usual ones: safe devices, default reserve, programs used. */
  public static UnpackOptions of(Ownership ownership) {
    return new UnpackOptions(ownership, false, -1, true);
  }

  /** These with all device nodes. */
  public UnpackOptions withAllDevices() {
    return new UnpackOptions(ownership, true, reserveBytes, programs);
  }

  /** These with another reserve of free space, in bytes. */
  public UnpackOptions withReserve(long bytes) {
    return new UnpackOptions(ownership, allDevices, bytes, programs);
  }

  /** These, decompressing in this process only. */
  public UnpackOptions withoutPrograms() {
    return new UnpackOptions(ownership, allDevices, reserveBytes, false);
  }
}

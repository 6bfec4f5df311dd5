package org.vzj.template.unpack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of an archive, as its headers describe it. Names are one character per byte.
 *
 * @param type what it is
 * @param path its normalized path beneath the root; empty for the root itself
 * @param link what a symbolic link says, or the path of what a hard link links to
 * @param mode permission bits with set-id and sticky bits
 * @param uid the stored owner
 * @param gid the stored group
 * @param seconds modification time since 1970
 * @param nanos and its nanoseconds
 * @param stored bytes of contents in the archive
 * @param size bytes of the file, more than stored if it is sparse
 * @param sparse where the contents belong, null if they are the whole file
 * @param major of a device
 * @param minor of a device
 * @param attributes extended attributes as stored
 */
record TarMember(
    MemberType type,
    String path,
    String link,
    int mode,
    long uid,
    long gid,
    long seconds,
    int nanos,
    long stored,
    long size,
    @Nullable SparseMap sparse,
    int major,
    int minor,
    List<ExtendedAttribute> attributes) {}

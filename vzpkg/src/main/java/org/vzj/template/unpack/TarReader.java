package org.vzj.template.unpack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_BLK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_CHR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_CONTIG;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_DIR;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_FIFO;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_LONGLINK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_LONGNAME;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_GNUTYPE_SPARSE;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_LINK;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_NORMAL;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_OLDNORM;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_EXTENDED_HEADER_LC;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_EXTENDED_HEADER_UC;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;
import static org.apache.commons.compress.archivers.tar.TarConstants.LF_SYMLINK;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.file.NativeName;
import org.vzj.template.TemplateException;
import org.vzj.template.TemplateException.Kind;

/**
 * Reads the headers of a tar archive: ustar, PAX, GNU, star and version 7. Fields are decoded by
 * Commons Compress. Its TarArchiveInputStream is not used, for three reasons: it decodes PAX values
 * as UTF-8 (see {@link PaxRecords}), it copies contents twice where we write them from where they
 * were read, and it takes extended headers of any size into memory.
 *
 * <p>After {@link #next} the contents, {@link TarMember#stored} bytes with padding, are the
 * caller's to read from the cursor.
 */
final class TarReader {
  /** Larger extended headers are refused; a file's attributes and names are far below. */
  private static final int MAX_HEADER = 8 << 20;

  /** Data after the end mark that is tolerated: tar pads to 10 KiB, tapes to more. */
  private static final long MAX_TRAILER = 16 << 20;

  private static final int GNU_DUMP_DIRECTORY = 'D';
  private static final int GNU_VOLUME_LABEL = 'V';

  private final TarCursor cursor;
  private final byte[] header = new byte[TarCursor.BLOCK];
  private @Nullable PaxRecords globals;
  private long ignored;

  TarReader(TarCursor cursor) {
    this.cursor = cursor;
  }

  /** Members passed over because they are no files. */
  long ignored() {
    return ignored;
  }

  /**
   * Reads the next member's headers.
   *
   * @return null at the end of the archive, which has then been read to its last byte
   */
  @Nullable TarMember next() throws IOException, InterruptedException {
    PaxRecords pax = null;
    String longName = null;
    String longLink = null;
    while (true) {
      if (!cursor.block(header)) {
        throw cursor.truncated(); // Every archive ends in a block of zeros.
      }
      if (isZero(header)) {
        finish(pax != null || longName != null || longLink != null);
        return null;
      }
      try {
        verifyCheckSum();
        switch (header[156]) {
          case LF_GNUTYPE_LONGNAME -> longName = text(extension());
          case LF_GNUTYPE_LONGLINK -> longLink = text(extension());
          case LF_PAX_EXTENDED_HEADER_LC, LF_PAX_EXTENDED_HEADER_UC -> {
            pax = new PaxRecords(globals);
            pax.add(extension());
          }
          case LF_PAX_GLOBAL_EXTENDED_HEADER -> {
            PaxRecords merged = new PaxRecords(globals);
            merged.add(extension());
            globals = merged;
          }
          case GNU_VOLUME_LABEL -> {
            ignored++;
            skip(number(124, 12));
          }
          default -> {
            return member(pax != null ? pax : globals, longName, longLink);
          }
        }
      } catch (IllegalArgumentException e) {
        throw corrupt("unreadable header field");
      }
    }
  }

  private void verifyCheckSum() throws TemplateException {
    boolean right;
    try {
      right = TarUtils.verifyCheckSum(header);
    } catch (IllegalArgumentException e) {
      right = false;
    }
    if (!right) {
      throw cursor.offset() > TarCursor.BLOCK
          ? corrupt("bad header checksum")
          : new TemplateException(Kind.BAD_ARCHIVE, "it is not a tar archive");
    }
  }

  private TarMember member(
      @Nullable PaxRecords pax, @Nullable String longName, @Nullable String longLink)
      throws IOException, InterruptedException {
    MemberType type = type();
    boolean posix = header[257] == 'u' && header[262] == 0;
    String name = longName != null ? longName : field(0, 100);
    if (longName == null && posix) {
      // The star variant keeps times where ustar has the prefix's last bytes.
      boolean star = header[508] == 't' && header[509] == 'a' && header[510] == 'r';
      String prefix = field(345, star ? 131 : 155);
      name = prefix.isEmpty() ? name : prefix + "/" + name;
    }
    if (type == MemberType.FILE && name.endsWith("/") && header[156] != LF_GNUTYPE_SPARSE) {
      type = MemberType.DIRECTORY; // Version 7 tar had no other way to say so.
    }
    String link = longLink != null ? longLink : field(157, 100);
    long uid = number(108, 8);
    long gid = number(116, 8);
    long size = number(124, 12);
    TarTime time = new TarTime(TarUtils.parseOctalOrBinary(header, 136, 12), 0);
    int major = 0;
    int minor = 0;
    if (type == MemberType.CHARACTER_DEVICE || type == MemberType.BLOCK_DEVICE) {
      major = (int) number(329, 8);
      minor = (int) number(337, 8);
    }
    List<ExtendedAttribute> attributes = List.of();
    if (pax != null) {
      String path = pax.text("path");
      name = path != null ? path : name;
      String linkPath = pax.text("linkpath");
      link = linkPath != null ? linkPath : link;
      uid = pax.number("uid", uid);
      gid = pax.number("gid", gid);
      size = pax.number("size", size);
      String modified = pax.text("mtime");
      time = modified != null ? TarTime.parse(modified) : time;
      attributes = attributes(pax);
    }
    long real = size;
    SparseMap sparse = null;
    if (type == MemberType.FILE && header[156] == LF_GNUTYPE_SPARSE) {
      real = number(483, 12);
      sparse = SparseReader.old(header, cursor);
    } else if (type == MemberType.FILE && pax != null && SparseReader.isSparse(pax)) {
      String path = pax.text("GNU.sparse.name");
      name = path != null ? path : name;
      real = SparseReader.realSize(pax);
      long start = cursor.offset();
      sparse = SparseReader.pax(pax, cursor, size);
      size -= cursor.offset() - start;
    }
    if (sparse != null && (sparse.dataBytes() != size || sparse.end() > real)) {
      throw corrupt("impossible sparse map of " + NativeName.display(name));
    }
    String path = MemberName.normalize(name);
    if (type == MemberType.SYMLINK) {
      link = MemberName.linkText(path, link);
    } else if (type == MemberType.HARD_LINK) {
      link = MemberName.normalize(link);
    }
    if (type != MemberType.FILE) {
      // Some writers store the size of what a link links to, without contents.
      if (type == MemberType.DIRECTORY && header[156] == GNU_DUMP_DIRECTORY) {
        skip(size);
      }
      size = 0;
    }
    int mode = (int) number(100, 8) & 07777;
    return new TarMember(
        type,
        path,
        link,
        mode,
        uid,
        gid,
        time.seconds(),
        time.nanos(),
        size,
        real,
        sparse,
        major,
        minor,
        attributes);
  }

  private MemberType type() throws TemplateException {
    return switch (header[156]) {
      case LF_NORMAL, LF_OLDNORM, LF_CONTIG, LF_GNUTYPE_SPARSE -> MemberType.FILE;
      case LF_LINK -> MemberType.HARD_LINK;
      case LF_SYMLINK -> MemberType.SYMLINK;
      case LF_CHR -> MemberType.CHARACTER_DEVICE;
      case LF_BLK -> MemberType.BLOCK_DEVICE;
      case LF_DIR, GNU_DUMP_DIRECTORY -> MemberType.DIRECTORY;
      case LF_FIFO -> MemberType.FIFO;
      case 'M' ->
          throw corrupt("it is one volume of several, and continues a file of the one before");
      default -> throw corrupt("member of unknown type " + (header[156] & 0xff));
    };
  }

  private static List<ExtendedAttribute> attributes(PaxRecords pax) {
    List<ExtendedAttribute> found = null;
    for (Map.Entry<String, byte[]> entry : pax.all().entrySet()) {
      if (entry.getKey().startsWith("SCHILY.xattr.") || entry.getKey().startsWith("SCHILY.acl.")) {
        found = found == null ? new ArrayList<>() : found;
        found.add(new ExtendedAttribute(entry.getKey(), entry.getValue()));
      }
    }
    return found == null ? List.of() : found;
  }

  /** The contents of an extension member. */
  private byte[] extension() throws IOException, InterruptedException {
    long size = number(124, 12);
    if (size > MAX_HEADER) {
      throw corrupt("extended header of " + size + " bytes");
    }
    return cursor.bytes((int) size);
  }

  private void skip(long size) throws IOException, InterruptedException {
    cursor.skip(size);
    cursor.skipPadding(size);
  }

  private void finish(boolean dangling) throws IOException, InterruptedException {
    if (dangling) {
      throw corrupt("an extended header without its member");
    }
    if (!cursor.drain(MAX_TRAILER)) {
      throw corrupt("it goes on after its end mark");
    }
  }

  private long number(int offset, int length) throws TemplateException {
    long value = TarUtils.parseOctalOrBinary(header, offset, length);
    if (value < 0) {
      throw corrupt("negative number in a header");
    }
    return value;
  }

  private String field(int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, ISO_8859_1);
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static TemplateException corrupt(String what) {
    return new TemplateException(Kind.BAD_ARCHIVE, "the archive is corrupt: " + what);
  }
}

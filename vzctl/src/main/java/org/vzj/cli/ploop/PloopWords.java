package org.vzj.cli.ploop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.snapshot.Guid;

/** The command line of one command of ploop. */
final class PloopWords {
  private static final GetoptOption SIZE =
      GetoptOption.value('s').helped("SIZE", "size of the disk: sectors, or with K, M, G, T");
  private static final GetoptOption FORMAT =
      GetoptOption.value('f')
          .helped("FORMAT", "raw and expanded: sparse; preallocated: all of its space at once");
  private static final GetoptOption UUID =
      GetoptOption.value('u', "uuid", "id").helped("UUID", "a snapshot, in braces");
  private static final GetoptOption NO_HEADER = GetoptOption.flag('H').helped("no headings");
  private static final GetoptOption POINT = GetoptOption.value('m').helped("DIR", "mount point");

  private static final long SECTOR = 512;

  private final GetoptResult result;
  private final Path directory;

  PloopWords(String command, List<String> words, Path directory) {
    this.result = new GetoptModel("ploop", options(command)).parse(words);
    this.directory = directory;
  }

  /** Returns the options of a command. */
  static List<GetoptOption> options(String command) {
    return switch (command) {
      case "init" ->
          List.of(
              SIZE,
              FORMAT,
              GetoptOption.value('t').helped("TYPE", "file system: ext4 or none"),
              GetoptOption.value('v'),
              GetoptOption.value('b'),
              GetoptOption.value('B'),
              GetoptOption.flag('n', "nolazy"));
      case "mount" ->
          List.of(
              POINT,
              GetoptOption.flag('r').helped("read-only"),
              GetoptOption.value('o').helped("OPTIONS", "mount options"),
              GetoptOption.value('t'),
              GetoptOption.flag('F'),
              UUID);
      case "umount" -> List.of(POINT);
      case "resize" -> List.of(SIZE);
      case "info" -> List.of(GetoptOption.flag('s'), GetoptOption.flag('d').helped(""));
      case "list" -> List.of(GetoptOption.flag('a'));
      case "convert" -> List.of(FORMAT, GetoptOption.value('v'));
      case "snapshot", "snapshot-delete", "snapshot-switch" -> List.of(UUID);
      case "snapshot-list" -> List.of(NO_HEADER);
      default -> List.of();
    };
  }

  /** Returns the options of all commands, each once. */
  static List<GetoptOption> all(List<String> commands) {
    List<GetoptOption> all = new ArrayList<>();
    for (String command : commands) {
      for (GetoptOption option : options(command)) {
        if (!option.help().isEmpty() && !all.contains(option)) {
          all.add(option);
        }
      }
    }
    return all;
  }

  boolean has(String key) {
    return result.has(key);
  }

  @Nullable String value(String key) {
    return result.last(key);
  }

  /**
   * Returns the operands, of which there must be so many.
   *
   * @throws PloopException PARAMETER
   */
  List<String> operands(int least, int most) throws PloopException {
    String error = result.error();
    if (error != null) {
      throw wrong(error);
    }
    int count = result.operands().size();
    if (count < least || count > most) {
      throw wrong(count < least ? "DiskDescriptor.xml or an image is missing" : "too many words");
    }
    return result.operands();
  }

  /** Returns the one file that is named. */
  Path file() throws PloopException {
    return directory.resolve(operands(1, 1).getFirst()).normalize();
  }

  /** Returns the mount point, null if none is named. */
  @Nullable Path point() {
    String value = value("m");
    return value == null ? null : directory.resolve(value).normalize();
  }

  /** Returns the bytes of {@code -s}. */
  long size() throws PloopException {
    String text = value("s");
    if (text == null) {
      throw wrong("the size is missing: -s");
    }
    char last = text.isEmpty() ? ' ' : Character.toUpperCase(text.charAt(text.length() - 1));
    int shift = last == 'K' ? 10 : last == 'M' ? 20 : last == 'G' ? 30 : last == 'T' ? 40 : 0;
    try {
      long number = Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1));
      long unit = shift == 0 ? SECTOR : 1L << shift;
      if (number > 0 && number <= Long.MAX_VALUE / unit) {
        return number * unit;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("Invalid size: " + text);
  }

  /** Returns whether {@code -f} wants all of the space at once. */
  boolean full() throws PloopException {
    String format = value("f");
    if (format == null || format.equals("raw") || format.equals("expanded")) {
      return false;
    }
    if (format.equals("preallocated")) {
      return true;
    }
    throw wrong("Unknown format: " + format);
  }

  /** Returns the guid of {@code -u}, null if none is given. */
  @Nullable String guid() throws PloopException {
    String text = value("uuid");
    if (text == null) {
      return null;
    }
    String guid = Guid.parse(text);
    if (guid == null || !guid.equals(text)) {
      throw wrong("Incorrect uuid is specified: " + text);
    }
    return guid;
  }

  static PloopException wrong(String message) {
    return new PloopException(PloopStatus.PARAMETER, message);
  }
}

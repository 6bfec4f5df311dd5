package org.vzj.cli.ploop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.layout.DiskUsage;
import org.vzj.layout.OldDisk;
import org.vzj.layout.PlanRunner;
import org.vzj.layout.PloopDisk;
import org.vzj.linux.launch.Launcher;
import org.vzj.snapshot.Guid;

/** ploop: what of OpenVZ's tool makes sense with raw images on loop devices. */
public final class Ploop {
  /** The commands that there are. */
  public static final List<String> COMMANDS =
      List.of(
          "init",
          "mount",
          "umount",
          "resize",
          "convert",
          "check",
          "info",
          "list",
          "snapshot",
          "snapshot-delete",
          "snapshot-switch",
          "snapshot-list",
          "balloon");

  /** OpenVZ's commands for what only its driver has. */
  private static final List<String> REFUSED =
      List.of("replace", "snapshot-merge", "copy", "restore-descriptor", "encrypt");

  private static final String USAGE =
      """
      Usage: ploop init -s SIZE [-f FORMAT] [-t ext4|none] FILE
             ploop mount -m DIR [-r] [-o OPTIONS] [-u UUID] DiskDescriptor.xml
             ploop umount -m DIR | DiskDescriptor.xml
             ploop resize -s SIZE DiskDescriptor.xml
             ploop convert -f FORMAT DiskDescriptor.xml
             ploop check | info DiskDescriptor.xml
             ploop list
             ploop snapshot [-u UUID] DiskDescriptor.xml
             ploop snapshot-delete | snapshot-switch -u UUID DiskDescriptor.xml
             ploop snapshot-list [-H] DiskDescriptor.xml
             ploop balloon discard DiskDescriptor.xml
      """;

  private final Session session;
  private final PlanRunner runner;

  private Ploop(Session session) {
    this.session = session;
    VzPaths paths = VzPaths.of(session.environment());
    this.runner =
        plan -> {
          try {
            Files.createDirectories(paths.plans());
            return new Launcher(paths.launcher(), paths.plans()).execute(plan);
          } catch (IOException e) {
            throw new VzException(
                ExitCode.SYSTEM, "Unable to run the launcher: " + e.getMessage(), e);
          }
        };
  }

  /** Returns the options of all commands. */
  public static List<GetoptOption> options() {
    return PloopWords.all(COMMANDS);
  }

  /** Runs it. */
  public static int run(Session session) {
    List<String> words = session.arguments();
    String command = words.isEmpty() ? "" : words.getFirst();
    if (command.equals("help") || command.equals("--help") || command.equals("-h")) {
      session.out().print(USAGE);
      return PloopStatus.OK.number();
    }
    Ploop ploop = new Ploop(session);
    try {
      if (REFUSED.contains(command)) {
        throw PloopWords.wrong(
            "ploop " + command + " is not supported: images are raw files on loop devices here");
      }
      if (!COMMANDS.contains(command)) {
        session.err().print(USAGE);
        return PloopStatus.PARAMETER.number();
      }
      ploop.execute(
          command, new PloopWords(command, words.subList(1, words.size()), session.directory()));
      return PloopStatus.OK.number();
    } catch (PloopException e) {
      return ploop.fail(String.valueOf(e.getMessage()), e.status());
    } catch (VzException e) {
      return ploop.fail(e.text(), PloopStatus.of(e.status()));
    } catch (IOException e) {
      return ploop.fail(String.valueOf(e.getMessage()), PloopStatus.SYSTEM);
    }
  }

  private int fail(String message, PloopStatus status) {
    session.err().println(TerminalText.of(message));
    return status.number();
  }

  private void execute(String command, PloopWords words)
      throws PloopException, VzException, IOException {
    switch (command) {
      case "init" -> init(words);
      case "list" -> list(words);
      case "umount" -> umount(words);
      case "convert" -> convert(words);
      case "balloon" -> balloon(words);
      case "mount" -> mount(words);
      case "resize" -> open(words.file()).resize(words.size());
      case "check" -> check(open(words.file()));
      case "info" -> info(open(words.file()));
      case "snapshot-list" -> snapshots(open(words.file()), words.has("H"));
      default -> snapshot(command, words);
    }
  }

  private PloopDisk open(Path descriptor) throws PloopException, VzException {
    try {
      return PloopDisk.open(descriptor, runner, new PrintedMessages(session));
    } catch (IOException e) {
      throw new PloopException(PloopStatus.DESCRIPTOR, String.valueOf(e.getMessage()));
    }
  }

  private void init(PloopWords words) throws PloopException, VzException, IOException {
    String type = words.value("t");
    if (type != null && !type.equals("ext4") && !type.equals("none")) {
      throw PloopWords.wrong("Unknown file system: " + type);
    }
    boolean fileSystem = !"none".equals(type);
    PloopDisk.create(words.file(), words.size(), words.full(), fileSystem, runner);
  }

  private void mount(PloopWords words) throws PloopException, VzException, IOException {
    Path file = words.file();
    Path point = words.point();
    if (point == null) {
      throw PloopWords.wrong("The mount point is missing: -m; a device alone is not supported");
    }
    if (!Files.isDirectory(point)) {
      throw PloopWords.wrong(point + " is not a directory");
    }
    String guid = words.guid();
    String options = words.value("o");
    open(file).mount(point, guid, words.has("r"), options == null ? "" : options);
    session.out().println("Mounted " + TerminalText.of(file + " on " + point));
  }

  private void umount(PloopWords words) throws PloopException, VzException, IOException {
    Path point = words.point();
    if (point != null) {
      words.operands(0, 0);
      if (!PloopDisk.umount(point, runner)) {
        throw new PloopException(PloopStatus.NOT_MOUNTED, point + " is not mounted");
      }
    } else if (open(words.file()).umount() == 0) {
      throw new PloopException(PloopStatus.NOT_MOUNTED, words.file() + " is not mounted");
    }
  }

  /**
   * A container's that was of OpenVZ has no ids of its own afterwards: vzctl convert gives some.
   */
  private void convert(PloopWords words) throws PloopException, VzException, IOException {
    Path file = words.file();
    boolean full = words.full();
    Path parent = file.getParent();
    OldDisk old =
        new OldDisk(parent == null ? session.directory() : parent, new PrintedMessages(session));
    if (old.isOne()) {
      old.makeRaw(full);
    } else {
      open(file);
      session.out().println("The images are raw already");
    }
  }

  private void check(PloopDisk disk) throws PloopException, VzException {
    if (disk.mountPoint() != null) {
      throw new PloopException(PloopStatus.IN_USE, disk.file() + " is mounted");
    }
    String found = disk.check();
    if (!found.isEmpty()) {
      throw new PloopException(PloopStatus.FSCK, found);
    }
  }

  private void info(PloopDisk disk) throws VzException, IOException {
    DiskUsage usage = disk.usage();
    session
        .out()
        .printf(
            "%11s %14s %14s%n%-8s %11d %14d%n%-8s %11d %14d%n",
            "resource",
            "Size",
            "Used",
            "1k-blocks",
            usage.sizeKb(),
            usage.usedKb(),
            "inodes",
            usage.inodes(),
            usage.usedInodes());
    session.out().println("size:\t\t" + disk.bytes() / 512);
    session.out().println("format:\t\traw");
    session.out().println("allocated:\t" + disk.allocated() / 512);
  }

  private void list(PloopWords words) throws PloopException, VzException {
    words.operands(0, 0);
    for (Map.Entry<String, Path> entry : PloopDisk.devices().entrySet()) {
      session.out().println(entry.getKey() + "\t" + TerminalText.of(entry.getValue().toString()));
    }
  }

  private void snapshot(String command, PloopWords words)
      throws PloopException, VzException, IOException {
    PloopDisk disk = open(words.file());
    String guid = words.guid();
    if (command.equals("snapshot")) {
      String name = guid == null ? Guid.random() : guid;
      disk.createSnapshot(name);
      session.out().println("ploop snapshot " + name + " has been successfully created");
      return;
    }
    if (guid == null) {
      throw PloopWords.wrong("Snapshot uuid is not specified: -u");
    }
    if (command.equals("snapshot-delete")) {
      disk.deleteSnapshot(guid);
      session.out().println("ploop snapshot " + guid + " has been successfully deleted");
    } else {
      disk.switchTo(guid);
      session.out().println("ploop snapshot has been successfully switched to " + guid);
    }
  }

  private void snapshots(PloopDisk disk, boolean bare) throws IOException {
    if (!bare) {
      session.out().printf("%-38s %s%n", "UUID", "FNAME");
    }
    for (String guid : disk.snapshots()) {
      session.out().printf("%-38s %s%n", guid, TerminalText.of(disk.file() + "." + guid));
    }
  }

  private void balloon(PloopWords words) throws PloopException, VzException, IOException {
    List<String> operands = words.operands(1, 2);
    if (!operands.getFirst().equals("discard") || operands.size() < 2) {
      throw PloopWords.wrong("ploop balloon is not supported but for: discard DiskDescriptor.xml");
    }
    long freed = open(session.directory().resolve(operands.get(1)).normalize()).discard();
    session.out().println(freed / 512 + " sectors have been freed");
  }
}

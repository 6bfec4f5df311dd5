package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.layout.Layout;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.snapshot.Guid;
import org.vzj.snapshot.Snapshot;
import org.vzj.snapshot.SnapshotTree;

/** Keeps a container's files and configuration as they are now, to come back to them later. */
public final class TakeSnapshot {
  /**
   * What is wanted.
   *
   * @param guid its guid, null for a random one
   * @param name what people will call it, may be empty
   * @param description more of that, may be empty
   * @param skipSuspend whether the memory of a running container is of no interest
   * @param skipConfig whether its configuration is not kept
   */
  public record Wish(
      @Nullable String guid,
      String name,
      String description,
      boolean skipSuspend,
      boolean skipConfig) {}

  private static final String NO_MEMORY =
      "Note: processes and their memory are not kept by this version, only files";

  private final Target target;
  private final Layout layout;
  private final Wish wish;

  /**
   * @param layout of the container
   */
  TakeSnapshot(Target target, Layout layout, Wish wish) {
    this.target = target;
    this.layout = layout;
    this.wish = wish;
  }

  /**
   * Takes a snapshot.
   *
   * @throws VzException CREATE_SNAPSHOT; nothing of it is left then
   */
  public static void run(Target target, Wish wish) throws VzException {
    new TakeSnapshot(target, target.layout(), wish).run();
  }

  /** Says what {@link #run} would do. */
  public static List<String> plan(Target target, Wish wish) throws VzException {
    SnapshotStore store = SnapshotStore.look(target, target.layout(), ExitCode.CREATE_SNAPSHOT);
    String guid = guid(wish, store.read());
    List<String> lines = new ArrayList<>();
    if (!wish.skipConfig()) {
      lines.add("copy " + target.container().configFile() + " to " + store.configuration(guid));
    }
    boolean running = InitProcess.running(target.container()) != null;
    if (running) {
      lines.add("freeze the container");
    }
    lines.add("keep its files as " + guid);
    if (running) {
      lines.add("thaw the container");
    }
    lines.add("save " + store.file());
    return lines;
  }

  void run() throws VzException {
    SnapshotStore store = SnapshotStore.open(target, layout, ExitCode.CREATE_SNAPSHOT);
    try (Undo undo = new Undo(target.messages())) {
      SnapshotTree tree = store.read();
      String guid = guid(wish, tree);
      target.messages().say("Creating snapshot " + guid);
      target.messages().say("Storing " + store.announcement());
      undo.push("announcement", store::withdraw);
      store.announce(tree.with(new Snapshot(guid, "", wish.name(), wish.description(), now())));
      keepConfiguration(store, guid, undo);
      keepFiles(guid);
      undo.push("files", () -> layout.deleteSnapshot(target.volume(), guid));
      store.accept();
      undo.keep();
      target.messages().say("Snapshot " + guid + " has been successfully created");
    } catch (VzException e) {
      throw VzException.ofStatus(
          ExitCode.CREATE_SNAPSHOT.number(), e.text() + "\nFailed to create snapshot");
    }
  }

  private static String guid(Wish wish, SnapshotTree tree) throws VzException {
    String guid = wish.guid() == null ? Guid.random() : wish.guid();
    if (tree.find(guid) != null) {
      throw new VzException(
          ExitCode.CREATE_SNAPSHOT, "Invalid guid " + guid + " specified: already exists");
    }
    return guid;
  }

  private void keepConfiguration(SnapshotStore store, String guid, Undo undo) throws VzException {
    if (wish.skipConfig()) {
      return;
    }
    undo.push("configuration", () -> Files.deleteIfExists(store.configuration(guid)));
    try {
      store.makeDumps();
      AtomicFile.write(
          store.configuration(guid), Files.readAllBytes(target.container().configFile()));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.CREATE_SNAPSHOT, "Unable to copy the configuration: " + e.getMessage(), e);
    }
  }

  /** Frozen also if nobody wants the memory: no write shall be half there. */
  private void keepFiles(String guid) throws VzException {
    boolean told = !wish.skipSuspend() && InitProcess.running(target.container()) != null;
    if (told) {
      target.messages().say("Setting up checkpoint...");
      target.messages().say("\tsuspend...");
    }
    try (Frozen frozen = Frozen.freeze(target, ExitCode.CREATE_SNAPSHOT)) {
      assert frozen != null;
      layout.createSnapshot(target.volume(), guid);
      if (told) {
        target.messages().say(NO_MEMORY);
        target.messages().say("Resuming...");
      }
    }
  }

  /** The host's time as {@code YYYY-MM-DD HH:MM:SS}. */
  private static String now() {
    OffsetDateTime now =
        OffsetDateTime.ofInstant(
            Instant.ofEpochSecond(System.currentTimeMillis() / 1000), ZoneId.systemDefault());
    StringBuilder text = new StringBuilder(19);
    text.append(now.getYear()).append('-');
    two(text, now.getMonthValue()).append('-');
    two(text, now.getDayOfMonth()).append(' ');
    two(text, now.getHour()).append(':');
    two(text, now.getMinute()).append(':');
    return two(text, now.getSecond()).toString();
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append(number < 10 ? "0" : "").append(number);
  }
}

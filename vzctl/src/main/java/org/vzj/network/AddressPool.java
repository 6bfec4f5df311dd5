package org.vzj.network;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.InitProcess;
import org.vzj.linux.unit.IpAddress;

/**
 * Which running container has which address: a directory with one name for each address, a link to
 * a file with the container's number. Making a link is one step, so of two containers that want an
 * address at the same moment one gets it.
 */
public final class AddressPool {
  private static final int TRIES = 10;

  private final Container container;
  private final Path directory;

  /** The pool of a host, as one container uses it. */
  public AddressPool(Container container) {
    this.container = container;
    this.directory = container.paths().addresses();
  }

  /**
   * Takes an address for the container, which has a state directory.
   *
   * @return null if it is the container's now, or the one that has it
   */
  public @Nullable CtId claim(IpAddress address) throws IOException {
    Path name = directory.resolve(address.address());
    Path file = container.claimFile();
    if (!Files.exists(file)) {
      Files.writeString(file, container.id() + "\n");
    }
    for (int i = 0; i < TRIES; i++) {
      try {
        Files.createLink(name, file);
        return null;
      } catch (NoSuchFileException e) {
        Files.createDirectories(directory);
      } catch (FileAlreadyExistsException e) {
        CtId holder = holder(name);
        if (container.id().equals(holder)) {
          return null;
        }
        if (holder != null && isAlive(holder)) {
          return holder;
        }
        clear(name, holder);
      }
    }
    throw new IOException("unable to take " + name);
  }

  /** Gives an address back; that of another container is left to it. */
  public void release(IpAddress address) throws IOException {
    Path name = directory.resolve(address.address());
    if (container.id().equals(holder(name))) {
      Files.deleteIfExists(name);
    }
  }

  /** Somebody else may have done so as well, and have taken it: then it is put back. */
  private void clear(Path name, @Nullable CtId dead) throws IOException {
    Path aside = directory.resolve("." + ProcessHandle.current().pid() + "." + container.id());
    try {
      Files.move(name, aside, StandardCopyOption.ATOMIC_MOVE);
      CtId moved = holder(aside);
      if (moved != null && !moved.equals(dead)) {
        Files.createLink(name, aside);
      }
      Files.delete(aside);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      Files.deleteIfExists(aside);
    }
  }

  /** One that is being started has its directory already, but no init yet. */
  private boolean isAlive(CtId id) {
    Container other = new Container(id, container.paths());
    return Files.isDirectory(other.runDirectory())
        && (InitProcess.recorded(other) == null || InitProcess.running(other) != null);
  }

  private static @Nullable CtId holder(Path name) throws IOException {
    try {
      return CtId.parse(Files.readString(name).strip());
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}

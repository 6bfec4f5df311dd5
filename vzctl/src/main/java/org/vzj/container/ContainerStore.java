package org.vzj.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.linux.conf.ConfFile;

/** All containers of a host: by their configuration files and by the links that are their names. */
public final class ContainerStore {
  private static final String CONFIG_SUFFIX = ".conf";

  private final VzPaths paths;

  /**
   * @param paths where the tools keep things
   */
  public ContainerStore(VzPaths paths) {
    this.paths = paths;
  }

  /** Returns a container by its number, whether it exists or not. */
  public Container container(CtId id) {
    return new Container(id, paths);
  }

  /** Returns the ids of all configured containers in ascending order, without the host's own 0. */
  public List<CtId> all() throws VzException {
    List<CtId> ids = new ArrayList<>();
    if (!Files.isDirectory(paths.conf())) {
      return ids;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.conf())) {
      for (Path file : files) {
        CtId id = idOfConfig(file);
        // 0101.conf is not the configuration of 101, although its number says so.
        if (id != null && id.value() > 0 && file.endsWith(id + CONFIG_SUFFIX)) {
          ids.add(id);
        }
      }
    } catch (IOException e) {
      throw new VzException(ExitCode.SYSTEM, "Unable to read " + paths.conf() + ": " + e, e);
    }
    Collections.sort(ids);
    return ids;
  }

  /**
   * Returns the container that a name's link points to.
   *
   * @return its id; null if there is no such link or its target is not a container's configuration
   */
  public @Nullable CtId named(String name) {
    if (!isFileName(name)) {
      return null;
    }
    try {
      return idOfConfig(Files.readSymbolicLink(paths.names().resolve(name)));
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Returns the name that a container's configuration gives it, or null if it has none or there is
   * no configuration to be read.
   */
  public @Nullable String configuredName(CtId id) {
    try {
      return ConfFile.read(container(id).configFile()).get("NAME");
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Makes a name's link point to a container.
   *
   * @throws VzException SET_NAME if another container is called by that name: one that exists and
   *     whose configuration has no other name
   */
  public void link(String name, CtId id) throws VzException {
    if (!isFileName(name)) {
      throw new VzException(
          ExitCode.SET_NAME, "Unable to assign name " + name + ": not a name for a file");
    }
    Path link = paths.names().resolve(name);
    try {
      Files.createDirectories(paths.names());
      CtId holder = named(name);
      if (id.equals(holder)) {
        return;
      }
      if (holder != null && isCalled(holder, name)) {
        throw conflict(name, holder);
      }
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, container(id).configFile());
    } catch (FileAlreadyExistsException e) {
      CtId holder = named(name);
      throw holder == null
          ? new VzException(ExitCode.SET_NAME, "Unable to assign name " + name + ": " + e, e)
          : conflict(name, holder);
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_NAME, "Unable to assign name " + name + ": " + e, e);
    }
  }

  private boolean isCalled(CtId holder, String name) {
    if (!Files.exists(container(holder).configFile())) {
      return false;
    }
    String configured = configuredName(holder);
    return configured == null || configured.equals(name);
  }

  /** Removes a name's link if it points to this container. */
  public void unlink(String name, CtId id) throws VzException {
    if (id.equals(named(name))) {
      try {
        Files.deleteIfExists(paths.names().resolve(name));
      } catch (IOException e) {
        throw new VzException(ExitCode.SET_NAME, "Unable to remove name " + name + ": " + e, e);
      }
    }
  }

  /** Removes every name of this container. */
  public void unlinkAll(CtId id) throws VzException {
    if (!Files.isDirectory(paths.names())) {
      return;
    }
    try (DirectoryStream<Path> links = Files.newDirectoryStream(paths.names())) {
      for (Path link : links) {
        unlink(String.valueOf(link.getFileName()), id);
      }
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_NAME, "Unable to read " + paths.names() + ": " + e, e);
    }
  }

  private static boolean isFileName(String name) {
    return !name.isEmpty() && name.indexOf('/') < 0 && !name.equals(".") && !name.equals("..");
  }

  private static VzException conflict(String name, CtId holder) {
    return new VzException(
        ExitCode.SET_NAME, "Conflict: name " + name + " already used by container " + holder);
  }

  private static @Nullable CtId idOfConfig(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(CONFIG_SUFFIX)
        ? CtId.parse(name.substring(0, name.length() - CONFIG_SUFFIX.length()))
        : null;
  }
}

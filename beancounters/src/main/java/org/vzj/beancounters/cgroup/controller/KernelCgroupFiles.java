package org.vzj.beancounters.cgroup.controller;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The kernel's cgroup file systems. */
public final class KernelCgroupFiles implements CgroupFiles {
  @Override
  public boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean make(Path group) throws IOException {
    try {
      Files.createDirectory(group);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public List<Path> children(Path group) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(group)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          children.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return children;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Goes down by directory descriptors and without recursion: a guest to which a subtree was
   * delegated may have nested groups deeper than a path can be long.
   */
  @Override
  public void remove(Path group) throws IOException {
    // In a cgroup file system rmdir removes a group with its files, and most groups have no
    // subgroups: nearly always this one call does it.
    try {
      Files.deleteIfExists(group);
      return;
    } catch (IOException e) {
      // It has subgroups or processes.
    }
    try (DirectoryStream<Path> top = Files.newDirectoryStream(group)) {
      if (top instanceof SecureDirectoryStream<Path> secure) {
        removeBelow(secure);
      }
    } catch (NoSuchFileException e) {
      return;
    }
    Files.deleteIfExists(group);
  }

  private record Level(
      SecureDirectoryStream<Path> directory, Iterator<Path> entries, Path nameAbove) {}

  private static void removeBelow(SecureDirectoryStream<Path> top) throws IOException {
    Deque<Level> open = new ArrayDeque<>();
    open.push(new Level(top, top.iterator(), Path.of(".")));
    try {
      while (!open.isEmpty()) {
        Level level = open.element();
        if (level.entries.hasNext()) {
          Path name = level.entries.next().getFileName();
          if (isDirectory(level.directory, name)) {
            try {
              SecureDirectoryStream<Path> below =
                  level.directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
              open.push(new Level(below, below.iterator(), name));
            } catch (NoSuchFileException | NotDirectoryException e) {
              // Removed by the guest meanwhile.
            }
          }
        } else if (open.size() == 1) {
          return; // The caller closes the top and removes it by its path.
        } else {
          open.pop().directory.close();
          try {
            open.element().directory.deleteDirectory(level.nameAbove);
          } catch (NoSuchFileException e) {
            // Removed by the guest meanwhile.
          }
        }
      }
    } finally {
      while (open.size() > 1) {
        open.pop().directory.close();
      }
    }
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    try {
      return directory
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public String read(Path file) throws IOException {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void write(Path file, String text) throws IOException {
    try {
      Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("cannot write \"" + text + "\" to " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void own(Path path, int uid, int gid) throws IOException {
    Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void kill(long pid) {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    // The JDK compares the start time before it sends the signal, and refuses to end itself.
    if (process.isPresent() && !process.get().equals(ProcessHandle.current())) {
      process.get().destroyForcibly();
    }
  }
}

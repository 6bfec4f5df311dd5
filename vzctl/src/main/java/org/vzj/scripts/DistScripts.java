package org.vzj.scripts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vzj.container.ExitCode;
import org.vzj.container.Messages;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.linux.conf.ConfFile;

/**
 * The scripts of a distribution: what sets the host name, addresses and so on the way that this
 * distribution keeps them. Chosen by the template's name, fed to a shell inside the container.
 */
public final class DistScripts {
  private final @Nullable String template;
  private final Path directory;
  private final ConfFile file;
  private final @Nullable String warning;
  private final Messages messages;

  private DistScripts(
      @Nullable String template,
      Path directory,
      ConfFile file,
      @Nullable String warning,
      Messages messages) {
    this.template = template;
    this.directory = directory;
    this.file = file;
    this.warning = warning;
    this.messages = messages;
    if (warning != null) {
      messages.warn(warning);
    }
  }

  /** Tells whether these are the scripts for a template, which may be null. */
  public boolean isFor(@Nullable String another) {
    return Objects.equals(template, another);
  }

  /** Returns the same scripts for another container; what is to be said goes there. */
  public DistScripts toldTo(Messages others) {
    return new DistScripts(template, directory, file, warning, others);
  }

  /**
   * Finds the distribution's configuration: for {@code debian-12-x86_64} the files
   * debian-12-x86_64, debian-12 and debian are tried, each with {@code .conf}, then {@code
   * default}.
   *
   * @param template OSTEMPLATE, or null if the container has none
   * @throws VzException NO_DIST_CONFIG if there is not even a default
   */
  public static DistScripts find(VzPaths paths, @Nullable String template, Messages messages)
      throws VzException {
    Path fallback = paths.dists().resolve("default");
    Path found = template == null ? null : named(paths, template);
    String warning = null;
    if (found == null) {
      warning =
          template == null
              ? "Warning: distribution not specified in CT config, using defaults from " + fallback
              : "Warning: configuration file for distribution "
                  + template
                  + " not found, using defaults from "
                  + fallback;
      found = fallback;
    }
    try {
      return new DistScripts(
          template, paths.dists().resolve("scripts"), ConfFile.read(found), warning, messages);
    } catch (IOException e) {
      throw new VzException(
          ExitCode.NO_DIST_CONFIG, "Distribution configuration file " + found + " not found", e);
    }
  }

  private static @Nullable Path named(VzPaths paths, String template) {
    String name = template.substring(template.lastIndexOf('/') + 1);
    while (!name.isEmpty()) {
      Path file = paths.dists().resolve(name + ".conf");
      if (Files.isRegularFile(file)) {
        return file;
      }
      int dash = name.lastIndexOf('-');
      if (dash < 0) {
        return null;
      }
      name = name.substring(0, dash);
    }
    return null;
  }

  /** Tells whether the distribution names a script for an action. */
  public boolean has(String action) {
    String name = file.get(action);
    return name != null && !name.isEmpty();
  }

  /**
   * Returns the text of an action's script, ready for a shell's standard input.
   *
   * @param action SET_HOSTNAME, PRE_START and so on
   * @param withFunctions whether the shared functions stand before it
   * @return the script, or null if the distribution has none or its file is missing (which is said)
   */
  public byte @Nullable [] script(String action, boolean withFunctions) throws VzException {
    String name = file.get(action);
    if (name == null || name.isEmpty()) {
      return null;
    }
    Path script = directory.resolve(name);
    Path functions = directory.resolve("functions");
    try {
      if (!Files.exists(script)) {
        messages.warn("Action script " + script + " not found");
        return null;
      }
      byte[] own = Files.readAllBytes(script);
      if (!withFunctions || !Files.exists(functions)) {
        return own;
      }
      byte[] shared = Files.readAllBytes(functions);
      byte[] all = new byte[shared.length + 1 + own.length];
      System.arraycopy(shared, 0, all, 0, shared.length);
      all[shared.length] = '\n';
      System.arraycopy(own, 0, all, shared.length + 1, own.length);
      return all;
    } catch (IOException e) {
      throw new VzException(ExitCode.NO_DIST_CONFIG, "Unable to read " + script + ": " + e, e);
    }
  }
}

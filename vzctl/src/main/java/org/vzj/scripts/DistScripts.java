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
   * Tells whether ADD_IP is what gives a container its addresses when init or it itself sets up the
   * network, as in OpenVZ. With {@code IP_BY_HOST=yes}, a key of ours, scripts only write them
   * down, and the host sets them in the container's network itself.
   */
  public boolean setAddresses() {
    return has("ADD_IP") && !"yes".equals(file.get("IP_BY_HOST"));
  }

  /**
   * Tells whether SET_DNS is only to be run at a start if the container's resolv.conf does not say
   * the same already. The key DNS_IF_CHANGED is ours too.
   */
  public boolean setDnsOnlyIfChanged() {
    return "yes".equals(file.get("DNS_IF_CHANGED"));
  }

  /** Returns the functions that stand before all scripts but PRE_START; empty if there are none. */
  public byte[] functions() throws VzException {
    return text(directory.resolve("functions"));
  }

  /** Returns further functions, which only ADD_IP and DEL_IP need; empty if there are none. */
  public byte[] addressFunctions() throws VzException {
    return text(directory.resolve("functions-ip"));
  }

  private static byte[] text(Path file) throws VzException {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Returns the text of an action's script, without functions.
   *
   * @param action SET_HOSTNAME, PRE_START and so on
   * @return the script, or null if the distribution has none or its file is missing (which is said)
   */
  public byte @Nullable [] script(String action) throws VzException {
    String name = file.get(action);
    if (name == null || name.isEmpty()) {
      return null;
    }
    Path script = directory.resolve(name);
    if (!Files.exists(script)) {
      messages.warn("Action script " + script + " not found");
      return null;
    }
    return text(script);
  }

  private static VzException unreadable(Path script, IOException why) {
    return new VzException(ExitCode.NO_DIST_CONFIG, "Unable to read " + script + ": " + why, why);
  }
}

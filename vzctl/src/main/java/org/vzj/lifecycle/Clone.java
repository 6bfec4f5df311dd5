package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.vzj.config.ClonedSettings;
import org.vzj.config.ConfigSaver;
import org.vzj.config.Parameter;
import org.vzj.config.Settings;
import org.vzj.config.SettingsChange;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.conf.ConfFile;
import org.vzj.linux.file.TreeCopy;

/** Makes a new container that is like another, and its own machine. */
public final class Clone {
  private final Target source;
  private final Target made;
  private final ConfFile draft;
  private final List<String> notes;

  private Clone(Target source, Target made, ConfFile draft, List<String> notes) {
    this.source = source;
    this.made = made;
    this.draft = draft;
    this.notes = notes;
  }

  /**
   * Decides what the copy will be.
   *
   * @param source the container that there is
   * @param target the number that the copy will have
   * @param options what the command line says of the copy
   * @throws VzException INVALID_VALUE, COPY_CONFIG or what the options are refused with
   */
  public static Clone of(Target source, Target target, Settings options) throws VzException {
    if (source.id().equals(target.id())) {
      throw new VzException(
          ExitCode.INVALID_VALUE, "Container " + source.id() + " cannot be a clone of itself");
    }
    if (Files.exists(target.container().configFile())) {
      throw new VzException(
          ExitCode.COPY_CONFIG,
          "Error: container config file " + target.container().configFile() + " already exists");
    }
    int id = target.id().value();
    Settings inherited = ClonedSettings.of(source.config().own(), source.id().value(), id);
    if (source.config().localUid() == 0 && source.config().localGid() == 0) {
      inherited = inherited.with(Parameter.LOCAL_UID, "0").with(Parameter.LOCAL_GID, "0");
    }
    String name = options.get(Parameter.NAME);
    if (name != null && !name.isEmpty() && isHostName(name)) {
      inherited = inherited.with(Parameter.HOSTNAME, name);
    }
    inherited = inherited.with(Parameter.VE_LAYOUT, source.layout().name());
    try {
      SettingsChange.Result changed = SettingsChange.apply(inherited, options, id);
      ConfFile file = ConfFile.read(source.container().configFile());
      return new Clone(
          source,
          target.with(target.config().withOwn(changed.settings())),
          ConfigSaver.update(file, changed.settings()),
          changed.notes());
    } catch (SettingsChange.Refused e) {
      throw VzException.ofStatus(e.reason().exitCode(), String.join("\n", e.reason().lines()));
    } catch (IOException e) {
      throw new VzException(
          ExitCode.COPY_CONFIG,
          "Unable to read " + source.container().configFile() + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * Makes it. The locks of both are held.
   *
   * @param progress is told how many bytes have been copied
   * @throws VzException as {@link Create#run}; nothing of the copy is left then
   */
  public void run(TreeCopy.Progress progress) throws VzException {
    for (String note : notes) {
      made.messages().say(note);
    }
    new Create(made, draft, new CloneOrigin(source, progress), null).run();
  }

  /** Says what {@link #run} would do. */
  public List<String> plan() throws VzException {
    Mount.requirePrivateArea(source);
    List<String> lines = new ArrayList<>();
    boolean running = InitProcess.running(source.container()) != null;
    if (running) {
      lines.add("freeze container " + source.id());
    }
    lines.add(
        "copy its files to "
            + made.privateArea()
            + ".tmp, shifted to ids of its own, without machine id and host keys of ssh");
    if (running) {
      lines.add("thaw container " + source.id());
    }
    lines.add("rename it to " + made.privateArea());
    lines.add("save " + made.container().configFile());
    return lines;
  }

  private static boolean isHostName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!good && (c != '-' || i == 0 || i == name.length() - 1)) {
        return false;
      }
    }
    return name.length() <= 63;
  }
}

package org.vzj.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.ProgressBar;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.ConfigReader;
import org.vzj.config.ConfigSaver;
import org.vzj.config.Parameter;
import org.vzj.config.SampleConfigs;
import org.vzj.config.Settings;
import org.vzj.config.SettingsChange;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Create;
import org.vzj.lifecycle.DryRun;
import org.vzj.lifecycle.Target;
import org.vzj.linux.conf.ConfFile;
import org.vzj.template.unpack.ProgressListener;

/** {@code vzctl create}. */
final class CreateCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return ParameterOptions.of(false);
  }

  @Override
  public int optionError() {
    return 21;
  }

  @Override
  public boolean needsConfig() {
    return false;
  }

  @Override
  public String usage() {
    return "<ctid>... [--ostemplate <name>] [--config <sample>] [options]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    List<String> notes = new ArrayList<>();
    Settings options = ParameterOptions.read(invocation.options(), notes);
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        for (String note : notes) {
          target.messages().warn(note);
        }
        Draft draft = draft(target, options);
        try (Progress progress = new Progress(invocation)) {
          new Create(draft.target, draft.file, progress, options.get(Parameter.VE_LAYOUT)).run();
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return DryRun.create(draft(target, options).target);
      }
    };
  }

  /** The container with the configuration it will have, and that configuration as a file. */
  private record Draft(Target target, ConfFile file) {}

  private static Draft draft(Target target, Settings options) throws VzException {
    ConfFile base = base(target, options.get(Parameter.ORIGIN_SAMPLE));
    Settings settings = ConfigReader.settings(base, target.container().configFile()).settings();
    String sample = options.get(Parameter.ORIGIN_SAMPLE);
    if (sample == null && !Files.exists(target.container().configFile())) {
      settings = settings.with(Parameter.ORIGIN_SAMPLE, target.host().global().sample());
    }
    try {
      SettingsChange.Result changed = SettingsChange.apply(settings, options, target.id().value());
      for (String note : changed.notes()) {
        target.messages().say(note);
      }
      Target future = target.with(target.config().withOwn(changed.settings()));
      return new Draft(future, ConfigSaver.update(base, changed.settings()));
    } catch (SettingsChange.Refused e) {
      throw VzException.ofStatus(e.reason().exitCode(), String.join("\n", e.reason().lines()));
    }
  }

  /** What the configuration begins as: the one that is there, or a sample. */
  private static ConfFile base(Target target, @Nullable String named) throws VzException {
    var file = target.container().configFile();
    SampleConfigs samples = new SampleConfigs(target.host().paths().conf());
    try {
      if (Files.exists(file)) {
        if (named != null) {
          throw new VzException(
              ExitCode.COPY_CONFIG,
              "Error: container config file "
                  + file
                  + " already exists, can not use --config option");
        }
        target
            .messages()
            .say("Warning: CT config file already exists, not applying a default config sample.");
        target.messages().say("It might lead to incomplete CT configuration.");
        return ConfFile.read(file);
      }
      String sample = named == null ? target.host().global().sample() : named;
      if (sample == null) {
        return ConfFile.empty();
      }
      if (!samples.exists(sample)) {
        String hint =
            named == null
                ? "\nCheck the value of CONFIGFILE in "
                    + target.host().paths().globalConfig()
                    + ", or use --config"
                : "";
        throw new VzException(
            ExitCode.COPY_CONFIG, "Sample config " + samples.path(sample) + " not found" + hint);
      }
      return ConfFile.read(samples.path(sample));
    } catch (IOException e) {
      throw new VzException(ExitCode.COPY_CONFIG, "Unable to read a configuration: " + e, e);
    }
  }

  /** Draws a bar for one container on a terminal, and nothing otherwise. */
  private static final class Progress implements ProgressListener, AutoCloseable {
    private final @Nullable ProgressBar bar;

    Progress(Invocation invocation) {
      bar = invocation.progressBar("Unpacking", System.nanoTime());
    }

    @Override
    public void progress(long done, long total, long entries, String current) {
      if (bar != null) {
        bar.show(done, total);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.finish();
      }
    }
  }
}

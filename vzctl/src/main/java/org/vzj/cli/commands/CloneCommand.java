package org.vzj.cli.commands;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.ProgressBar;
import org.vzj.cli.TargetReader;
import org.vzj.cli.TargetWords;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.container.Container;
import org.vzj.container.ContainerLock;
import org.vzj.container.ContainerStore;
import org.vzj.container.CtId;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Clone;
import org.vzj.lifecycle.Target;
import org.vzj.linux.file.TreeCopy;

/** {@code vzctl clone}. */
final class CloneCommand extends Command {
  /** Several copies are made one after the other: each uses all processors, and the one lock. */
  private final ReentrantLock turn = new ReentrantLock();

  @Override
  public List<GetoptOption> options() {
    List<GetoptOption> options = new ArrayList<>();
    for (GetoptOption option : ParameterOptions.of(false)) {
      Parameter parameter = Parameters.byOption(option.key());
      if (parameter != Parameter.OSTEMPLATE
          && parameter != Parameter.ORIGIN_SAMPLE
          && parameter != Parameter.VE_LAYOUT) {
        options.add(option);
      }
    }
    return options;
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
  public boolean takesSource() {
    return true;
  }

  @Override
  public String usage() {
    return "<ctid> <new ctid>... [--name <name>] [--hostname <name>] [--ipadd <addr>] [options]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    List<String> notes = new ArrayList<>();
    Settings options = ParameterOptions.read(invocation.options(), notes);
    String word = invocation.words().getFirst();
    return new Work() {
      @Override
      public int run(Target target) throws VzException {
        for (String note : notes) {
          target.messages().warn(note);
        }
        CtId id = source(word, target);
        turn.lock();
        try (ContainerLock lock =
            ContainerLock.take(target.host().lockDirectory(), id, target.messages())) {
          assert lock != null;
          Target source = read(id, target);
          try (Progress progress = new Progress(invocation, source)) {
            Clone.of(source, target, options).run(progress);
          }
        } finally {
          turn.unlock();
        }
        return 0;
      }

      @Override
      public List<String> plan(Target target) throws VzException {
        return Clone.of(read(source(word, target), target), target, options).plan();
      }
    };
  }

  private static CtId source(String word, Target target) throws VzException {
    List<CtId> ids = TargetWords.expand(List.of(word), new ContainerStore(target.host().paths()));
    if (ids.size() != 1) {
      throw new VzException(
          ExitCode.INVALID_SYNTAX, "Only one container can be cloned at a time, not " + word);
    }
    CtId id = ids.getFirst();
    if (id.equals(CtId.HOST)) {
      throw new VzException(ExitCode.INVALID_VALUE, "Only set actions are allowed for CT0");
    }
    if (id.equals(target.id())) {
      throw new VzException(
          ExitCode.INVALID_VALUE, "Container " + id + " cannot be a clone of itself");
    }
    return id;
  }

  private static Target read(CtId id, Target target) throws VzException {
    return TargetReader.read(
        target.host(), new Container(id, target.host().paths()), target.messages(), true);
  }

  /** Draws a bar for one copy on a terminal, and nothing otherwise. */
  private static final class Progress implements TreeCopy.Progress, AutoCloseable {
    private static final long COUNT_NANOS = 500_000_000L;

    private final @Nullable ProgressBar bar;
    private final Target source;
    private final long begin = System.nanoTime();
    private long total = -1;

    Progress(Invocation invocation, Target source) {
      this.bar = invocation.progressBar("Copying", begin);
      this.source = source;
    }

    @Override
    public void copied(long bytes) {
      if (bar == null || System.nanoTime() - begin < COUNT_NANOS) {
        return;
      }
      if (total < 0) {
        total = size(source);
      }
      bar.show(Math.min(bytes, total), total);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.finish();
      }
    }

    /** How much there is, as far as it is to be seen; the bar is all that depends on it. */
    private static long size(Target source) {
      long[] sum = new long[1];
      try {
        Files.walkFileTree(
            source.privateArea(),
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException | VzException e) {
        return sum[0];
      }
      return sum[0];
    }
  }
}

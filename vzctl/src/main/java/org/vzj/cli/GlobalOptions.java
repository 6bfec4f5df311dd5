package org.vzj.cli;

import java.util.List;
import org.vzj.cli.getopt.GetoptOption;

/** The options that every command of vzctl has. */
public final class GlobalOptions {
  private static final GetoptOption JSON =
      GetoptOption.flag("json").helped("print the results as JSON");
  private static final GetoptOption DRY_RUN =
      GetoptOption.flag("dry-run").helped("say what would be done, and do nothing");
  private static final GetoptOption ALL =
      GetoptOption.flag("all").helped("every configured container, in place of naming them");
  private static final GetoptOption PARALLEL =
      GetoptOption.value("parallel").helped("N", "work on this many containers at once, 1 to 1024");

  /** Those that may stand before the command; {@link GlobalFlags} reads them. */
  public static final List<GetoptOption> BEFORE =
      List.of(
          GetoptOption.flag("quiet").helped("say nothing, except about a wrong command line"),
          GetoptOption.flag("verbose").helped("say more; may be repeated"),
          GetoptOption.flag("version").helped("print the version"),
          GetoptOption.flag("skiplock").helped("neither take nor respect the container's lock"),
          JSON,
          DRY_RUN,
          ALL,
          PARALLEL);

  /** Those that may also stand after it, except where words of a command line of its own do. */
  public static final List<GetoptOption> AFTER =
      List.of(
          GetoptOption.flag("help").helped("print how the command is used"),
          JSON,
          DRY_RUN,
          ALL,
          PARALLEL);

  private GlobalOptions() {}
}

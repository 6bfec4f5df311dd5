package org.vzj.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configuration of the host, vz.conf, with the effective defaults. Immutable. */
public final class GlobalConfig {

  private static final int DEFAULT_BASE_ID = 100_000;

  private final Settings settings;

  /** The configuration that {@code settings} and the defaults make. */
  public GlobalConfig(Settings settings) {
    this.settings = settings;
  }

  /** What the file itself sets. */
  public Settings settings() {
    return settings;
  }

  /** The value of {@code parameter}: that of the file, or the default, or null. */
  public @Nullable String get(Parameter parameter) {
    String value = settings.get(parameter);
    return value == null ? parameter.defaultValue() : value;
  }

  /** Where lock files are, or null: every command that locks fails then (exit code 3). */
  public @Nullable Path lockDir() {
    return path(Parameter.LOCKDIR);
  }

  /** Where suspended containers are. */
  public Path dumpDir() {
    Path path = path(Parameter.DUMPDIR);
    return path == null ? Path.of("/vz/dump") : path;
  }

  /** The folder of templates, or null (exit code 24). */
  public @Nullable Path template() {
    return path(Parameter.TEMPLATE);
  }

  /** VE_ROOT as it stands, with $VEID, or null (exit code 22). */
  public @Nullable String veRootPattern() {
    return get(Parameter.VE_ROOT);
  }

  /** VE_PRIVATE as it stands, with $VEID, or null (exit code 23). */
  public @Nullable String vePrivatePattern() {
    return get(Parameter.VE_PRIVATE);
  }

  /** The log file, or null: nothing is logged. */
  public @Nullable Path logFile() {
    return path(Parameter.LOGFILE);
  }

  /** Up to which level messages are logged: -1 errors, 0 normal ones. */
  public int logLevel() {
    return number(Parameter.LOG_LEVEL, 0);
  }

  /** Up to which level messages are printed: VERBOSE, or else LOG_LEVEL. */
  public int verbose() {
    return number(Parameter.VERBOSE, logLevel());
  }

  /** The default sample configuration, or null. */
  public @Nullable String sample() {
    return nonEmpty(Parameter.CONFIGFILE);
  }

  /** The default template, or null (exit code 29). */
  public @Nullable String osTemplate() {
    return nonEmpty(Parameter.DEF_OSTEMPLATE);
  }

  /** The layout of new containers, {@code simfs} or {@code ploop[:mode]}. */
  public String layout() {
    String value = get(Parameter.VE_LAYOUT);
    return value == null ? "simfs" : value;
  }

  /** The lowest user id on the host that containers' ranges may take. */
  public int baseUid() {
    return number(Parameter.LOCAL_UID, DEFAULT_BASE_ID);
  }

  /** How many containers are started or stopped at once: VE_PARALLEL, or 4 per CPU. */
  public int parallel() {
    int value = number(Parameter.VE_PARALLEL, 0);
    return value > 0 ? value : 4 * HostFacts.REAL.cpus();
  }

  /** Whether {@code parameter} is {@code yes}. */
  public boolean isYes(Parameter parameter) {
    return "yes".equals(get(parameter));
  }

  private int number(Parameter parameter, int otherwise) {
    String value = get(parameter);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  private @Nullable String nonEmpty(Parameter parameter) {
    String value = get(parameter);
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable Path path(Parameter parameter) {
    String value = get(parameter);
    return value == null ? null : Path.of(value);
  }
}

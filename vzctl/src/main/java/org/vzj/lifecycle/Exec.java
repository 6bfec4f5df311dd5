package org.vzj.lifecycle;

import java.util.List;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/** Runs a command in a running container. */
public final class Exec {
  private Exec() {}

  /**
   * Runs words as a shell's command line, as {@code exec} and {@code exec2} do.
   *
   * @param words joined by blanks; a first word {@code -} makes the shell read its standard input
   * @return how the command ended
   * @throws VzException NOT_RUNNING
   */
  public static LaunchReport shell(Target target, List<String> words, Stdio stdio)
      throws VzException {
    LaunchPlan.Builder plan = begin(target);
    if (words.getFirst().equals("-")) {
      return run(target, EnterPlan.shell(plan, "/bin/bash", "/bin/sh"), stdio);
    }
    String line = join(words);
    return run(target, EnterPlan.shell(plan, "/bin/bash", "/bin/sh", "-c", line), stdio);
  }

  /**
   * Runs a program directly, without a shell, as {@code exec3} does.
   *
   * @param words the program, looked for in the search path if it has no slash, and its arguments
   */
  public static LaunchReport direct(Target target, List<String> words, Stdio stdio)
      throws VzException {
    LaunchPlan.Builder plan = begin(target);
    String program = words.getFirst();
    if (program.indexOf('/') >= 0) {
      return run(target, plan.exec(program, words).build(), stdio);
    }
    for (String directory :
        List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin")) {
      plan.tryExec(directory + "/" + program, words);
    }
    return run(target, plan.exec("/bin/" + program, words).build(), stdio);
  }

  static LaunchReport run(Target target, LaunchPlan plan, Stdio stdio) throws VzException {
    return target.host().run(plan, stdio);
  }

  private static LaunchPlan.Builder begin(Target target) throws VzException {
    LaunchPlan.Builder plan = EnterPlan.begin(target, requireRunning(target), StdioMode.PIPES);
    EnterPlan.environment(plan, EnterPlan.ENVIRONMENT);
    return plan;
  }

  static InitProcess requireRunning(Target target) throws VzException {
    InitProcess init = InitProcess.running(target.container());
    if (init == null) {
      throw new VzException(ExitCode.NOT_RUNNING, "Container is not running");
    }
    // Nothing would answer in one that a killed command has left frozen.
    Frozen.recover(target);
    return init;
  }

  /** OpenVZ's joining: one blank after every word, an empty word as a pair of quotes. */
  static String join(List<String> words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      line.append(word.isEmpty() ? "''" : word).append(' ');
    }
    return line.toString();
  }
}

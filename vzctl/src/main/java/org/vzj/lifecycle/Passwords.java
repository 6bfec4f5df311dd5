package org.vzj.lifecycle;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.container.ExitCode;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.scripts.DistScripts;

/** Sets passwords inside a container, running or not. They are kept nowhere else. */
final class Passwords {
  private Passwords() {}

  /** Tells whether nothing but passwords was given, once or several times. */
  static boolean areAll(List<String> given) {
    for (String option : given) {
      if (Parameters.byOption(option) != Parameter.USERPASSWD) {
        return false;
      }
    }
    return true;
  }

  /**
   * Sets them by the script of the distribution.
   *
   * @param init null if the container does not run: it is mounted for that, and an environment made
   * @param users lines of {@code user:password}
   * @throws VzException CHANGE_PASSWORD if the script fails
   */
  static void set(Target target, @Nullable InitProcess init, String users) throws VzException {
    DistScripts scripts =
        target.host().distScripts(target.config().osTemplate(), target.messages());
    DistActions actions = new DistActions(target, scripts, "running");
    if (!actions.passwords(users)) {
      return;
    }
    int status =
        init == null
            ? RunScript.inStopped(target, actions.text(), InsideScript.LIMIT)
            : InsideScript.feed(target, init, actions.text(), List.of(), InsideScript.LIMIT);
    if (status != 0) {
      target.messages().say("Password change failed");
      throw new VzException(ExitCode.CHANGE_PASSWORD, "");
    }
  }
}

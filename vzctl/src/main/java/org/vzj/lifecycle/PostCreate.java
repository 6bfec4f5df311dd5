package org.vzj.lifecycle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.scripts.DistScripts;

/**
 * The distribution's last word on a new container: POST_CREATE. OpenVZ runs it on the host with
 * VE_ROOT as the mount point; what lies there came from an archive and may lead anywhere, so here
 * it runs inside, where VE_ROOT is "/" and the same paths mean the same files.
 */
final class PostCreate {
  private static final byte[] ENVIRONMENT =
      "VE_ROOT=/ HOME=/ TERM=linux; export VE_ROOT HOME TERM\n".getBytes(StandardCharsets.US_ASCII);

  private PostCreate() {}

  /**
   * Runs it, if the distribution has one.
   *
   * @param target the new container, with the ids of its root
   * @param template its template
   * @throws VzException with the script's own status, or ACTION_SCRIPT if that could not be had
   */
  static void run(Target target, String template) throws VzException {
    DistScripts scripts = target.host().distScripts(template, target.messages());
    byte[] script = scripts.script("POST_CREATE");
    if (script == null) {
      return;
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.writeBytes(ENVIRONMENT);
    text.writeBytes(script);
    int status = RunScript.inStopped(target, text.toByteArray(), InsideScript.LIMIT);
    if (status != 0) {
      throw VzException.ofStatus(
          status < 0 ? ExitCode.ACTION_SCRIPT.number() : status,
          "Error executing the POST_CREATE script");
    }
  }
}

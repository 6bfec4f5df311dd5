package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.capacity.HostCapacity;
import org.vzj.beancounters.capacity.OversellReport;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ResourceReader;
import org.vzj.beancounters.report.ResourceReader.UnknownVersionException;
import org.vzj.cli.Session;
import org.vzj.cli.resources.LiveResources;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.VzPaths;

/** vzoversell: RAM and swap that containers may have, beside those that the host has. */
final class Vzoversell {
  private static final Path PROC = Path.of("/proc");

  private Vzoversell() {}

  static int run(Session session) {
    try {
      session.out().print(OversellReport.draw(groups(session), HostCapacity.read(PROC)));
      return 0;
    } catch (IOException | UnknownVersionException e) {
      session.err().println(TerminalText.of(String.valueOf(e.getMessage())));
      return 1;
    }
  }

  /** It has no options: its one argument is a file. */
  private static List<ReportGroup> groups(Session session)
      throws IOException, UnknownVersionException {
    List<String> words = session.arguments();
    if (words.isEmpty() || words.getFirst().isEmpty()) {
      return new LiveResources(VzPaths.of(session.environment()), PROC).all();
    }
    byte[] content = ToolFiles.read(session.directory().resolve(words.getFirst()));
    return ResourceReader.parse(new String(content, StandardCharsets.UTF_8));
  }
}

package org.vzj.cli.tools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzj.beancounters.capacity.HostCapacity;
import org.vzj.beancounters.capacity.MemcheckReport;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.resources.LiveResources;
import org.vzj.linux.unit.Pages;

/** vzmemcheck: what parts of the host's memory all containers take and are promised. */
final class Vzmemcheck {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('v').helped("each container, not only the sums"),
          GetoptOption.flag('A').helped("in megabytes, not in percent"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE = "Usage: vzmemcheck [-v] [-A]";

  private Vzmemcheck() {}

  static int run(Session session) {
    ToolCall call = new ToolCall("vzmemcheck", OPTIONS, session);
    if (call.has("help")) {
      session.out().println(USAGE);
      return 0;
    }
    String error = call.error();
    if (error != null) {
      call.complain(error);
      return call.fail(USAGE, 1);
    }
    try {
      List<ReportGroup> containers = new ArrayList<>();
      for (ReportGroup group : new LiveResources(call.paths(), call.proc()).all()) {
        if (group.id() != 0) {
          containers.add(group);
        }
      }
      call.out()
          .print(
              MemcheckReport.draw(
                  containers,
                  HostCapacity.read(call.proc()),
                  call.has("A"),
                  call.has("v"),
                  Pages.hostPageSize()));
      return 0;
    } catch (IOException e) {
      return call.fail(String.valueOf(e.getMessage()), 1);
    }
  }
}

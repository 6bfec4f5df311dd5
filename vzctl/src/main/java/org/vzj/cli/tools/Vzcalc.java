package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.capacity.CalcReport;
import org.vzj.beancounters.capacity.HostCapacity;
import org.vzj.beancounters.report.ReportGroup;
import org.vzj.beancounters.report.ReportLine;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.resources.LiveResources;
import org.vzj.config.ContainerConfig;
import org.vzj.container.CtId;
import org.vzj.linux.unit.Pages;

/** vzcalc: what part of the host a container takes, is promised and can take. */
final class Vzcalc {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('v').helped("each resource, not only the greatest share"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE = "Usage: vzcalc [-v] <veid>";

  private static final Beancounter[] REQUIRED = {
    Beancounter.NUMPROC,
    Beancounter.VMGUARPAGES,
    Beancounter.KMEMSIZE,
    Beancounter.TCPSNDBUF,
    Beancounter.TCPRCVBUF,
    Beancounter.OTHERSOCKBUF,
    Beancounter.DGRAMRCVBUF,
    Beancounter.PRIVVMPAGES
  };

  private Vzcalc() {}

  static int run(Session session) {
    ToolCall call = new ToolCall("vzcalc", OPTIONS, session);
    if (call.has("help")) {
      session.out().println(USAGE);
      return 0;
    }
    String error = call.error();
    if (error != null) {
      return call.fail(error, 1);
    }
    if (call.operands().isEmpty()) {
      return call.fail(USAGE, 1);
    }
    String word = call.operands().getFirst();
    CtId id = CtId.parse(word);
    if (id == null) {
      return call.fail("Invalid CT ID: " + word, 1);
    }
    Path file = call.paths().conf().resolve(id + ".conf");
    if (!Files.exists(file)) {
      return call.fail("Container configuration file: " + file + " not found", 1);
    }
    try {
      return calculate(call, id, file);
    } catch (IOException e) {
      return call.fail(String.valueOf(e.getMessage()), 1);
    }
  }

  private static int calculate(ToolCall call, CtId id, Path file) throws IOException {
    ContainerConfig config =
        ToolConfig.container(
            id.value(),
            file,
            ToolConfig.global(call.paths(), call.session().err()),
            call.session().err());
    ReportGroup configured = configured(call, config);
    if (configured == null) {
      return 1;
    }
    List<ReportGroup> live = new LiveResources(call.paths(), call.proc()).these(List.of(id));
    call.out()
        .print(
            CalcReport.draw(
                configured,
                live.isEmpty() ? null : live.getFirst(),
                HostCapacity.read(call.proc()),
                call.has("v"),
                Pages.hostPageSize()));
    return 0;
  }

  /** Barriers and limits as rows; null, after messages, if one is missing. */
  private static @Nullable ReportGroup configured(ToolCall call, ContainerConfig config) {
    boolean complete = true;
    for (Beancounter required : REQUIRED) {
      if (config.limit(required) == null) {
        call.complain("Error: parameter " + required.name() + " not found");
        complete = false;
      }
    }
    List<ReportLine> lines = new ArrayList<>();
    for (Beancounter beancounter : Beancounter.values()) {
      BarrierLimit limit = config.limit(beancounter);
      if (limit != null) {
        lines.add(
            new ReportLine(beancounter.parameterName(), 0, 0, limit.barrier(), limit.limit(), 0));
      }
    }
    return complete ? new ReportGroup(config.veid(), lines) : null;
  }
}

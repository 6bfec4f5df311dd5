package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.rule.LimitSheet;
import org.vzj.beancounters.rule.Validation;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.config.ConfigSaver;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.linux.conf.ConfFile;
import org.vzj.quota.DiskLimit;

/** vzcfgscale: multiplies the limits of a configuration. */
final class Vzcfgscale {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.value('o', "output-file").helped("FILE", "write this file"),
          GetoptOption.value('a', "all").helped("FACTOR", "multiply all limits"),
          GetoptOption.value('c', "cpu-only").helped("FACTOR", "multiply the CPU's"),
          GetoptOption.value('d', "disk-only").helped("FACTOR", "multiply the disk's"),
          GetoptOption.value('u', "ubc-only").helped("FACTOR", "multiply beancounters"),
          GetoptOption.value('n', "network-only").helped("FACTOR", "accepted: there are none"),
          GetoptOption.flag('v', "validate").helped("check the result; what is wrong is not saved"),
          GetoptOption.flag('r', "remove").helped("leave out what is one container's own"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE = "Usage: vzcfgscale [options] <configfile>";
  private static final long MOST_CPUUNITS = 500_000;
  private static final String[] FACTORS = {
    "all", "cpu-only", "disk-only", "ubc-only", "network-only"
  };

  private static final Parameter[] OWN = {
    Parameter.HOSTNAME,
    Parameter.NAME,
    Parameter.NAMESERVER,
    Parameter.SEARCHDOMAIN,
    Parameter.VE_ROOT,
    Parameter.VE_PRIVATE,
    Parameter.IP_ADDRESS,
    Parameter.LOCAL_UID,
    Parameter.LOCAL_GID
  };

  private final ToolCall call;

  private Vzcfgscale(ToolCall call) {
    this.call = call;
  }

  static int run(Session session) {
    ToolCall call = new ToolCall("vzcfgscale", OPTIONS, session);
    if (call.has("help")) {
      return call.usage(USAGE, 0);
    }
    String error = call.error();
    if (error != null) {
      return call.fail(error, 1);
    }
    for (String option : FACTORS) {
      String text = call.value(option);
      if (text != null && number(text) < 0) {
        return call.fail("Bad parameter " + text, 1);
      }
    }
    if (call.operands().isEmpty()) {
      return call.usage(USAGE, 1);
    }
    if (call.operands().size() > 1) {
      return call.fail("non-option ARGV-elements: " + String.join(" ", call.operands()), 1);
    }
    try {
      return new Vzcfgscale(call).run(session.directory().resolve(call.operands().getFirst()));
    } catch (IOException e) {
      return call.fail(String.valueOf(e.getMessage()), 1);
    }
  }

  /** A factor; -1 if the text is none. */
  private static double number(String text) {
    try {
      double factor = Double.parseDouble(text);
      return factor >= 0 && factor < Long.MAX_VALUE ? factor : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The factor for one kind of limits; 0: they stay. */
  private double factor(String option) {
    String all = call.value("all");
    String text = all == null || number(all) == 0 ? call.value(option) : all;
    return text == null ? 0 : number(text);
  }

  private int run(Path input) throws IOException {
    Path output = outputFile();
    if (output != null && Files.isDirectory(output)) {
      call.out().println("Error: output file " + call.value("output-file") + " is directory");
      return 1;
    }
    if (!Files.exists(input)) {
      return call.fail("No such file " + call.operands().getFirst(), 1);
    }
    ContainerConfig config =
        ToolConfig.container(
            0, input, ToolConfig.global(call.paths(), call.session().err()), call.session().err());
    ContainerConfig scaled = config.withOwn(scaled(config));
    if (call.has("validate") && !isValid(scaled)) {
      return 1;
    }
    ConfFile file = ConfigSaver.update(ConfFile.read(input), scaled.own());
    if (output == null) {
      call.out().print(new String(file.bytes(), StandardCharsets.UTF_8));
    } else {
      if (Files.exists(output)) {
        Files.copy(
            output,
            output.resolveSibling(output.getFileName() + ".bak"),
            StandardCopyOption.REPLACE_EXISTING);
      }
      file.save(output);
    }
    return call.fail("Scale completed: success", 0);
  }

  private @Nullable Path outputFile() {
    String name = call.value("output-file");
    return name == null ? null : call.session().directory().resolve(name);
  }

  private boolean isValid(ContainerConfig config) {
    LimitSheet sheet = LimitSheets.of(config);
    ConsoleDialog dialog = new ConsoleDialog(call.session(), false, false);
    return config.isVswap()
        || Validation.classic(sheet, dialog, config.isYes(Parameter.DISK_QUOTA));
  }

  private Settings scaled(ContainerConfig config) {
    Settings own = config.own();
    double ubc = factor("ubc-only");
    if (ubc > 0) {
      for (Beancounter beancounter : Beancounter.values()) {
        Parameter parameter = Parameters.byKey(beancounter.name());
        BarrierLimit limit = config.limit(beancounter);
        if (limit != null && parameter != null && own.has(parameter)) {
          own = LimitSheets.with(own, parameter, scaled(limit, ubc));
        }
      }
    }
    double disk = factor("disk-only");
    if (disk > 0) {
      own = scaled(own, Parameter.DISKSPACE, config.diskSpace(), disk);
      own = scaled(own, Parameter.DISKINODES, config.diskInodes(), disk);
    }
    double cpu = factor("cpu-only");
    if (cpu > 0 && own.has(Parameter.CPUUNITS)) {
      long units = scaled(config.number(Parameter.CPUUNITS, 0), cpu);
      own = own.with(Parameter.CPUUNITS, Long.toString(Math.min(units, MOST_CPUUNITS)));
    }
    if (call.has("remove")) {
      for (Parameter parameter : OWN) {
        own = own.with(parameter, null);
      }
    }
    return own;
  }

  private static Settings scaled(
      Settings own, Parameter parameter, @Nullable DiskLimit limit, double factor) {
    return limit == null || !own.has(parameter)
        ? own
        : LimitSheets.with(
            own, parameter, scaled(new BarrierLimit(limit.soft(), limit.hard()), factor));
  }

  private static BarrierLimit scaled(BarrierLimit limit, double factor) {
    return new BarrierLimit(scaled(limit.barrier(), factor), scaled(limit.limit(), factor));
  }

  /** Unlimited stays so; what becomes too large is unlimited. */
  private static long scaled(long value, double factor) {
    return value == BarrierLimit.UNLIMITED ? value : (long) ((double) value * factor);
  }
}

package org.vzj.lifecycle.apply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.cgroup.controller.CpuSettings;
import org.vzj.config.GlobalConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.container.VzPaths;
import org.vzj.lifecycle.Target;
import org.vzj.linux.conf.AtomicFile;

/**
 * What the host itself gets beside its containers: {@code vzctl set 0}. Of OpenVZ's parameters for
 * CT 0 only the CPU units mean something here, as the host's processes are in no group of ours.
 */
public final class HostShare {
  private HostShare() {}

  /**
   * Sets what was given for the host, until it boots again: then VE0CPUUNITS decides.
   *
   * @param host CT 0
   * @param options the values given
   * @param given the options in the order given; what cannot be applied is said
   * @throws VzException SET_CPU if it cannot be kept, BAD_KERNEL without cgroups
   */
  public static void change(Target host, Settings options, List<String> given) throws VzException {
    for (String option : given) {
      if (Parameters.byOption(option) != Parameter.CPUUNITS
          && Parameters.byOption(option) != Parameter.SAVE) {
        host.messages()
            .warn("WARNING: --" + option + " is not applied: only --cpuunits acts on the host");
      }
    }
    String units = options.get(Parameter.CPUUNITS);
    if (units == null) {
      return;
    }
    host.messages().say("Setting CPU units: " + units);
    try {
      AtomicFile.write(
          file(host.host().paths()), (units + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new VzException(ExitCode.SET_CPU, "Unable to set CPU units of the host: " + e, e);
    }
    host.host().unbalanceCpu();
  }

  /**
   * Returns the host's CPU units: those of {@code vzctl set 0} since it booted, or VE0CPUUNITS.
   *
   * @throws IOException if they cannot be read
   */
  public static int units(VzPaths paths, GlobalConfig global) throws IOException {
    try {
      return Integer.parseInt(Files.readString(file(paths)).strip());
    } catch (NoSuchFileException | NumberFormatException e) {
      String units = global.get(Parameter.VE0CPUUNITS);
      return units == null ? CpuSettings.NORMAL_UNITS : Integer.parseInt(units);
    }
  }

  private static Path file(VzPaths paths) {
    return paths.run().resolve("cpuunits");
  }
}

package org.vzj.cli.tools;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.BarrierLimit;
import org.vzj.beancounters.Beancounter;
import org.vzj.beancounters.rule.LimitSheet;
import org.vzj.config.ContainerConfig;
import org.vzj.config.Parameter;
import org.vzj.config.Parameters;
import org.vzj.config.Settings;
import org.vzj.quota.DiskLimit;

/** Between a configuration and the sheet of limits that rules work on. */
final class LimitSheets {
  private LimitSheets() {}

  /** What a configuration sets, its host's defaults included. */
  static LimitSheet of(ContainerConfig config) {
    LimitSheet sheet = new LimitSheet();
    for (Beancounter beancounter : Beancounter.values()) {
      sheet.put(beancounter.parameterName(), config.limit(beancounter));
    }
    sheet.put("diskspace", pair(config.diskSpace()));
    sheet.put("diskinodes", pair(config.diskInodes()));
    return sheet;
  }

  private static @Nullable BarrierLimit pair(@Nullable DiskLimit limit) {
    return limit == null ? null : new BarrierLimit(limit.soft(), limit.hard());
  }

  /** The settings with what has been changed in a sheet. */
  static Settings changed(Settings settings, Map<String, BarrierLimit> changes) {
    Settings result = settings;
    for (Map.Entry<String, BarrierLimit> change : changes.entrySet()) {
      Parameter parameter = Parameters.byKey(change.getKey().toUpperCase(Locale.ROOT));
      if (parameter != null) {
        result = with(result, parameter, change.getValue());
      }
    }
    return result;
  }

  /** The settings with another pair of limits, in the form in which they are saved. */
  static Settings with(Settings settings, Parameter parameter, BarrierLimit value) {
    boolean disk = parameter == Parameter.DISKSPACE || parameter == Parameter.DISKINODES;
    String text = disk ? value.barrier() + ":" + value.limit() : value.toString();
    return settings.with(parameter, Parameters.parseConfig(parameter, text).canonical());
  }
}

package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options of {@code set} and {@code create} make of a container's settings: single values
 * are replaced, lists are added to and taken from as their option says.
 */
public final class SettingsChange {

  /** Options that do not go together, or not with what is configured. */
  public static final class Refused extends Exception {
    private final transient BadValue reason;

    Refused(int exitCode, String message) {
      super(message);
      this.reason = new BadValue(List.of(message), exitCode);
    }

    /** What to print and with which code to exit. */
    public BadValue reason() {
      return reason;
    }
  }

  /**
   * New settings.
   *
   * @param settings of the container, after the change
   * @param notes what to print
   */
  public record Result(Settings settings, List<String> notes) {}

  private SettingsChange() {}

  /**
   * Applies options to settings. Deletions come before additions; an address that is there already
   * moves to the end; options that are never saved ({@code --userpasswd}, {@code --save} …) change
   * nothing here.
   *
   * @param veid for the default names of devices
   * @throws Refused if the options about virtual Ethernet devices do not fit
   */
  public static Result apply(Settings container, Settings options, int veid) throws Refused {
    Settings result = container;
    for (Parameter parameter : options.parameters()) {
      String value = options.get(parameter);
      if (value == null || parameter.key() == null) {
        continue;
      }
      result =
          switch (parameter) {
            case CAPABILITY, FEATURES, DEVICES, DEVNODES -> joined(result, parameter, value);
            case IP_ADDRESS, NETDEV, PCI, FW_RULE -> result;
            // An option for this one call, although the global file has a key of that name.
            case SKIP_ARPDETECT -> result;
            case VE_LAYOUT -> result.with(parameter, withoutMode(value));
            default -> result.with(parameter, value);
          };
    }
    result = taken(result, Parameter.IP_ADDRESS, options.get(Parameter.IPDEL));
    result = added(result, Parameter.IP_ADDRESS, options.get(Parameter.IP_ADDRESS));
    result = taken(result, Parameter.NETDEV, options.get(Parameter.NETDEV_DEL));
    result = added(result, Parameter.NETDEV, options.get(Parameter.NETDEV));
    result = taken(result, Parameter.PCI, options.get(Parameter.PCI_DEL));
    result = added(result, Parameter.PCI, options.get(Parameter.PCI));
    result = taken(result, Parameter.FW_RULE, options.get(Parameter.FW_DEL));
    result = added(result, Parameter.FW_RULE, options.get(Parameter.FW_RULE));
    List<String> notes = new ArrayList<>();
    String netif = VethChange.apply(container.get(Parameter.NETIF), options, veid, notes);
    if (netif != null) {
      result = result.with(Parameter.NETIF, netif);
    }
    return new Result(result, notes);
  }

  private static Settings joined(Settings settings, Parameter parameter, String value) {
    String old = settings.get(parameter);
    return settings.with(
        parameter, old == null ? value : ListValues.join(parameter.type(), old, value));
  }

  private static Settings added(Settings settings, Parameter parameter, @Nullable String value) {
    return value == null ? settings : joined(settings, parameter, value);
  }

  private static Settings taken(Settings settings, Parameter parameter, @Nullable String value) {
    String old = settings.get(parameter);
    return value == null || old == null
        ? settings
        : settings.with(parameter, ListValues.without(parameter.type(), old, value));
  }

  private static String withoutMode(String layout) {
    int colon = layout.indexOf(':');
    return colon < 0 ? layout : layout.substring(0, colon);
  }
}

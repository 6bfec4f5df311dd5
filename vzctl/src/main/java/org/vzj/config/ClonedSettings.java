package org.vzj.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a copy of a container is configured to: as the other, but for what only one can have. */
public final class ClonedSettings {
  private ClonedSettings() {}

  /**
   * Returns the settings of a copy: without name, addresses, user ids; with hardware addresses,
   * devices on the host, host name and places of its own.
   *
   * @param source what the other container's file sets
   * @param sourceId its number
   * @param veid the number of the copy
   */
  public static Settings of(Settings source, int sourceId, int veid) {
    Settings settings =
        source
            .with(Parameter.NAME, null)
            .with(Parameter.VEID, null)
            .with(Parameter.IP_ADDRESS, null)
            .with(Parameter.LOCAL_UID, null)
            .with(Parameter.LOCAL_GID, null)
            .with(Parameter.HOSTNAME, hostname(source.get(Parameter.HOSTNAME), veid))
            .with(Parameter.VE_ROOT, place(source.get(Parameter.VE_ROOT), sourceId))
            .with(Parameter.VE_PRIVATE, place(source.get(Parameter.VE_PRIVATE), sourceId));
    String netif = source.get(Parameter.NETIF);
    return netif == null ? settings : settings.with(Parameter.NETIF, devices(netif, veid));
  }

  /** In the domain of the other, if that has one. */
  static String hostname(@Nullable String other, int veid) {
    int dot = other == null ? -1 : other.indexOf('.');
    return "ct" + veid + (other == null || dot < 0 ? "" : other.substring(dot));
  }

  /** A path with the number in it means another one for the copy; others are of one only. */
  private static @Nullable String place(@Nullable String path, int sourceId) {
    if (path == null || !path.equals(VeidPattern.expand(path, sourceId))) {
      return path;
    }
    String end = "/" + sourceId;
    return path.endsWith(end) ? path.substring(0, path.length() - end.length()) + "/$VEID" : null;
  }

  private static @Nullable String devices(String netif, int veid) {
    List<VethDevice> devices = VethDevice.parseAll(netif);
    if (devices == null) {
      return null;
    }
    List<VethDevice> fresh = new ArrayList<>();
    for (VethDevice device : devices) {
      VethDevice bare =
          new VethDevice(
              device.ifname(),
              device.bridge(),
              null,
              null,
              null,
              device.macFilter(),
              device.others());
      fresh.add(bare.withOther("ip", "").complete(veid));
    }
    return VethDevice.print(fresh);
  }
}

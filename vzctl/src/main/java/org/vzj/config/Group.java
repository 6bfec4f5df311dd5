package org.vzj.config;

import static org.vzj.config.Applies.CONF_ONLY;
import static org.vzj.config.Applies.LIVE;
import static org.vzj.config.Applies.RESTART;
import static org.vzj.config.Applies.STOPPED;

/** Parameters that belong together: one applier applies them, the help lists them together. */
public enum Group {
  UBC(LIVE, "Resource limits"),
  CPU(LIVE, "CPU"),
  IO(LIVE, "Disk I/O"),
  NETFILTER(RESTART, "Netfilter"),
  CAPABILITY(RESTART, "Capabilities"),
  FEATURES(RESTART, "Features"),
  NETWORK(LIVE, "Addresses"),
  NETDEV(LIVE, "Network devices of the host"),
  VETH(LIVE, "Virtual Ethernet"),
  FIREWALL(LIVE, "Firewall"),
  HOSTNAME(LIVE, "Host name"),
  DNS(LIVE, "DNS"),
  DEVICES(LIVE, "Devices"),
  PCI(LIVE, "PCI devices"),
  LAYOUT(STOPPED, "Places and layout"),
  MOUNT(RESTART, "Mount"),
  DISK(LIVE, "Disk limits"),
  TEMPLATE(CONF_ONLY, "Template and sample"),
  BOOT(CONF_ONLY, "Start and stop"),
  NAME(CONF_ONLY, "Name"),
  DESCRIPTION(CONF_ONLY, "Description"),
  USERNS(STOPPED, "User namespace"),
  PASSWORD(LIVE, "Passwords"),
  /** Options of {@code set} that say how the others are applied and saved. */
  CONTROL(CONF_ONLY, "How to apply and save"),
  /** Settings of the host, in the global file only. */
  HOST(CONF_ONLY, "Host");

  private final Applies applies;
  private final String title;

  Group(Applies applies, String title) {
    this.applies = applies;
    this.title = title;
  }

  /** When a change takes effect. */
  public Applies applies() {
    return applies;
  }

  /** Whether this version reads, checks and saves them, but applies them to nothing yet. */
  public boolean isOnlySaved() {
    return switch (this) {
      case PCI, MOUNT -> true;
      default -> false;
    };
  }

  /** The heading of its section. */
  public String title() {
    return title;
  }
}

package org.vzj.lifecycle.apply;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.config.VethDevice;
import org.vzj.container.Messages;
import org.vzj.linux.unit.IpAddress;

/** What is said of a container's network. */
final class NetworkWords {
  private final Messages messages;

  NetworkWords(Messages messages) {
    this.messages = messages;
  }

  void devices(String verb, List<VethDevice> devices) {
    if (devices.isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder(verb).append(" veth devices: ");
    for (VethDevice device : devices) {
      line.append(device.hostIfname()).append(' ');
    }
    messages.say(line.toString());
  }

  void added(List<IpAddress> addresses) {
    if (!addresses.isEmpty()) {
      messages.say("Adding IP address(es): " + list(addresses));
    }
  }

  /** What --ipdel was given, or else what has gone. */
  void gone(@Nullable String given, List<IpAddress> gone) {
    if (given != null) {
      messages.say(
          given.equals("all")
              ? "Deleting all IP address(es): " + list(gone)
              : "Deleting IP address(es): " + given);
    }
  }

  static String list(List<IpAddress> addresses) {
    StringBuilder out = new StringBuilder();
    for (IpAddress address : addresses) {
      out.append(out.isEmpty() ? "" : " ").append(address);
    }
    return out.toString();
  }
}

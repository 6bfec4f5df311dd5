package org.vzj.lifecycle;

import java.util.List;
import org.vzj.linux.file.CopyRules;
import org.vzj.template.unpack.DeviceAllowance;

/**
 * What a copy of a container must not share with it: the machine's id, by which systemd, DHCP
 * servers and the journal tell machines apart; the keys by which ssh's clients know it; the seed of
 * its random numbers.
 */
final class CloneRules implements CopyRules {
  /** The directories of which they say anything. */
  static final List<String> PLACES =
      List.of(
          "etc",
          "etc/ssh",
          "var/lib/dbus",
          "var/lib/systemd",
          "var/lib/urandom",
          "etc/systemd/system",
          "usr/lib/systemd/system",
          "lib/systemd/system",
          "etc/init.d",
          "etc/rc.d");

  private volatile boolean layer;
  private volatile boolean keysLeftOut;
  private volatile boolean keysMadeAtStart;

  /** Says whether the tree that is copied is a layer of overlayfs. */
  void forLayer(boolean isLayer) {
    layer = isLayer;
  }

  /** Tells whether host keys of ssh were left out. */
  boolean keysLeftOut() {
    return keysLeftOut;
  }

  /** Tells whether something in the container makes such keys when it starts without. */
  boolean keysMadeAtStart() {
    return keysMadeAtStart;
  }

  @Override
  public Fate fate(String directory, String name) {
    return switch (directory) {
      case "etc" -> name.equals("machine-id") ? Fate.EMPTY : Fate.COPY;
      case "etc/ssh" -> key(name);
      case "var/lib/dbus" -> name.equals("machine-id") ? Fate.OMIT : Fate.COPY;
      case "var/lib/systemd" -> name.equals("random-seed") ? Fate.OMIT : Fate.COPY;
      case "var/lib/urandom" -> name.equals("random-seed") ? Fate.OMIT : Fate.COPY;
      case "etc/systemd/system",
          "usr/lib/systemd/system",
          "lib/systemd/system",
          "etc/init.d",
          "etc/rc.d" -> {
        keysMadeAtStart |= makesKeys(directory, name);
        yield Fate.COPY;
      }
      default -> Fate.COPY;
    };
  }

  private Fate key(String name) {
    boolean key =
        name.startsWith("ssh_host_") && (name.endsWith("_key") || name.endsWith("_key.pub"));
    keysLeftOut |= key;
    return key ? Fate.OMIT : Fate.COPY;
  }

  /** Fedora's, Arch's and our templates' units; scripts of OpenRC and Slackware. */
  private static boolean makesKeys(String directory, String name) {
    return switch (name) {
      case "ssh-host-keys.service",
          "sshd-keygen.service",
          "sshd-keygen@.service",
          "sshdgenkeys.service" ->
          directory.endsWith("system");
      case "sshd" -> directory.equals("etc/init.d");
      case "rc.sshd" -> true;
      default -> false;
    };
  }

  @Override
  public boolean allowsDevice(boolean block, int major, int minor) {
    return DeviceAllowance.allows(block, major, minor);
  }

  @Override
  public boolean isLayer() {
    return layer;
  }
}

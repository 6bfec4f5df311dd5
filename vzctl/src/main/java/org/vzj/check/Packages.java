package org.vzj.check;

import org.jspecify.annotations.Nullable;

/** The package tool of a distribution, to say what to type. */
enum Packages {
  APT,
  DNF,
  ZYPPER,
  UNKNOWN;

  /**
   * Tells from os-release(5).
   *
   * @param osRelease the text of /etc/os-release, null if there is none
   */
  static Packages of(@Nullable String osRelease) {
    if (osRelease == null) {
      return UNKNOWN;
    }
    String ids = " " + value(osRelease, "ID") + " " + value(osRelease, "ID_LIKE") + " ";
    if (ids.contains(" debian ") || ids.contains(" ubuntu ")) {
      return APT;
    }
    if (ids.contains(" fedora ") || ids.contains(" rhel ") || ids.contains(" centos ")) {
      return DNF;
    }
    return ids.contains(" suse ") || ids.contains(" opensuse ") ? ZYPPER : UNKNOWN;
  }

  private static String value(String text, String key) {
    for (String line : Lines.of(text)) {
      if (line.startsWith(key + "=")) {
        return line.substring(key.length() + 1).replace("\"", "").replace("'", "");
      }
    }
    return "";
  }

  /**
   * Returns the command that installs a package.
   *
   * @param deb its name in Debian
   * @param rpm its name in Fedora and its relatives
   */
  String install(String deb, String rpm) {
    return switch (this) {
      case APT -> "apt-get install " + deb;
      case DNF -> "dnf install " + rpm;
      case ZYPPER -> "zypper install " + rpm;
      case UNKNOWN -> "apt-get install " + deb + ", or dnf install " + rpm;
    };
  }
}

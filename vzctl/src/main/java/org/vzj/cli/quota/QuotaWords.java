package org.vzj.cli.quota;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.quota.QuotaChange;
import org.vzj.quota.QuotaTime;

/** The words after a command of vzquota. */
final class QuotaWords {
  private static final List<String> LIMITS = List.of("init", "on", "setlimit");

  private final GetoptResult result;
  private boolean bad;

  QuotaWords(String command, List<String> words) {
    result = new GetoptModel("vzquota", options(command)).parse(words);
    bad = result.error() != null;
  }

  /** The options of a command. */
  static List<GetoptOption> options(String command) {
    List<GetoptOption> options = new ArrayList<>();
    options.add(GetoptOption.value('p', "path").helped("the directory tree"));
    options.add(GetoptOption.value('c', "quota-file").helped("the quota's file"));
    options.add(GetoptOption.flag('R', "relative").helped("the file lies beside the tree"));
    if (LIMITS.contains(command)) {
      options.add(GetoptOption.value('b', "block-softlimit").helped("soft limit of space, KB"));
      options.add(GetoptOption.value('B', "block-hardlimit").helped("hard limit of space, KB"));
      options.add(GetoptOption.value('e', "block-exptime").helped("grace time of space"));
      options.add(GetoptOption.value('i', "inode-softlimit").helped("soft limit of inodes"));
      options.add(GetoptOption.value('I', "inode-hardlimit").helped("hard limit of inodes"));
      options.add(GetoptOption.value('n', "inode-exptime").helped("grace time of inodes"));
      options.add(GetoptOption.value('s', "sub-quotas").helped("1: users and groups, too"));
      options.add(GetoptOption.value('u', "ugid-limit").helped("how many users and groups"));
      options.add(GetoptOption.flag('r', "rsquash").helped("ignored"));
    }
    switch (command) {
      case "on", "off", "drop", "setlimit" ->
          options.add(GetoptOption.flag('f', "force").helped("in spite of what the file says"));
      case "stat", "show" -> {
        options.add(GetoptOption.flag('t', "user-group").helped("users and groups, too"));
        options.add(GetoptOption.flag('f', "force").helped("leave the file as it is"));
        options.add(GetoptOption.flag("json").helped("print JSON"));
      }
      case "setlimit2" -> {
        options.add(GetoptOption.flag('u', "uid").helped("of a user"));
        options.add(GetoptOption.flag('g', "gid").helped("of a group"));
        options.add(GetoptOption.flag('t').helped("grace times"));
      }
      default -> {}
    }
    if (command.equals("on")) {
      options.add(GetoptOption.flag("nocheck").helped("do not look through the tree"));
    }
    return options;
  }

  /** Whether the words make no sense. */
  boolean isBad() {
    return bad;
  }

  /** Getopt's message, if there is one. */
  @Nullable String error() {
    return result.error();
  }

  boolean has(String key) {
    return result.has(key);
  }

  @Nullable String value(String key) {
    return result.last(key);
  }

  List<String> operands() {
    return result.operands();
  }

  @Nullable Path path(Path directory) {
    String text = value("path");
    return text == null ? null : directory.resolve(text).toAbsolutePath().normalize();
  }

  /** The change that the options ask for; {@link #isBad} afterwards if a value is none. */
  QuotaChange change(Path directory) {
    Long users = number("sub-quotas");
    if (users != null && users > 1) {
      bad = true;
    }
    return new QuotaChange(
        path(directory),
        number("block-softlimit"),
        number("block-hardlimit"),
        number("inode-softlimit"),
        number("inode-hardlimit"),
        time("block-exptime"),
        time("inode-exptime"),
        users == null ? null : users == 1,
        number("ugid-limit"));
  }

  private @Nullable Long number(String key) {
    String text = value(key);
    long number = text == null ? 0 : decimal(text);
    bad |= number < 0;
    return text == null ? null : number;
  }

  private @Nullable Long time(String key) {
    String text = value(key);
    long seconds = text == null ? 0 : QuotaTime.parse(text);
    bad |= seconds < 0;
    return text == null ? null : seconds;
  }

  /** Plain decimal digits, or -1. */
  static long decimal(String text) {
    if (text.isEmpty()) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}

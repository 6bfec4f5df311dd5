package org.vzj.cli.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.json.JsonOutput;
import org.vzj.quota.DiskLimit;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaLimits;
import org.vzj.quota.QuotaRecord;
import org.vzj.quota.QuotaReport;
import org.vzj.quota.QuotaStatus;
import org.vzj.quota.QuotaTable;
import org.vzj.quota.QuotaUse;

/** {@code vzquota stat} and {@code vzquota show}. */
final class QuotaView {
  private final QuotaTool tool;
  private final QuotaControl control;
  private final long id;
  private final boolean batch;

  QuotaView(QuotaTool tool, QuotaControl control, long id, boolean batch) {
    this.tool = tool;
    this.control = control;
    this.id = id;
    this.batch = batch;
  }

  /** What the kernel says of a quota that is on. */
  int stat(QuotaWords words) throws QuotaException {
    QuotaRecord record = control.find();
    if (record == null || !record.on()) {
      throw new QuotaException(
          QuotaStatus.NOT_RUNNING, "Quota accounting is off, try vzquota show id");
    }
    QuotaUse use = control.use(record);
    if (!words.has("force")) {
      control.save(record.with(use));
    }
    return print(words, record, use, words.has("force"));
  }

  /** What is known of a quota that is on or off. */
  int show(QuotaWords words) throws QuotaException {
    QuotaRecord record = control.find();
    if (record == null) {
      throw new QuotaException(QuotaStatus.NO_FILE, "Quota file must exist for show command");
    }
    if (record.on()) {
      tool.warn(
          "Quota is running, so data reported from quota file may not reflect current values");
    }
    QuotaUse use = record.last();
    try {
      // The file system counts whether limits are on or off.
      use = control.use(record);
    } catch (QuotaException e) {
      // The disk may be unmounted; then what was counted last is all that is known.
    }
    int status = print(words, record, use, false);
    return record.dirty() ? QuotaStatus.DIRTY.number() : status;
  }

  private int print(QuotaWords words, QuotaRecord record, QuotaUse use, boolean untouched)
      throws QuotaException {
    QuotaReport.@Nullable Users users = words.has("user-group") ? users(record, untouched) : null;
    if (words.has("json")) {
      json(record, use, users);
    } else {
      QuotaReport report = new QuotaReport(System.currentTimeMillis() / 1000, batch);
      tool.session().out().print(report.container(use, record.limits()));
      if (users != null) {
        tool.session().out().print((batch ? "" : "\n") + report.users(users));
      }
    }
    return users != null && !users.active() ? QuotaStatus.UGID_INACTIVE.number() : 0;
  }

  private QuotaReport.Users users(QuotaRecord record, boolean untouched) throws QuotaException {
    QuotaTable none =
        new QuotaTable(QuotaLimits.DEFAULT_GRACE, QuotaLimits.DEFAULT_GRACE, 0, List.of());
    QuotaTable users = none;
    QuotaTable groups = none;
    boolean active = record.users() && record.userLimit() > 0;
    if (active) {
      try {
        InsideUsers inside = InsideUsers.of(tool.paths(), tool.launcher(), id, record.path());
        users = inside.read(QuotaKind.USER);
        groups = inside.read(QuotaKind.GROUP);
      } catch (QuotaException e) {
        tool.warn(e.text());
        active = false;
      }
    }
    return new QuotaReport.Users(
        untouched ? null : record.users(), active, record.userLimit(), users, groups);
  }

  private void json(QuotaRecord record, QuotaUse use, QuotaReport.@Nullable Users users) {
    try (JsonOutput json = new JsonOutput(tool.session().out())) {
      json.beginObject();
      json.field("id", id);
      json.field("path", record.path().toString());
      json.field("on", record.on());
      json.field("dirty", record.dirty());
      resource(json, "diskspace", use.kilobytes(), record.limits().space(), use.end());
      resource(json, "diskinodes", use.inodes(), record.limits().inodes(), use.inodeEnd());
      json.field("block_exptime", record.limits().grace());
      json.field("inode_exptime", record.limits().inodeGrace());
      if (users != null) {
        objects(json, "users", users.users());
        objects(json, "groups", users.groups());
      }
      json.endObject();
    }
  }

  private static void objects(JsonOutput json, String name, QuotaTable table) {
    json.beginArray(name);
    for (QuotaUse use : table.uses()) {
      json.beginObject();
      json.field("id", use.id());
      resource(json, "diskspace", use.kilobytes(), use.space(), use.end());
      resource(json, "diskinodes", use.inodes(), use.inodeLimits(), use.inodeEnd());
      json.endObject();
    }
    json.endArray();
  }

  private static void resource(JsonOutput json, String name, long used, DiskLimit limit, long end) {
    json.beginObject(name);
    json.field("usage", used);
    json.field("softlimit", limit.soft());
    json.field("hardlimit", limit.hard());
    json.field("grace_end", end);
    json.endObject();
  }
}

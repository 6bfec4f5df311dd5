package org.vzj.cli.quota;

import java.util.List;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaRecord;
import org.vzj.quota.QuotaStatus;

/** Limits of users and groups inside, set from the host. */
final class SecondLevel {
  private final QuotaTool tool;
  private final QuotaControl control;
  private final long id;

  SecondLevel(QuotaTool tool, QuotaControl control, long id) {
    this.tool = tool;
    this.control = control;
    this.id = id;
  }

  /** {@code setlimit2}: one user's or group's limits, or grace times. */
  void setLimit(QuotaWords words) throws QuotaException {
    boolean user = words.has("uid");
    boolean group = words.has("gid");
    boolean times = words.has("t");
    long[] numbers = numbers(words.operands());
    boolean right =
        times ? !(user && group) && numbers.length == 2 : user != group && numbers.length == 5;
    if (!right) {
      throw new QuotaException(QuotaStatus.USAGE, "");
    }
    InsideUsers inside = inside();
    String path = inside.tree().toString();
    LaunchPlan.Builder plan = LaunchPlan.builder();
    if (times) {
      for (QuotaKind kind : new QuotaKind[] {QuotaKind.USER, QuotaKind.GROUP}) {
        if (kind == QuotaKind.USER ? !group : !user) {
          plan.quotaGrace(path, kind.word(), numbers[0], numbers[1]);
        }
      }
    } else {
      QuotaKind kind = user ? QuotaKind.USER : QuotaKind.GROUP;
      if (numbers[0] >= InsideUsers.IDS) {
        throw new QuotaException(
            QuotaStatus.USAGE, "No user or group inside has the id " + numbers[0]);
      }
      plan.quota(
          path,
          kind.word(),
          inside.base(kind) + numbers[0],
          numbers[1],
          numbers[2],
          numbers[3],
          numbers[4]);
    }
    control.execute(plan);
  }

  private InsideUsers inside() throws QuotaException {
    QuotaRecord record = control.find();
    if (record == null || !record.on()) {
      throw new QuotaException(QuotaStatus.NOT_RUNNING, "Quota accounting is off");
    }
    if (!record.users() || record.userLimit() == 0) {
      throw new QuotaException(QuotaStatus.NOT_RUNNING, "Second level quota accounting is off");
    }
    return InsideUsers.of(tool.paths(), tool.launcher(), id, record.path());
  }

  private static long[] numbers(List<String> words) throws QuotaException {
    long[] numbers = new long[words.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = QuotaWords.decimal(words.get(i));
      if (numbers[i] < 0) {
        throw new QuotaException(QuotaStatus.USAGE, "");
      }
    }
    return numbers;
  }

  /** {@code reload2}: what vzdqload has left goes to the kernel. */
  void reload() throws QuotaException {
    QuotaRecord record = control.find();
    if (record != null && record.on()) {
      LoadedUsers.apply(tool, control, id, record.path());
    }
  }
}

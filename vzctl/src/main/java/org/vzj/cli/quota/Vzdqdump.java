package org.vzj.cli.quota;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptModel;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.getopt.GetoptResult;
import org.vzj.cli.getopt.OptionHelp;
import org.vzj.quota.QuotaControl;
import org.vzj.quota.QuotaException;
import org.vzj.quota.QuotaFiles;
import org.vzj.quota.QuotaKind;
import org.vzj.quota.QuotaRecord;
import org.vzj.quota.QuotaStatus;
import org.vzj.quota.QuotaTable;
import org.vzj.quota.QuotaUse;
import org.vzj.quota.UgidDump;

/** vzdqdump and vzdqload: limits as a text, to be kept or taken to another host. */
public final class Vzdqdump {
  /** The options of both. */
  public static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.flag('h', "help").helped("print how it is used"),
          GetoptOption.flag('V', "version").helped("print the version"),
          GetoptOption.flag('q').helped("say errors only"),
          GetoptOption.flag('v').helped("say more"),
          GetoptOption.flag('f').helped("from the file, not from the kernel"),
          GetoptOption.value('c', "quota-file").helped("the quota's file"),
          GetoptOption.flag('G', "grace").helped("grace times of users and groups"),
          GetoptOption.flag('U', "limits").helped("limits of users and groups"),
          GetoptOption.flag('T', "exptimes").helped("when their grace times end"),
          GetoptOption.flag('F', "first").helped("use and limits of the container"));

  private final Session session;
  private final String name;
  private final GetoptResult words;
  private final QuotaTool tool;

  private Vzdqdump(Session session, String name) {
    this.session = session;
    this.name = name;
    this.words = new GetoptModel(name, OPTIONS).parse(session.arguments());
    this.tool = new QuotaTool(name, session, words.has("q"));
  }

  /** Runs vzdqdump. */
  public static int dump(Session session) {
    return new Vzdqdump(session, "vzdqdump").run(true);
  }

  /** Runs vzdqload. */
  public static int load(Session session) {
    return new Vzdqdump(session, "vzdqload").run(false);
  }

  private int run(boolean dump) {
    String error = words.error();
    if (error != null) {
      session.err().println(error);
      return usage();
    }
    if (words.has("version")) {
      session.out().println("Vzquota version 2.5.0");
      return 0;
    }
    boolean selected =
        words.has("grace") || words.has("limits") || words.has("exptimes") || words.has("first");
    long id = words.operands().size() == 1 ? QuotaTool.id(words.operands().getFirst()) : -1;
    if (words.has("help") || !selected || id < 0) {
      return usage();
    }
    try {
      String file = words.first("quota-file");
      Path named = file == null ? null : session.directory().resolve(file).toAbsolutePath();
      QuotaControl control = tool.control(id, named);
      if (dump) {
        print(control, id);
      } else {
        read(control, id);
      }
      return 0;
    } catch (QuotaException e) {
      return tool.fail(e);
    }
  }

  private void print(QuotaControl control, long id) throws QuotaException {
    QuotaRecord record = control.record();
    List<UgidDump.Ugid> ugids = new ArrayList<>();
    UgidDump.Grace[] grace = {new UgidDump.Grace(0, 0), new UgidDump.Grace(0, 0)};
    boolean inside = words.has("grace") || words.has("limits") || words.has("exptimes");
    if (inside && record.users()) {
      InsideUsers users = InsideUsers.of(tool.paths(), tool.launcher(), id, record.path());
      QuotaKind[] kinds = {QuotaKind.USER, QuotaKind.GROUP};
      for (int i = 0; i < kinds.length; i++) {
        QuotaTable table = users.read(kinds[i]);
        grace[i] = new UgidDump.Grace(table.grace(), table.inodeGrace());
        for (QuotaUse use : table.uses()) {
          if (use.isLimited()) {
            ugids.add(new UgidDump.Ugid(kinds[i], use));
          }
        }
      }
    }
    UgidDump dump =
        new UgidDump(
            record.users() ? 1 : 0,
            words.has("grace") ? grace[0] : null,
            words.has("grace") ? grace[1] : null,
            words.has("limits") || words.has("exptimes") ? ugids : null,
            words.has("first") ? new UgidDump.First(use(control, record), record.limits()) : null);
    session.out().print(dump.text(words.has("limits"), words.has("exptimes")));
  }

  private QuotaUse use(QuotaControl control, QuotaRecord record) throws QuotaException {
    return words.has("f") ? record.last() : control.use(record);
  }

  private void read(QuotaControl control, long id) throws QuotaException {
    QuotaRecord record = control.record();
    if (record.on()) {
      throw new QuotaException(QuotaStatus.RUNNING, "Quota is running for id " + id);
    }
    UgidDump dump;
    try {
      String text = new String(session.in().readAllBytes(), StandardCharsets.UTF_8);
      dump = UgidDump.parse(text, id, words.has("limits"), words.has("exptimes"));
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.SYSTEM, String.valueOf(e.getMessage()));
    }
    if (dump == null) {
      throw new QuotaException(QuotaStatus.FILE, "Standard input is no dump of these parts");
    }
    if (words.has("limits") || words.has("exptimes") || words.has("grace")) {
      keep(id, dump);
      record = record.withUsers(dump.status() == 1 || record.users(), record.userLimit());
    }
    if (words.has("first") && dump.first() != null) {
      record = record.with(dump.first().limits()).with(dump.first().use());
    }
    control.save(record);
  }

  private void keep(long id, UgidDump dump) throws QuotaException {
    try {
      new QuotaFiles(tool.paths().quota()).keepLoaded(id, dump);
    } catch (IOException e) {
      throw new QuotaException(QuotaStatus.FILE, String.valueOf(e.getMessage()));
    }
  }

  private int usage() {
    session.err().println("Usage: " + name + " [options] <quotaid> -G|-U|-T|-F ...");
    session.err().print(OptionHelp.text(OPTIONS));
    return QuotaStatus.USAGE.number();
  }
}

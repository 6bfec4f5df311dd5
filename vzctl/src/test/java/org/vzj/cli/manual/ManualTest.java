package org.vzj.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.cli.GlobalOptions;
import org.vzj.cli.commands.CommandTable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.cli.list.Vzlist;
import org.vzj.cli.tools.ToolTable;
import org.vzj.config.Parameter;
import org.vzj.container.ExitCode;

/** The manual says all that the tables say, and nothing that they do not. */
class ManualTest {
  private static final Path TEMPLATES = Path.of("../packaging/src/main/man");
  private static final Pattern LONG_OPTION = Pattern.compile("--([a-zA-Z][a-zA-Z0-9_-]*)");

  /** Options of other programs that examples use. */
  private static final Set<String> FOREIGN = Set.of("bind", "now");

  @TempDir Path output;

  private final Map<String, String> pages = new HashMap<>();

  @BeforeEach
  void make() throws IOException {
    Manual.pages(TEMPLATES, output, "1.2.3", "2026-01-31");
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        pages.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
  }

  @Test
  void thereIsAPageForEveryCommandAndFile() {
    assertThat(pages.keySet())
        .containsExactlyInAnyOrder(
            "vzctl.8",
            "vzlist.8",
            "vzcheck.8",
            "vztop.8",
            "ctid.conf.5",
            "vz.conf.5",
            "vzctl-scripts.5",
            "vz.7",
            "arpsend.8",
            "ploop.8",
            "ndsend.8",
            "vznetaddbr.8",
            "vznetcfg.8",
            "vzcalc.8",
            "vzcfgscale.8",
            "vzcfgvalidate.8",
            "vzcptcheck.8",
            "vzcpucheck.8",
            "vzdqcheck.8",
            "vzdqdump.8",
            "vzdqload.8",
            "vzfsync.8",
            "vzmemcheck.8",
            "vznnc.8",
            "vzoversell.8",
            "vzpid.8",
            "vzquota.8",
            "vzsplit.8",
            "vzubc.8");
    assertThat(pages.values())
        .allSatisfy(
            page -> assertThat(page).contains("2026-01-31 \"vzj 1.2.3\"").doesNotContain("@"));
  }

  @Test
  void everyOptionIsDescribedWhereItBelongs() {
    for (String command : CommandTable.NAMES) {
      assertThat(page("vzctl.8")).contains("\n.SS " + command);
      describes("vzctl.8", Tables.optionsOf(command));
    }
    describes("vzctl.8", GlobalOptions.BEFORE);
    describes("vzlist.8", Vzlist.options());
    describes("vzctl.8", Tables.optionsOf("service"));
    describes("vzcheck.8", Tables.optionsOf("vzcheck"));
    for (String tool : ToolTable.NAMES) {
      describes(tool + ".8", ToolTable.options(tool));
    }
    describes("vzctl.8", Tables.optionsOf("blame"));
  }

  private void describes(String page, List<GetoptOption> options) {
    for (GetoptOption option : options) {
      String entry = "\n.TP\n" + Roff.forms(option) + "\n";
      if (option.hidden()) {
        assertThat(page(page)).as(option.key()).doesNotContain(entry);
      } else {
        assertThat(page(page)).as(option.key()).contains(entry);
      }
    }
  }

  @Test
  void noPageNamesAnOptionThatThereIsNot() {
    Set<String> known = new TreeSet<>(FOREIGN);
    List<GetoptOption> all = new ArrayList<>(GlobalOptions.BEFORE);
    all.addAll(GlobalOptions.AFTER);
    all.addAll(Vzlist.options());
    all.addAll(Tables.optionsOf("vzcheck"));
    all.addAll(Tables.optionsOf("service"));
    for (String tool : ToolTable.NAMES) {
      all.addAll(ToolTable.options(tool));
    }
    all.addAll(Tables.optionsOf("blame"));
    for (String command : CommandTable.NAMES) {
      all.addAll(Tables.optionsOf(command));
    }
    for (GetoptOption option : all) {
      known.addAll(option.longNames());
    }
    // Read by the command itself, among its words; and what stands for any option.
    known.addAll(List.of("exec", "option"));
    // Those of vzfsync and arpsend, which are written in C.
    known.addAll(List.of("sync", "datasync", "dontneed"));
    known.addAll(List.of("update", "detect", "request", "reply", "src-ip", "trg-ip", "count"));
    known.addAll(List.of("timeout", "src-hw", "trg-hw", "src-arp", "trg-arp", "at-once"));
    pages.forEach(
        (name, page) -> {
          Matcher options = LONG_OPTION.matcher(page.replace("\\-", "-").replaceAll("\\\\f.", ""));
          while (options.find()) {
            assertThat(known)
                .as("--" + options.group(1) + " in " + name)
                .contains(options.group(1));
          }
        });
  }

  @Test
  void everyKeyIsDescribedOnce() {
    for (Parameter parameter : Parameter.values()) {
      String key = parameter.key();
      if (key != null) {
        assertThat(
                count("\n.TP\n" + Roff.bold(key) + " = ")
                    + count("\n.TP\n" + Roff.bold(key) + ", "))
            .as(key)
            .isEqualTo(1);
      }
    }
  }

  private int count(String text) {
    String all = page("ctid.conf.5") + page("vz.conf.5");
    return all.split(Pattern.quote(text), -1).length - 1;
  }

  @Test
  void everyFieldAndExitCodeIsDescribed() {
    for (String field : Vzlist.fields().keySet()) {
      if (field.indexOf('.') < 0) {
        assertThat(page("vzlist.8")).contains("\n.TP\n" + Roff.bold(field) + " (");
      }
    }
    for (ExitCode code : ExitCode.values()) {
      assertThat(page("vzctl.8"))
          .contains("\n.TP\n\\fB" + code.number() + "\\fR\n" + Roff.sentence(code.meaning()));
    }
  }

  @Test
  void proseIsAboutWhatThereIs() throws IOException {
    for (String name : Prose.read(TEMPLATES.resolve("parameters.prose")).names()) {
      assertThat(Parameter.valueOf(name).help()).isNotEmpty();
    }
    assertThat(Vzlist.fields().keySet())
        .containsAll(Prose.read(TEMPLATES.resolve("fields.prose")).names());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    Tables tables = new Tables(Prose.parse(""), Prose.parse(""));
    Page page = new Page(tables, "1", "2026");
    assertThatThrownBy(() -> page.fill("@nothing of the kind@"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> page.fill("@command fly@"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Prose.parse("== A\nx\n== A\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void roffIsEscaped() {
    assertThat(Roff.text(".a-b\\c'd")).isEqualTo("\\&.a\\-b\\ec\\(aqd");
    assertThat(Roff.argument("BAR[:LIM]")).isEqualTo("\\fIBAR\\fR[:\\fILIM\\fR]");
    assertThat(Roff.argument("yes|no")).isEqualTo("\\fByes\\fR|\\fBno\\fR");
    assertThat(Roff.usage("<ctid>... [--fast]"))
        .isEqualTo("\\fICTID\\fR.\\&.\\&.\\& [\\fB\\-\\-fast\\fR]");
  }

  @Test
  void formatterAndIndexHaveNothingToComplainOf() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/man"))
            && Files.isExecutable(Path.of("/usr/bin/lexgrog")),
        "needs man and lexgrog, of the package man-db");
    for (String name : pages.keySet()) {
      Path file = output.resolve("man" + name.charAt(name.length() - 1)).resolve(name);
      assertThat(errors("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", file.toString()))
          .as(name)
          .isEmpty();
      assertThat(errors("lexgrog", file.toString())).as(name).isEmpty();
    }
  }

  /** What a program writes to its standard error, and a line if it fails. */
  private static String errors(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    String text =
        new String(
            process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status == 0 ? text : text + "status " + status;
  }

  private String page(String name) {
    return String.valueOf(pages.get(name));
  }
}

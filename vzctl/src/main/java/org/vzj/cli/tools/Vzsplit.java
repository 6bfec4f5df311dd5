package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.capacity.DiskShare;
import org.vzj.beancounters.capacity.HostCapacity;
import org.vzj.beancounters.capacity.SplitBounds;
import org.vzj.beancounters.capacity.SplitPlan;
import org.vzj.beancounters.capacity.SplitText;
import org.vzj.cli.Session;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.linux.conf.AtomicFile;
import org.vzj.linux.unit.Amount;
import org.vzj.linux.unit.Pages;

/** vzsplit: a sample configuration with which so many equal containers share the host. */
final class Vzsplit {
  static final List<GetoptOption> OPTIONS =
      List.of(
          GetoptOption.value('f').helped("NAME", "write the sample ve-NAME.conf-sample"),
          GetoptOption.value('n').helped("NUMBER", "how many containers"),
          GetoptOption.value('s').helped("KB", "swap space, if not that of the host"),
          GetoptOption.value('v').helped("yes|no", "whether RAM and swap are limited (VSwap)"),
          GetoptOption.flag('h', "help").helped("print how it is used"));

  private static final String USAGE =
      "Usage: vzsplit [-f config_name] [-n num_CTs] [-s swap_size] [-v yes|no]";

  private final ToolCall call;
  private final HostCapacity host;

  private Vzsplit(ToolCall call, HostCapacity host) {
    this.call = call;
    this.host = host;
  }

  static int run(Session session) {
    return run(session, Path.of("/proc"));
  }

  /** Runs the command with another procfs. */
  static int run(Session session, Path proc) {
    ToolCall call = new ToolCall("vzsplit", OPTIONS, session);
    if (call.has("help")) {
      return call.usage(USAGE, 0);
    }
    String wrong = wrong(call);
    if (wrong != null) {
      if (!wrong.isEmpty()) {
        call.complain(wrong);
      }
      return call.usage(USAGE, 1);
    }
    try {
      return new Vzsplit(call, HostCapacity.read(proc)).run();
    } catch (IOException e) {
      return call.fail(String.valueOf(e.getMessage()), 1);
    }
  }

  /** What is wrong with the command line; an empty text if nothing needs to be said. */
  private static @Nullable String wrong(ToolCall call) {
    String count = call.value("n");
    String swap = call.value("s");
    String mode = call.value("v");
    if (call.error() != null) {
      return call.error();
    }
    if (mode != null && Vzcfgvalidate.yesOrNo(mode) == null) {
      return "Invalid argument for -v: " + mode;
    }
    if (count != null && !isNumber(count)) {
      return "Invalid argument for -n: " + count;
    }
    if (swap != null && swap.startsWith("-")) {
      return "Negative value for -s";
    }
    if (swap != null && (!isNumber(swap) || kb(swap) > Long.MAX_VALUE / 1024)) {
      return "Invalid argument for -s: " + swap;
    }
    return call.operands().isEmpty() ? null : "";
  }

  private static boolean isNumber(String text) {
    return Amount.parseCount(text.startsWith("-") ? text.substring(1) : text) != null;
  }

  private static long kb(String text) {
    Amount amount = Amount.parseCount(text);
    return amount == null ? 0 : amount.value();
  }

  private int run() throws IOException {
    Path sample = sample();
    if (sample != null && Files.exists(sample)) {
      return call.fail("File " + sample + " already exist", 1);
    }
    String text = call.value("n");
    long wanted = text == null ? asked() : text.startsWith("-") ? 0 : kb(text);
    if (wanted < 0) {
      return call.fail("Invalid value.", 1);
    }
    if (wanted < 1) {
      return call.fail("Incorrect value for number of containers.", 1);
    }
    int count = (int) Math.min(Integer.MAX_VALUE, wanted);
    String swap = call.value("s");
    HostCapacity divided = swap == null ? host : host.withSwap(kb(swap) * 1024);
    List<String> complaints = SplitBounds.complaints(divided, count);
    for (String complaint : complaints) {
      call.complain(complaint);
    }
    if (SplitBounds.prevents(complaints)) {
      return 1;
    }
    return write(sample, SplitBounds.bounded(divided), count);
  }

  /** The number that the caller types in; -1 if it is none. */
  private long asked() throws IOException {
    call.out().print("Enter the number of containers: ");
    call.out().flush();
    StringBuilder line = new StringBuilder();
    for (int c = call.session().in().read(); c >= 0 && c != '\n'; ) {
      line.append((char) c);
      c = call.session().in().read();
    }
    String text = line.toString().strip();
    Amount amount = Amount.parseCount(text.startsWith("-") ? text.substring(1) : text);
    return amount == null ? -1 : text.startsWith("-") ? 0 : amount.value();
  }

  private @Nullable Path sample() {
    String name = call.value("f");
    return name == null ? null : call.paths().conf().resolve("ve-" + name + ".conf-sample");
  }

  private int write(@Nullable Path sample, HostCapacity divided, int count) throws IOException {
    DiskShare disk =
        SplitDisk.share(
            ToolConfig.global(call.paths(), call.session().err()),
            call.paths(),
            count,
            call.session().err());
    SplitPlan plan = SplitPlan.of(divided, count, Pages.hostPageSize());
    if (plan == null) {
      return call.fail("Fatal resource shortage, try to decrease the number of containers", 1);
    }
    String mode = call.value("v");
    boolean vswap = mode == null || mode.equals("yes");
    String text = SplitText.of(divided, count, plan, disk, vswap);
    if (sample == null) {
      call.out().print(text);
      return 0;
    }
    AtomicFile.write(sample, text.getBytes(StandardCharsets.UTF_8));
    return call.fail("Config " + sample + " was created", 0);
  }
}

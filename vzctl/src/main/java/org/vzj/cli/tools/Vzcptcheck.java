package org.vzj.cli.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.vzj.cli.Session;
import org.vzj.cli.resources.LiveResources;
import org.vzj.cli.terminal.TerminalText;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;
import org.vzj.linux.process.CommandResult;
import org.vzj.linux.process.Commands;

/**
 * vzcptcheck: whether a container can be moved here. Where OpenVZ's kernel had a version of its
 * images, that of criu counts; its sets of capabilities of processors are ours.
 */
final class Vzcptcheck {
  private static final int OK = 0;
  private static final int ERROR = 1;
  private static final int IMPOSSIBLE = 2;

  private static final String USAGE =
      """
      Usage: vzcptcheck <command> [argument ...]
       [S] vzcptcheck version               show the version of criu, 4.2 as 40200
       [D] vzcptcheck version <ver>         test if <ver> version is supported
       [D] vzcptcheck caps                  show CPU capabilities
       [S] vzcptcheck caps <caps>           test if <caps> work
       [S] vzcptcheck caps <veid> <caps>    test if <caps> work for running <veid>

      [S] -- run this on source node
      [D] -- run on destination node
      """;

  /** Flags of /proc/cpuinfo that programs look for; the first twelve have OpenVZ's bits. */
  private static final String[] FLAGS = {
    "cmov",
    "fxsr",
    "sse",
    "sse2",
    "mmx",
    "3dnow",
    "3dnowext",
    "sep",
    "lm",
    "ia64",
    "syscall",
    "syscall32",
    "pni",
    "ssse3",
    "sse4_1",
    "sse4_2",
    "aes",
    "pclmulqdq",
    "xsave",
    "avx",
    "f16c",
    "rdrand",
    "fma",
    "avx2",
    "bmi1",
    "bmi2",
    "fsgsbase",
    "erms",
    "avx512f",
    "sha_ni",
    "movbe"
  };

  private final Session session;
  private final Path proc;
  private final Commands commands;

  private Vzcptcheck(Session session, Path proc, Commands commands) {
    this.session = session;
    this.proc = proc;
    this.commands = commands;
  }

  static int run(Session session) {
    return run(session, Path.of("/proc"), Commands.system());
  }

  /** Runs the command on another host. */
  static int run(Session session, Path proc, Commands commands) {
    List<String> words = session.arguments();
    if (words.isEmpty() || words.getFirst().equals("help")) {
      session.out().print(USAGE);
      return OK;
    }
    Vzcptcheck check = new Vzcptcheck(session, proc, commands);
    List<String> rest = words.subList(1, words.size());
    try {
      if (words.getFirst().equals("version") && rest.size() <= 1) {
        return check.version(rest);
      }
      if (words.getFirst().equals("caps") && rest.size() <= 2) {
        return check.capabilities(rest);
      }
    } catch (IOException e) {
      return check.fail(String.valueOf(e.getMessage()), ERROR);
    }
    session.err().print(USAGE);
    return ERROR;
  }

  private int fail(String message, int status) {
    session.err().println(TerminalText.of(message));
    return status;
  }

  private int version(List<String> words) throws IOException {
    long own = criu();
    if (words.isEmpty()) {
      session.out().println(own);
      return OK;
    }
    // Images of a newer criu may hold what an older one cannot read; the reverse is promised.
    if (number(words.getFirst()) > own) {
      return fail("CPT version " + words.getFirst() + " rejected: can't migrate", IMPOSSIBLE);
    }
    return OK;
  }

  /** The version of criu that is installed: two digits for each part but the first. */
  private long criu() throws IOException {
    CommandResult result;
    try {
      result = commands.run("criu", "--version");
    } catch (IOException e) {
      throw new IOException("Can't run criu: it is not installed (apt-get install criu)", e);
    }
    return criu(result.out());
  }

  static long criu(String output) throws IOException {
    int at = output.indexOf("Version: ");
    if (at < 0) {
      throw new IOException("Can't understand criu --version: " + output.strip());
    }
    long version = 0;
    int parts = 0;
    long part = 0;
    for (int i = at + "Version: ".length(); parts < 3; i++) {
      char c = i < output.length() ? output.charAt(i) : '\n';
      if (c >= '0' && c <= '9') {
        part = part * 10 + (c - '0');
        continue;
      }
      version = version * 100 + part;
      part = 0;
      parts++;
      while (c != '.' && parts < 3) {
        version *= 100;
        parts++;
      }
    }
    return version;
  }

  private int capabilities(List<String> words) throws IOException {
    String cpuinfo = new String(ToolFiles.read(proc.resolve("cpuinfo")), StandardCharsets.UTF_8);
    long own = flags(cpuinfo);
    if (words.isEmpty()) {
      session.out().println(own);
      return OK;
    }
    if (words.size() == 2) {
      CtId id = CtId.parse(words.getFirst());
      LiveResources live = new LiveResources(VzPaths.of(session.environment()), proc);
      if (id == null || live.running(id) == null) {
        return fail("Container " + words.getFirst() + " is not running", ERROR);
      }
    }
    if ((own & ~number(words.getLast())) != 0) {
      return fail("Insufficient CPU capabilities: can't migrate", IMPOSSIBLE);
    }
    return OK;
  }

  /** The capabilities of the first processor, each flag as a bit. */
  static long flags(String cpuinfo) {
    int at = cpuinfo.indexOf("\nflags");
    int end = at < 0 ? -1 : cpuinfo.indexOf('\n', at + 1);
    if (at < 0) {
      return 0;
    }
    String line = cpuinfo.substring(at, end < 0 ? cpuinfo.length() : end) + " ";
    long flags = 0;
    for (int i = 0; i < FLAGS.length; i++) {
      flags |= line.contains(" " + FLAGS[i] + " ") ? 1L << i : 0;
    }
    return flags;
  }

  /** As atoi(3): what is no number is 0. */
  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}

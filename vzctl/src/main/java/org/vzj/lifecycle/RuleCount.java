package org.vzj.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vzj.beancounters.account.RuleCounter;
import org.vzj.container.InitProcess;
import org.vzj.container.VzException;
import org.vzj.linux.launch.LaunchPlan;
import org.vzj.linux.launch.LaunchReport;
import org.vzj.linux.launch.Namespace;
import org.vzj.linux.launch.Stdio;
import org.vzj.linux.launch.StdioMode;

/**
 * Counts the rules of a container's firewall, by the host's nft in its network namespace: that
 * lists those of iptables-nft too, but not those of the kernel's old iptables. It starts two
 * processes.
 */
public final class RuleCount implements RuleCounter {
  private static final String RULE = "\"rule\": {";

  private final Host host;
  private final InitProcess init;

  /**
   * @param host the machine
   * @param init the container's first process
   */
  public RuleCount(Host host, InitProcess init) {
    this.host = host;
    this.init = init;
  }

  /**
   * {@inheritDoc}
   *
   * @return 0 also if the host has no nft
   */
  @Override
  public long count() throws IOException {
    String nft = null;
    for (String path : new String[] {"/usr/sbin/nft", "/sbin/nft"}) {
      if (nft == null && Files.isExecutable(Path.of(path))) {
        nft = path;
      }
    }
    if (nft == null) {
      return 0;
    }
    Stdio stdio = Stdio.captured(new byte[0]);
    LaunchPlan plan =
        LaunchPlan.builder()
            .setns(init.pid(), init.startTime(), Namespace.NET)
            .stdio(StdioMode.PIPES)
            .fork()
            .inside()
            .exec(nft, List.of("nft", "-j", "list", "ruleset"))
            .build();
    try {
      LaunchReport report = host.run(plan, stdio);
      if (!(report instanceof LaunchReport.Exited exited) || exited.status() != 0) {
        throw new IOException("cannot list the rules: " + stdio.errText().strip());
      }
    } catch (VzException e) {
      throw new IOException("cannot list the rules: " + e.getMessage(), e);
    }
    return count(stdio.outText());
  }

  /** Quotes in names and comments are escaped, so what looks like a rule is one. */
  static long count(String json) {
    long rules = 0;
    for (int at = json.indexOf(RULE); at >= 0; at = json.indexOf(RULE, at + 1)) {
      rules++;
    }
    return rules;
  }
}

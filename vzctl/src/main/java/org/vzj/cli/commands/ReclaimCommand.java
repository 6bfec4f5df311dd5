package org.vzj.cli.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.cli.getopt.GetoptOption;
import org.vzj.container.ExitCode;
import org.vzj.container.VzException;
import org.vzj.lifecycle.Reclaim;
import org.vzj.linux.unit.Amount;

/** {@code vzctl reclaim}. */
final class ReclaimCommand extends Command {
  @Override
  public List<GetoptOption> options() {
    return List.of(
        GetoptOption.value("size")
            .helped("BYTES", "so much and no more, as 64M; else all that can be"));
  }

  @Override
  public boolean locks() {
    return false;
  }

  @Override
  public String usage() {
    return "<ctid>... [--size BYTES]";
  }

  @Override
  public Work bind(Invocation invocation) throws VzException {
    long bytes = bytes(invocation.value("size"));
    return target -> {
      Reclaim.run(target, bytes);
      return 0;
    };
  }

  private static long bytes(@Nullable String text) throws VzException {
    if (text == null) {
      return Long.MAX_VALUE;
    }
    Amount amount = Amount.parse(text, 1);
    if (amount == null || amount.value() == 0) {
      throw new VzException(ExitCode.INVALID_VALUE, "Bad parameter for --size: " + text);
    }
    return amount.value();
  }
}

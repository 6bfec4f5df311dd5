package org.vzj.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.sysfs.Disk;

class DiskProbesTest {
  @Test
  void onlyBfqObeysPriorities() {
    assertThat(DiskProbes.scheduler(List.of(new Disk("8:0", "sda", "bfq"))))
        .isEqualTo(Finding.ok("sda: bfq"));
    assertThat(
            DiskProbes.scheduler(
                List.of(
                    new Disk("8:0", "sda", "bfq"),
                    new Disk("8:16", "sdb", "mq-deadline"),
                    new Disk("259:0", "nvme0n1", null))))
        .isEqualTo(
            Finding.limited(
                "sda: bfq, sdb: mq-deadline, nvme0n1: none, which ignores priorities; limits work",
                "echo bfq > /sys/block/sdb/queue/scheduler"
                    + " && echo bfq > /sys/block/nvme0n1/queue/scheduler"));
  }

  @Test
  void aHostWithoutDisksIsSaidToBeOne(@TempDir Path root) throws Exception {
    assertThat(FakeHost.complete(root).ask("I/O scheduler").fact()).startsWith("on no disk");
  }
}

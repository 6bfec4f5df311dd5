package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.vzj.linux.capability.Capability;

class ProcStatusTest {
  private static final String TEXT =
      """
      Name:\ta b\\nUid:\t0
      State:\tS (sleeping)
      Pid:\t900
      PPid:\t1
      Uid:\t100000\t100001\t100002\t100003
      Gid:\t5\t6\t7\t8
      NSpid:\t900\t17\t1
      CapEff:\t0000000000000001
      CapBnd:\t000001fffeffffff
      SigCgt:\t8000000000000002
      Seccomp:\t2
      """;

  @Test
  void parsesWhatWeUse() {
    ProcStatus status = ProcStatus.parse(TEXT);
    assertThat(status.name()).isEqualTo("a b\nUid:\t0");
    assertThat(status.pid()).isEqualTo(900);
    assertThat(status.parent()).isEqualTo(1);
    assertThat(status.uids()).isEqualTo(new ProcStatus.Ids(100000, 100001, 100002, 100003));
    assertThat(status.gids()).isEqualTo(new ProcStatus.Ids(5, 6, 7, 8));
    assertThat(status.namespacePids()).isEqualTo(List.of(900L, 17L, 1L));
    assertThat(status.effective().toList()).containsExactly(Capability.CHOWN);
    assertThat(status.bounding().contains(Capability.SYS_RESOURCE)).isFalse();
    assertThat(status.bounding().contains(Capability.SYS_ADMIN)).isTrue();
    assertThat(status.seccomp()).isEqualTo(2);
  }

  @Test
  void refusesATextWithoutANeededLine() {
    assertThatThrownBy(() -> ProcStatus.parse("Name:\tx\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Pid:");
  }

  @Test
  void readsOurOwnAndFindsNoOther() throws IOException {
    long self = ProcessHandle.current().pid();
    ProcStatus status = Objects.requireNonNull(ProcStatus.read(Path.of("/proc"), self));
    assertThat(status.pid()).isEqualTo(self);
    assertThat(status.namespacePids()).contains(self);
    assertThat(ProcStatus.read(Path.of("/proc"), 1 << 22)).isNull();
  }
}

package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProcStatTest {
  private static final String REST =
      " S 1 77 78 34816 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4242 9 9 18446744073709551615\n";

  @Test
  void parsesWhatWeUse() {
    assertThat(ProcStat.parse("1234 (bash)" + REST))
        .isEqualTo(new ProcStat(1234, "bash", 'S', 1, 78, 34816, 4242));
  }

  @Test
  void aNameCannotForgeFields() {
    assertThat(ProcStat.parse("5 (a) Z 9 (b) R 8)" + REST))
        .isEqualTo(new ProcStat(5, "a) Z 9 (b) R 8", 'S', 1, 78, 34816, 4242));
    assertThat(ProcStat.parse("5 ())" + REST).comm()).isEqualTo(")");
    assertThat(ProcStat.parse("5 ()" + REST).comm()).isEmpty();
  }

  @Test
  void undoesTheKernelsEscapesInNames() {
    assertThat(ProcStat.parse("5 (a\\nb\\\\n)" + REST).comm()).isEqualTo("a\nb\\n");
    assertThat(ProcStat.parse("5 (raw\nnewline)" + REST).comm()).isEqualTo("raw\nnewline");
  }

  @Test
  void refusesWhatIsNoStat() {
    for (String bad : new String[] {"", "5", "5 (a", "5 (a)", "5 (a) S 1 2", "x (a)" + REST}) {
      assertThatThrownBy(() -> ProcStat.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsOurOwnAndFindsNoOther() throws IOException {
    long self = ProcessHandle.current().pid();
    ProcStat stat = Objects.requireNonNull(ProcStat.read(Path.of("/proc"), self));
    assertThat(stat.pid()).isEqualTo(self);
    assertThat(stat.startTime()).isPositive();
    assertThat(stat.isZombie()).isFalse();
    assertThat(ProcStat.read(Path.of("/proc"), 1 << 22)).isNull();
  }
}

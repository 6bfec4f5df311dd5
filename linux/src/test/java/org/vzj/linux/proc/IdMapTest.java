package org.vzj.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdMapTest {
  @Test
  void parsesTheKernelsPaddedForm() {
    IdMap map = IdMap.parse("         0     100000      65536\n     65536       5000          1\n");
    assertThat(map)
        .isEqualTo(
            new IdMap(List.of(new IdMap.Range(0, 100000, 65536), new IdMap.Range(65536, 5000, 1))));
    assertThat(map.text()).isEqualTo("0 100000 65536\n65536 5000 1\n");
  }

  @Test
  void translatesBothWays() {
    IdMap map = IdMap.shifted(100000, 65536);
    assertThat(map.outside(0)).isEqualTo(100000);
    assertThat(map.outside(65535)).isEqualTo(165535);
    assertThat(map.outside(65536)).isEqualTo(IdMap.UNMAPPED);
    assertThat(map.inside(165535)).isEqualTo(65535);
    assertThat(map.inside(0)).isEqualTo(IdMap.UNMAPPED);
    assertThat(map.inside(165536)).isEqualTo(IdMap.UNMAPPED);
  }

  @Test
  void theWholeRangeOfTheHostIsNoProblem() {
    IdMap map = IdMap.parse("0 0 4294967295\n");
    assertThat(map.outside(4294967294L)).isEqualTo(4294967294L);
  }

  @Test
  void refusesOtherText() {
    for (String bad : List.of("1 2", "1 2 3 4", "a b c")) {
      assertThatThrownBy(() -> IdMap.parse(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(IdMap.parse("").ranges()).isEmpty();
  }
}

package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadAverageTest {
  private static final String HOST = "1.88 1.18 0.50 3/178 1222\n";

  @Test
  void whatIsCountedIsTaken() {
    assertThat(LoadAverage.of("0.20 1.18 12.50 1/7 900\n", HOST, HOST, 7))
        .isEqualTo(List.of("0.20", "1.18", "12.50"));
  }

  @Test
  void theHostsOwnIsNotTheContainers() {
    assertThat(LoadAverage.of(HOST, HOST, "1.81 1.17 0.50 1/177 1230\n", 7)).isNull();
    assertThat(LoadAverage.of(HOST, "1.95 1.18 0.50 1/177 1230\n", HOST, 7)).isNull();
  }

  @Test
  void idleHostAndIdleContainerAreTold() {
    String idle = "0.00 0.00 0.00 1/178 1222\n";
    assertThat(LoadAverage.of("0.00 0.00 0.00 0/7 900\n", idle, idle, 8))
        .isEqualTo(List.of("0.00", "0.00", "0.00"));
    assertThat(LoadAverage.of(idle, idle, idle, 8)).isNull();
  }

  @Test
  void countingThatBeginsOnlyNowTellsNothingYet() {
    String first = "0.00 0.00 0.00 0/1 900\n";
    assertThat(LoadAverage.of(first, HOST, HOST, 7)).isNull();
    assertThat(LoadAverage.of(first, HOST, HOST, 1)).isEqualTo(List.of("0.00", "0.00", "0.00"));
  }

  @Test
  void otherTextIsNone() {
    for (String text :
        List.of("", "\n", "1 2 3 4/5 6\n", "0.1 0.1 0.1 1/2 3\n", "x.00 0.00 0.00 1/2 3\n")) {
      assertThat(LoadAverage.of(text, HOST, HOST, 7)).as(text).isNull();
    }
  }
}

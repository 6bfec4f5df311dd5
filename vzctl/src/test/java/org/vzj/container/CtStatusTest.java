package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtStatusTest {
  @ParameterizedTest
  @CsvSource({
    "true,true,true,false,CTID 101 exist mounted running",
    "true,true,false,false,CTID 101 exist mounted down",
    "true,false,false,false,CTID 101 exist unmounted down",
    "true,false,false,true,CTID 101 exist unmounted down suspended",
    "false,false,false,false,CTID 101 deleted unmounted down",
  })
  void theLineIsOpenVzs(
      boolean exists, boolean mounted, boolean running, boolean suspended, String line) {
    assertThat(new CtStatus(exists, mounted, running, suspended).line(new CtId(101)))
        .isEqualTo(line);
  }
}

package org.vzj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.CtId;

class BootListTest {
  @TempDir Path directory;

  private static BootList.Entry entry(int id, @Nullable Boolean onBoot, int order) {
    return new BootList.Entry(new CtId(id), onBoot, order, false);
  }

  @Test
  void startsWhatIsConfiguredToAndWhatRanBefore() {
    List<BootList.Entry> entries =
        List.of(
            entry(101, true, 0),
            entry(102, false, 0),
            entry(103, null, 0),
            entry(104, null, 0),
            new BootList.Entry(new CtId(105), true, 0, true));
    assertThat(BootList.toStart(entries, Set.of(new CtId(102), new CtId(104))))
        .containsExactly(new CtId(101), new CtId(104));
  }

  @Test
  void higherOrdersStartFirstAndStopLast() {
    List<BootList.Entry> entries =
        List.of(
            entry(103, true, Integer.MIN_VALUE),
            entry(101, true, 5),
            entry(104, true, -1),
            entry(102, true, 5),
            entry(105, true, 10));
    List<CtId> order =
        List.of(new CtId(105), new CtId(101), new CtId(102), new CtId(104), new CtId(103));
    assertThat(BootList.toStart(entries, Set.of())).containsExactlyElementsOf(order);
    assertThat(BootList.toStop(entries)).containsExactlyElementsOf(order.reversed());
  }

  @Test
  void marksOutliveTheProcess() throws IOException {
    Path place = directory.resolve("vzreboot");
    assertThat(new BootMarks(place).all()).isEmpty();
    new BootMarks(place).add(new CtId(102));
    new BootMarks(place).add(new CtId(101));
    new BootMarks(place).add(new CtId(101));
    Files.createFile(place.resolve("README"));
    assertThat(new BootMarks(place).all()).containsExactly(new CtId(101), new CtId(102));
    new BootMarks(place).remove(new CtId(101));
    assertThat(new BootMarks(place).all()).containsExactly(new CtId(102));
  }
}

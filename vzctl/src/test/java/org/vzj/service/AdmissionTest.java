package org.vzj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions on the kernel's files as they would be. */
class AdmissionTest {
  @TempDir Path directory;

  private long now;
  private long cpu;
  private long memory;
  private long io;

  /** Lets 100 ms pass, in which tasks waited for these parts of the time. */
  private void pass(double cpuPart, double memoryPart, double ioPart) throws IOException {
    now += Admission.INTERVAL;
    cpu += (long) (cpuPart * 100_000);
    memory += (long) (memoryPart * 100_000);
    io += (long) (ioPart * 100_000);
    write();
  }

  private void write() throws IOException {
    String line = " avg10=0.00 avg60=0.00 avg300=0.00 total=";
    Files.writeString(directory.resolve("cpu"), "some" + line + cpu + "\nfull" + line + "0\n");
    Files.writeString(
        directory.resolve("memory"), "some" + line + memory + "\nfull" + line + "7\n");
    Files.writeString(directory.resolve("io"), "some" + line + "999\nfull" + line + io + "\n");
  }

  private Admission admission(int cpus, int most) {
    return new Admission(() -> Pressure.read(directory), () -> now, cpus, most);
  }

  /** How many begin now, none of them having ended. */
  private static int burst(Admission admission, int underWay) {
    int begun = 0;
    while (begun < 100 && admission.admits(underWay + begun)) {
      begun++;
    }
    return begun;
  }

  @Test
  void beginsWithOnePerCpuAndGrowsWhileThereIsNoPressure() throws IOException {
    write();
    Admission admission = admission(2, 0);
    assertThat(burst(admission, 0)).isEqualTo(2);
    pass(0.1, 0, 0.1);
    assertThat(burst(admission, 2)).isEqualTo(3);
    pass(0.1, 0, 0.1);
    assertThat(burst(admission, 5)).isEqualTo(4);
    now += Admission.INTERVAL / 2;
    assertThat(burst(admission, 9)).as("between two looks").isZero();
  }

  @Test
  void holdsUnderPressureOfAnyKindAndGrowsAnewAfterIt() throws IOException {
    write();
    for (double[] parts : new double[][] {{0.9, 0, 0}, {0, 0.2, 0}, {0, 0, 0.8}}) {
      Admission admission = admission(8, 0);
      assertThat(burst(admission, 0)).isEqualTo(8);
      pass(parts[0], parts[1], parts[2]);
      assertThat(burst(admission, 8)).isZero();
      pass(parts[0], parts[1], parts[2]);
      assertThat(burst(admission, 8)).isZero();
      pass(0, 0, 0);
      assertThat(burst(admission, 8)).as("halved twice, and one more").isEqualTo(3);
    }
  }

  @Test
  void oneBeginsEverySecondWhateverThePressure() throws IOException {
    write();
    Admission admission = admission(1, 0);
    assertThat(burst(admission, 0)).isEqualTo(1);
    int begun = 0;
    for (int i = 0; i < 30; i++) {
      pass(1, 1, 1);
      begun += burst(admission, 1 + begun);
    }
    assertThat(begun).isEqualTo(3);
  }

  @Test
  void administratorsNumberIsAnUpperLimit() throws IOException {
    write();
    Admission admission = admission(8, 3);
    assertThat(burst(admission, 0)).isEqualTo(3);
    pass(0, 0, 0);
    assertThat(burst(admission, 3)).isZero();
    assertThat(burst(admission, 1)).isEqualTo(2);
  }

  @Test
  void withoutPressureAFixedNumberWorksAtTheSameTime() throws IOException {
    assertThat(burst(admission(2, 0), 0)).isEqualTo(8);
    assertThat(burst(admission(2, 5), 0)).isEqualTo(5);
    assertThat(burst(admission(2, 5), 4)).isEqualTo(1);
  }

  @Test
  void understandsTheKernelsFiles() throws IOException {
    assertThat(Pressure.read(directory)).isNull();
    pass(0.5, 0.25, 0.125);
    assertThat(Pressure.read(directory)).isEqualTo(new Pressure(50_000, 25_000, 12_500));
    Files.writeString(directory.resolve("io"), "some avg10=0.00\n");
    assertThat(Pressure.read(directory)).isNull();
  }
}

package org.vzj.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerLockTest {
  private static final CtId ID = new CtId(101);
  private static final long OWN = ProcessHandle.current().pid();

  /** Beyond the largest number that Linux gives, proc_sys_kernel(5), "pid_max". */
  private static final long DEAD = 4_194_305;

  @TempDir Path directory;
  private final RecordedMessages messages = new RecordedMessages();

  private Path file() {
    return directory.resolve("101.lck");
  }

  private ContainerLock take() throws VzException {
    return ContainerLock.take(directory, ID, messages);
  }

  @Test
  void theFileHasPidStatusAndStartTime() throws Exception {
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(file()))
          .isEqualTo(OWN + "\n\n" + InitProcess.ofThisProcess().split(" ")[1] + "\n");
      assertThat(files()).containsExactly("101.lck");
    }
    assertThat(files()).isEmpty();
    assertThat(messages.said()).isEmpty();
    assertThat(messages.warned()).isEmpty();
  }

  @Test
  void aMissingDirectoryIsMade() throws Exception {
    Path missing = directory.resolve("a/b");
    try (ContainerLock lock = ContainerLock.take(missing, ID, messages)) {
      assertThat(lock).isNotNull();
      assertThat(missing.resolve("101.lck")).exists();
    }
  }

  @Test
  void twoContainersDoNotConcernEachOther() throws Exception {
    try (ContainerLock one = take();
        ContainerLock other = ContainerLock.take(directory, new CtId(102), messages)) {
      assertThat(one).isNotSameAs(other);
    }
  }

  @Test
  void aLivingHolderIsNamed() throws Exception {
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(this::take)
          .isInstanceOf(VzException.class)
          .hasMessage("Container already locked")
          .extracting(e -> ((VzException) e).status())
          .isEqualTo(9);
      assertThat(messages.warned())
          .singleElement()
          .asString()
          .startsWith("Locked by: pid " + OWN + ", cmdline ");
      assertThat(file()).exists();
    }
  }

  @Test
  void openVzsOwnLockOfALivingProcessHolds() throws Exception {
    Files.writeString(file(), OWN + "\n\n");
    assertThatThrownBy(this::take).hasMessage("Container already locked");
    assertThat(Files.readString(file())).isEqualTo(OWN + "\n\n");
  }

  @Test
  void aDeadHoldersLockIsRemoved() throws Exception {
    Files.writeString(file(), DEAD + "\n\n12345\n");
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(file())).startsWith(OWN + "\n");
    }
    assertThat(messages.said()).containsExactly("Removing stale lock file " + file());
    assertThat(messages.warned()).isEmpty();
  }

  @Test
  void aPidUsedAgainIsNotTheHolder() throws Exception {
    Files.writeString(file(), OWN + "\n\n1\n");
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThat(messages.said()).containsExactly("Removing stale lock file " + file());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "x\n\n1\n", "-5\n\n1\n", "99999999999999999999\n", "\0\0\0"})
  void garbageIsRemovedInSilence(String content) throws Exception {
    Files.writeString(file(), content);
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThat(Files.readString(file())).startsWith(OWN + "\n");
    }
    assertThat(messages.said()).isEmpty();
    assertThat(messages.warned()).isEmpty();
  }

  @Test
  void aDirectoryThatIsAFileIsAnErrorOfTheSystem() throws Exception {
    Path blocked = Files.writeString(directory.resolve("lock"), "");
    assertThatThrownBy(() -> ContainerLock.take(blocked, ID, messages))
        .hasMessageStartingWith("Unable to lock container: " + blocked)
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(3);
  }

  /** In sysfs not even root can make a file. */
  @Test
  void aReadOnlyDirectoryRemindsOfSkiplock() {
    assertThatThrownBy(() -> ContainerLock.take(Path.of("/sys"), ID, messages))
        .hasMessageStartingWith("Unable to lock container: /sys/101.lck.")
        .hasMessageEndingWith("(use --skiplock to work without a lock)")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(3);
  }

  @Test
  void ofManyExactlyOneTakesAFreeLock() throws Exception {
    for (int round = 0; round < 20; round++) {
      List<ContainerLock> winners = race(8);
      assertThat(winners).hasSize(1);
      winners.getFirst().close();
      assertThat(files()).isSubsetOf(".stale");
    }
  }

  @Test
  void ofManyExactlyOneTakesADeadLockAndOneRemovesIt() throws Exception {
    for (int round = 0; round < 20; round++) {
      Files.writeString(file(), DEAD + "\n\n12345\n");
      List<ContainerLock> winners = race(8);
      assertThat(winners).hasSize(1);
      assertThat(Files.readString(file())).startsWith(OWN + "\n");
      winners.getFirst().close();
      assertThat(messages.said()).hasSize(round + 1);
    }
  }

  /** Holders come and go as fast as they can: never are there two at a time. */
  @Test
  void noLockIsRemovedUnderALivingHolder() throws Exception {
    int takers = 6;
    List<Future<Integer>> results = new ArrayList<>();
    boolean[] held = {false};
    try (ExecutorService pool = Executors.newFixedThreadPool(takers)) {
      for (int i = 0; i < takers; i++) {
        results.add(pool.submit(() -> takeOften(held)));
      }
    }
    int taken = 0;
    for (Future<Integer> result : results) {
      taken += result.get();
    }
    assertThat(taken).isEqualTo(takers * 20);
  }

  private int takeOften(boolean[] held) throws VzException {
    int taken = 0;
    for (int i = 0; i < 20; i++) {
      try (ContainerLock lock = ContainerLock.await(directory, ID, messages, 60_000)) {
        assertThat(lock).isNotNull();
        synchronized (held) {
          assertThat(held[0]).isFalse();
          held[0] = true;
        }
        Thread.onSpinWait();
        synchronized (held) {
          held[0] = false;
        }
        taken++;
      }
    }
    return taken;
  }

  @Test
  void oneWhoWaitsTakesTheLockWhenItIsFreeAndSaysNothing() throws Exception {
    ContainerLock first = take();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<ContainerLock> second =
          pool.submit(() -> ContainerLock.await(directory, ID, messages, 60_000));
      Thread.sleep(100);
      assertThat(second.isDone()).isFalse();
      first.close();
      second.get(30, TimeUnit.SECONDS).close();
    }
    assertThat(messages.warned()).isEmpty();
    assertThat(file()).doesNotExist();
  }

  @Test
  void oneWhoWaitsInVainSaysSoOnce() throws Exception {
    try (ContainerLock lock = take()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> ContainerLock.await(directory, ID, messages, 90))
          .hasMessage("Container already locked");
      assertThat(messages.warned()).hasSize(1);
    }
  }

  private List<ContainerLock> race(int takers) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<ContainerLock>> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(takers)) {
      for (int i = 0; i < takers; i++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return take();
                }));
      }
      start.countDown();
    }
    List<ContainerLock> winners = new ArrayList<>();
    for (Future<ContainerLock> result : results) {
      if (result.state() == Future.State.SUCCESS) {
        winners.add(result.resultNow());
      } else {
        assertThat(result.exceptionNow()).hasMessage("Container already locked");
      }
    }
    return winners;
  }

  private List<String> files() throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }
}

package org.vzj.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.VzException;

class InterruptionTest {
  @TempDir Path root;

  @Test
  void anOrdinaryEndSaysNothing() throws Exception {
    Vz vz = new Vz(root);
    Interruption interruption = new Interruption(vz.session());
    interruption.guard(Thread.currentThread());
    interruption.release(Thread.currentThread());
    interruption.cancel();
    assertThat(vz.err()).isEmpty();
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void workIsInterruptedAndWaitedForAndNoMoreIsBegun() throws Exception {
    Vz vz = new Vz(root);
    Interruption interruption = new Interruption(vz.session());
    CountDownLatch working = new CountDownLatch(1);
    AtomicBoolean tookBack = new AtomicBoolean();
    Thread worker =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    interruption.guard(Thread.currentThread());
                    working.countDown();
                    Thread.sleep(60_000);
                  } catch (InterruptedException e) {
                    tookBack.set(true);
                  } catch (VzException e) {
                    throw new IllegalStateException(e);
                  } finally {
                    interruption.release(Thread.currentThread());
                  }
                });
    working.await();
    interruption.cancel();
    assertThat(tookBack).isTrue();
    worker.join();
    assertThat(vz.err()).isEqualTo("\nCancelling...\n");
    assertThatThrownBy(() -> interruption.guard(Thread.currentThread())).hasMessage("Cancelled");
  }
}

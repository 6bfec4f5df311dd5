package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.container.Container;
import org.vzj.container.CtId;
import org.vzj.container.VzPaths;
import org.vzj.linux.unit.IpAddress;

class AddressPoolTest {
  private static final IpAddress ADDRESS = new IpAddress("10.0.0.1", -1);

  @TempDir Path root;

  /** One that is being started. */
  private Container container(int id) throws Exception {
    VzPaths paths = new VzPaths(root.resolve("etc"), root.resolve("run"), root.resolve("lib"));
    Container container = new Container(new CtId(id), paths);
    Files.createDirectories(container.runDirectory());
    return container;
  }

  @Test
  void anAddressHasOneContainer() throws Exception {
    AddressPool first = new AddressPool(container(101));
    AddressPool second = new AddressPool(container(102));
    assertThat(first.claim(ADDRESS)).isNull();
    assertThat(first.claim(ADDRESS)).as("it has it already").isNull();
    assertThat(second.claim(new IpAddress("10.0.0.1", 24))).isEqualTo(new CtId(101));
    second.release(ADDRESS);
    assertThat(second.claim(ADDRESS)).as("not its own to give back").isEqualTo(new CtId(101));
    first.release(ADDRESS);
    assertThat(second.claim(ADDRESS)).isNull();
    assertThat(first.claim(ADDRESS)).isEqualTo(new CtId(102));
  }

  @Test
  void theDeadHoldNothing() throws Exception {
    Container dead = container(101);
    AddressPool second = new AddressPool(container(102));
    assertThat(new AddressPool(dead).claim(ADDRESS)).isNull();
    Files.writeString(dead.initFile(), "1 99999999999\n");
    assertThat(second.claim(ADDRESS)).as("its init has ended").isNull();
    assertThat(new AddressPool(container(103)).claim(ADDRESS)).isEqualTo(new CtId(102));
    Files.delete(container(102).claimFile());
    Files.delete(container(102).runDirectory());
    assertThat(new AddressPool(container(103)).claim(ADDRESS)).as("it is stopped").isNull();
  }

  @Test
  void ofManyAtOnceOneGetsIt() throws Exception {
    AtomicInteger got = new AtomicInteger();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int id = 101; id < 121; id++) {
      AddressPool pool = new AddressPool(container(id));
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      begin.await();
                      if (pool.claim(ADDRESS) == null) {
                        got.incrementAndGet();
                      }
                    } catch (Exception e) {
                      got.addAndGet(100);
                    }
                  }));
    }
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(got).hasValue(1);
  }
}

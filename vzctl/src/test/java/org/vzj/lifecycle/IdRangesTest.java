package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.container.CtId;
import org.vzj.container.VzException;

class IdRangesTest {
  private static final CtId ID = new CtId(101);
  private static final int IDS = 65_536;

  @TempDir Path root;
  private FakeMachine machine;
  private IdRanges ranges;

  @BeforeEach
  void makeHost() throws IOException {
    machine = new FakeMachine(root, FakeMachine.V2);
    ranges = on("LOCAL_UID=\"100000\"");
  }

  private IdRanges on(String... lines) throws IOException {
    return new IdRanges(machine.host(lines), List.of(root.resolve("subuid"), root.resolve("none")));
  }

  private void configure(int id, String... lines) throws IOException {
    Files.writeString(
        machine.paths().conf().resolve(id + ".conf"), String.join("\n", lines) + "\n");
  }

  private long reserved() throws VzException, IOException {
    try (IdRanges.Reservation reservation = ranges.reserve(ID)) {
      assertThat(reservation.gid()).isEqualTo(reservation.uid());
      return reservation.uid();
    }
  }

  private List<String> reservations() throws IOException {
    try (var files = Files.list(machine.paths().idReservations())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(n -> !n.equals(".lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void theFirstIsThatOfTheGlobalConfiguration() throws Exception {
    assertThat(reserved()).isEqualTo(100_000);
    assertThat(reservations()).isEmpty();
  }

  @Test
  void idsOfTheHostItselfAreNeverTaken() throws Exception {
    ranges = on("LOCAL_UID=\"1000\"");
    assertThat(reserved()).isEqualTo(65_536);
  }

  @Test
  void gapsAreUsedIfTheyAreLargeEnough() throws Exception {
    configure(102, "LOCAL_UID=\"100000\"", "LOCAL_GID=\"100000\"");
    configure(103, "LOCAL_UID=\"200000\"", "LOCAL_GID=\"200000\"");
    assertThat(reserved()).isEqualTo(200_000 + IDS);
    configure(103, "LOCAL_UID=\"" + (100_000 + 2 * IDS) + "\"");
    assertThat(reserved()).isEqualTo(100_000 + IDS);
  }

  @Test
  void groupsCountAsWellAsUsers() throws Exception {
    configure(102, "LOCAL_UID=\"500000\"", "LOCAL_GID=\"100000\"");
    assertThat(reserved()).isEqualTo(100_000 + IDS);
  }

  @Test
  void onesOwnOldConfigurationDoesNotCount() throws Exception {
    configure(101, "LOCAL_UID=\"100000\"");
    assertThat(reserved()).isEqualTo(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOCAL_UID=\"0\"", "LOCAL_UID=\"x\"", "LOCAL_UID=", "ONBOOT=\"yes\""})
  void whoHasNoIdsTakesNone(String line) throws Exception {
    configure(102, line);
    assertThat(reserved()).isEqualTo(100_000);
  }

  @Test
  void idsPromisedToUsersOfTheHostAreLeftToThem() throws Exception {
    Files.writeString(
        root.resolve("subuid"),
        """
        # comment:1:2

        alice:100000:65536
        böb:170000:10
        broken:x:y
        :5:
        mallory:1:99999999999999999999
        """);
    assertThat(reserved()).isEqualTo(170_010);
  }

  @Test
  void whatIsReservedIsTakenUntilItIsGivenBack() throws Exception {
    try (IdRanges.Reservation first = ranges.reserve(ID);
        IdRanges.Reservation second = ranges.reserve(new CtId(102))) {
      assertThat(first.uid()).isEqualTo(100_000);
      assertThat(second.uid()).isEqualTo(100_000 + IDS);
      assertThat(reservations()).containsExactly("100000", "165536");
      assertThatThrownBy(() -> ranges.reserve(new CtId(103), 120_000, 120_000))
          .hasMessage("User ids from 120000 on overlap those of a container that is being created");
    }
    assertThat(reservations()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4194305 101\n", "", "4194305", "x 101\n", "\u00e4"})
  void aReservationDiesWithItsProcess(String content) throws Exception {
    Files.createDirectories(machine.paths().idReservations());
    Files.writeString(machine.paths().idReservations().resolve("100000"), content);
    assertThat(reserved()).isEqualTo(100_000);
  }

  @Test
  void aFileThatIsNoReservationIsRemoved() throws Exception {
    Files.createDirectories(machine.paths().idReservations());
    Files.writeString(machine.paths().idReservations().resolve("1x"), "");
    assertThat(reserved()).isEqualTo(100_000);
    assertThat(reservations()).isEmpty();
  }

  @Test
  void ofManyAtOnceNoTwoGetTheSame() throws Exception {
    int takers = 16;
    List<Future<IdRanges.Reservation>> results = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(takers)) {
      for (int i = 0; i < takers; i++) {
        CtId id = new CtId(200 + i);
        results.add(pool.submit(() -> ranges.reserve(id)));
      }
    }
    Set<Long> taken = new HashSet<>();
    for (Future<IdRanges.Reservation> result : results) {
      taken.add(result.get().uid());
    }
    assertThat(taken).hasSize(takers).contains(100_000L, 100_000L + 15 * IDS);
  }

  @ParameterizedTest
  @CsvSource({"1,300000,User", "300000,65535,Group", "2147483647,300000,User"})
  void aChoiceIsWhatContainersMayHave(long uid, long gid, String kind) {
    assertThatThrownBy(() -> ranges.reserve(ID, uid, gid))
        .hasMessageStartingWith(kind + " ids of a container can only begin at 65536 and above")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(21);
  }

  @ParameterizedTest
  @ValueSource(longs = {134_465, 200_000, 265_535})
  void aChoiceOverlapsNobody(long uid) throws Exception {
    configure(102, "LOCAL_UID=\"200000\"");
    assertThatThrownBy(() -> ranges.reserve(ID, uid, uid))
        .hasMessage("User ids from " + uid + " on overlap those of container 102");
  }

  @ParameterizedTest
  @ValueSource(longs = {134_464, 265_536})
  void aChoiceMayTouchAnother(long uid) throws Exception {
    configure(102, "LOCAL_UID=\"200000\"");
    try (IdRanges.Reservation reservation = ranges.reserve(ID, uid, uid)) {
      assertThat(reservation.uid()).isEqualTo(uid);
      assertThat(reservations()).containsExactly(Long.toString(uid));
    }
  }

  @Test
  void withoutRoomThereIsAnError() throws Exception {
    ranges = on("LOCAL_UID=\"2147483000\"");
    assertThatThrownBy(() -> ranges.reserve(ID))
        .hasMessage("No range of 65536 user ids is free")
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(3);
  }
}

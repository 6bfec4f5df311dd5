package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.container.ExitCode;
import org.vzj.container.RecordedMessages;
import org.vzj.container.VzException;

class UndoTest {
  private final RecordedMessages messages = new RecordedMessages();
  private final List<String> done = new ArrayList<>();

  private Undo threeSteps() {
    Undo undo = new Undo(messages);
    undo.push("one", () -> done.add("one"));
    undo.push("two", () -> done.add("two"));
    undo.push("three", () -> done.add("three"));
    return undo;
  }

  @Test
  void theLastIsTakenBackFirst() {
    threeSteps().close();
    assertThat(done).containsExactly("three", "two", "one");
    assertThat(messages.warned()).isEmpty();
  }

  @Test
  void whatIsKeptIsNotTakenBack() {
    try (Undo undo = threeSteps()) {
      undo.keep();
    }
    assertThat(done).isEmpty();
  }

  @Test
  void whatWasKeptStaysWhileMoreIsTakenBack() {
    try (Undo undo = threeSteps()) {
      undo.keep();
      undo.push("four", () -> done.add("four"));
    }
    assertThat(done).containsExactly("four");
  }

  @Test
  void aFailureIsToldAndTheOthersGoOnAndTheFirstErrorStays() {
    assertThatThrownBy(
            () -> {
              try (Undo undo = threeSteps()) {
                undo.push(
                    "mount",
                    () -> {
                      throw new IOException("it is busy");
                    });
                undo.push(
                    "cgroup",
                    () -> {
                      throw new IllegalStateException("it is odd");
                    });
                throw new VzException(ExitCode.SYSTEM, "the reason");
              }
            })
        .hasMessage("the reason");
    assertThat(done).containsExactly("three", "two", "one");
    assertThat(messages.warned())
        .containsExactly(
            "Unable to undo (cgroup): it is odd", "Unable to undo (mount): it is busy");
  }

  @Test
  void aStepIsTakenBackOnce() {
    Undo undo = threeSteps();
    undo.close();
    undo.close();
    assertThat(done).hasSize(3);
  }

  @Test
  void anInterruptionIsSetAsideUntilAllIsDone() {
    Undo undo = new Undo(messages);
    undo.push("one", () -> done.add("interrupted: " + Thread.currentThread().isInterrupted()));
    Thread.currentThread().interrupt();
    undo.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).containsExactly("interrupted: false");
  }
}

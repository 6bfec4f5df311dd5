package org.vzj.template.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vzj.template.TemplateException;

/** The small parts: names, times, access lists, records, sets and logs. */
class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "./, ''",
    "., ''",
    "././, ''",
    "a, a",
    "./a, a",
    "a/, a",
    "a//b, a/b",
    "./a/./b/, a/b",
    "a/.b, a/.b",
    "..a/b.., ..a/b..",
    "a/.../b, a/.../b"
  })
  void normalizes(String stored, String path) throws TemplateException {
    assertThat(MemberName.normalize(stored)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 0",
    "5.25, 5, 250000000",
    "1.1234567899, 1, 123456789",
    "-1, -1, 0",
    "-1.5, -2, 500000000",
    "-0.000000001, -1, 999999999",
    "7., 7, 0"
  })
  void parsesTimes(String text, long seconds, int nanos) throws TemplateException {
    assertThat(TarTime.parse(text)).isEqualTo(new TarTime(seconds, nanos));
  }

  @Test
  void parsesAccessLists() {
    String sorted =
        "02000000"
            + "01000600ffffffff"
            + "0200040021000000"
            + "04000400ffffffff"
            + "10000600ffffffff"
            + "20000000ffffffff";
    for (String text :
        new String[] {
          "user::rw-,user:33:r--,group::r--,mask::rw-,other::---",
          "other::---\nmask::rw-\nuser:33:r--\nuser::rw-\ngroup::r--\n#comment\n",
          "user::rw-,user:www-data:r--:33,group::r--,mask::rw-,other::---",
          "u::rw-,u:33:r--,g::r--,m:rw-,o:---"
        }) {
      assertThat(HexFormat.of().formatHex(AccessList.parse(text, AccessList.Names.NONE)))
          .as(text)
          .isEqualTo(sorted);
    }
    for (String text :
        new String[] {"user:x:r--", "user", "user::rq-", "who::r--", "user:1:2:3:4"}) {
      assertThat(AccessList.parse(text, AccessList.Names.NONE)).as(text).isEmpty();
    }
  }

  @Test
  void shiftsIdsOfAccessLists() throws TemplateException {
    byte[] list = AccessList.parse("user::rw-,user:33:r--,group:7:r--", AccessList.Names.NONE);
    byte[] shifted = AccessList.shift(list, Ownership.shifted(100_000, 200_000), "x");
    assertThat(HexFormat.of().formatHex(shifted)).contains("c1860100", "470d0300");
    byte[] far = AccessList.parse("user:65536:r--", AccessList.Names.NONE);
    assertThatThrownBy(() -> AccessList.shift(far, Ownership.shifted(100_000, 200_000), "x"))
        .hasMessageContaining("user id 65536 of x");
  }

  @Test
  void logReturnsWhatWasPut() throws TemplateException {
    DeferredLog log = new DeferredLog(1 << 24);
    for (int i = 0; i < 30_000; i++) {
      log.putPath("usr/share/doc/package-" + i / 10 + "/file-" + i);
      log.putNumber((i - 15_000) * 1_234_567_890_123L);
      log.putBytes(new byte[] {(byte) i, 0, -1});
    }
    log.rewind();
    for (int i = 0; i < 30_000; i++) {
      assertThat(log.hasMore()).isTrue();
      assertThat(log.path()).isEqualTo("usr/share/doc/package-" + i / 10 + "/file-" + i);
      assertThat(log.number()).isEqualTo((i - 15_000) * 1_234_567_890_123L);
      assertThat(log.bytes()).containsExactly((byte) i, 0, -1);
    }
    assertThat(log.hasMore()).isFalse();
  }

  @Test
  void logHasALimit() {
    DeferredLog log = new DeferredLog(100_000);
    assertThatThrownBy(() -> log.putBytes(new byte[200_000]))
        .hasMessageContaining("fit into the Java heap");
  }

  @Test
  void setKnowsItsMembers() {
    LongSet set = new LongSet();
    for (int i = 0; i < 50_000; i++) {
      assertThat(set.add(set.hash("name" + i))).isTrue();
    }
    for (int i = 0; i < 50_000; i++) {
      assertThat(set.add(set.hash("name" + i))).isFalse();
    }
    assertThat(set.contains(set.hash("name7"))).isTrue();
    assertThat(set.contains(set.hash("name50000"))).isFalse();
  }

  @Test
  void devices() {
    assertThat(DeviceAllowance.allows(false, 1, 3)).isTrue();
    assertThat(DeviceAllowance.allows(false, 10, 229)).isTrue();
    assertThat(DeviceAllowance.allows(true, 1, 3)).isFalse();
    assertThat(DeviceAllowance.allows(false, 1, 1)).isFalse();
    assertThat(DeviceAllowance.allows(true, 8, 0)).isFalse();
  }

  @Test
  void ownershipNeedsAWholeRange() {
    assertThatThrownBy(() -> Ownership.shifted(0xffff_ffffL - 100, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ownership.shifted(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Ownership.shifted(100_000, 200_000).isShifted()).isTrue();
  }
}

package org.vzj.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaRecordTest {
  private static final QuotaLimits LIMITS =
      new QuotaLimits(new DiskLimit(1000, 1100), new DiskLimit(20, 30), 3600, 7200);

  @TempDir Path directory;

  @Test
  void whatIsSavedIsRead() throws IOException {
    QuotaFiles files = new QuotaFiles(directory.resolve("vzquota"));
    assertThat(files.read(101)).isNull();
    QuotaUse use = new QuotaUse(101, 5000, 17, LIMITS.space(), LIMITS.inodes(), 1_700_000_000, 0);
    QuotaRecord record =
        QuotaRecord.of(Path.of("/vz/pri vate/10\"1$"), 101, LIMITS)
            .withUsers(true, 200)
            .turnedOn()
            .turnedOff(use)
            .marked(true);
    files.save(101, record);
    assertThat(files.read(101)).isEqualTo(record);
    assertThat(Files.readString(directory.resolve("vzquota/quota.101")))
        .contains("BLOCKS=\"1000:1100\"\n", "INODES=\"20:30\"\n", "ON=\"no\"\n", "DIRTY=\"yes\"\n");
    files.save(101, record.turnedOn());
    assertThat(files.read(101)).isEqualTo(record.turnedOn());
    files.delete(101);
    files.delete(101);
    assertThat(files.read(101)).isNull();
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = directory.resolve("quota.7");
    for (String text : new String[] {"", "\u0001\ufedc binary", "QUOTA_PATH=\"/a\"\n"}) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> new QuotaFiles(directory).read(7))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("quota.7");
    }
    String good = QuotaRecord.of(Path.of("/a"), 7, LIMITS).text();
    Files.writeString(file, good.replace("\"3600\"", "\"-3600\""));
    assertThatThrownBy(() -> new QuotaFiles(directory).read(7)).isInstanceOf(IOException.class);
    Files.writeString(file, good.replace("\"/a\"", "\"a\""));
    assertThatThrownBy(() -> new QuotaFiles(directory).read(7)).isInstanceOf(IOException.class);
  }
}

package org.vzj.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirewallEntryTest {
  private static List<String> lines(List<FirewallEntry> entries) {
    return entries.stream().map(FirewallEntry::line).toList();
  }

  @Test
  void aFileHasOneRuleALine(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("101.fw");
    assertThat(FirewallEntry.ofFile(file)).as("no file, no rules").isEmpty();
    Files.writeString(file, "# mail\n\nallow in tcp port 25 # SMTP\r\n  deny in");
    assertThat(lines(FirewallEntry.ofFile(file)))
        .containsExactly("filerule allow in tcp port 25", "filerule deny in");
    Files.writeString(file, "nat\n\ndeny im\n");
    assertThatThrownBy(() -> FirewallEntry.ofFile(file))
        .isInstanceOf(BadRuleException.class)
        .hasMessageStartingWith(file + ":3: Firewall rule \"deny im\": \"im\" is out of place");
  }

  @Test
  void aSettingHasThemBetweenSemicolons() throws Exception {
    assertThat(lines(FirewallEntry.ofSetting("allow in tcp port 22; deny in ;")))
        .containsExactly("rule allow in tcp port 22", "rule deny in");
    assertThatThrownBy(() -> FirewallEntry.ofSetting("nat; x")).hasMessageContaining("\"x\"");
    assertThat(FirewallEntry.ofLine("filerule deny in")).isNotNull();
    assertThat(FirewallEntry.ofLine("rule x")).isNull();
  }

  @Test
  void listsKeepTheirOrderAndHaveNothingTwice() throws Exception {
    assertThat(RuleList.canonical("deny  in;deny in ; nat")).isEqualTo("deny in; nat");
    assertThat(RuleList.join("deny in; nat", "nat; deny out")).isEqualTo("deny in; nat; deny out");
    assertThat(RuleList.join("", "nat")).isEqualTo("nat");
    assertThat(RuleList.without("deny in; nat", "nat; deny out")).isEqualTo("deny in");
    assertThat(RuleList.without("deny in; nat", "all")).isEmpty();
  }
}

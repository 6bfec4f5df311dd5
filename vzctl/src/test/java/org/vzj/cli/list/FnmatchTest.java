package org.vzj.cli.list;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations were compared with glibc's fnmatch(3). */
class FnmatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web | web | true",
        "web | webx | false",
        "'' | '' | true",
        "'' | a | false",
        "* | '' | true",
        "* | a.b/c | true",
        "*.example.com | web1.example.com | true",
        "*.example.com | example.com | false",
        "web?.* | web1.x | true",
        "web?.* | web.x | false",
        "web[12] | web2 | true",
        "web[1-9] | web0 | false",
        "web[!1-9] | web0 | true",
        "web[^1-9] | web5 | false",
        "web[]x] | web] | true",
        "web[a-] | web- | true",
        "web[[:digit:]] | web7 | true",
        "web[[:digit:]] | webx | false",
        "web[[:alpha:]_] | web_ | true",
        "a[b | a[b | true",
        "a\\* | a* | true",
        "a\\* | ab | false",
        "a\\ | a\\ | false",
        "*a*b*c | xaybzc | true",
        "*a*b*c | xaybz | false",
        ".* | .x | true",
        "WEB | web | false",
      })
  void matches(String pattern, String text, boolean expected) {
    assertThat(Fnmatch.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void doesNotTryEveryCombinationOfStars() {
    assertThat(Fnmatch.matches("*a".repeat(50) + "b", "a".repeat(5000))).isFalse();
  }
}

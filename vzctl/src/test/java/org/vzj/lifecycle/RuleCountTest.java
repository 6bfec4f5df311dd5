package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuleCountTest {
  /** As nft 1.0.6 prints it, shortened. */
  private static final String RULESET =
      """
      {"nftables": [{"metainfo": {"version": "1.0.6"}}, {"table": {"family": "ip", "name": "t"}}, \
      {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 2, \
      "comment": "{\\"rule\\": {", "expr": [{"accept": null}]}}, \
      {"rule": {"family": "ip", "table": "t", "chain": "c", "handle": 3, "expr": []}}]}
      """;

  @Test
  void countsRulesAndNotWhatACommentSays() {
    assertThat(RuleCount.count(RULESET)).isEqualTo(2);
    assertThat(RuleCount.count("")).isZero();
  }
}

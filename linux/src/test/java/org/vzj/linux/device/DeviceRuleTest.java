package org.vzj.linux.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceRuleTest {
  @Test
  void theDefaultIsOpenVzsAndTheOwnTerminal() {
    assertThat(DeviceRule.DEFAULT.stream().map(DeviceRule::text))
        .containsExactly(
            "c *:* m",
            "b *:* m",
            "c 1:3 rwm",
            "c 1:5 rwm",
            "c 1:7 rwm",
            "c 1:8 rwm",
            "c 1:9 rwm",
            "c 5:0 rwm",
            "c 5:2 rwm",
            "c 136:* rwm");
  }

  @Test
  void textRoundTrips() {
    for (String text : List.of("b 8:0 r", "b *:* m", "c 10:200 rw", "c 136:* rwm")) {
      assertThat(DeviceRule.parse(text).text()).isEqualTo(text);
    }
  }

  @Test
  void refusesOtherText() {
    for (String bad :
        List.of("", "a *:* rwm", "c 1:3", "c 1:3 ", "c 1 rwm", "c -1:3 r", "c x:3 r", "c 1:3 rx")) {
      assertThatThrownBy(() -> DeviceRule.parse(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theProgramAnswersAsTheRulesSay() {
    List<DeviceRule> rules = new ArrayList<>(DeviceRule.DEFAULT);
    rules.add(DeviceRule.parse("b 8:1 r"));
    rules.add(DeviceRule.parse("c *:7 w"));
    ProgramInterpreter program = new ProgramInterpreter(DeviceProgram.compile(rules));
    for (int type = 1; type <= 2; type++) {
      for (int access = 1; access <= 7; access++) {
        for (int major : new int[] {0, 1, 4, 5, 8, 10, 136, 137, 4095}) {
          for (int minor : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 64, 1048575}) {
            assertThat(program.allows(type, access, major, minor))
                .as("type %d access %d %d:%d", type, access, major, minor)
                .isEqualTo(allowed(rules, type, access, major, minor));
          }
        }
      }
    }
  }

  private static boolean allowed(
      List<DeviceRule> rules, int type, int access, int major, int minor) {
    for (DeviceRule rule : rules) {
      boolean rightType = (rule.type() == DeviceRule.Type.BLOCK) == (type == 1);
      boolean rightNumbers =
          (rule.major() == -1 || rule.major() == major)
              && (rule.minor() == -1 || rule.minor() == minor);
      boolean rights =
          ((access & 1) == 0 || rule.mknod())
              && ((access & 2) == 0 || rule.read())
              && ((access & 4) == 0 || rule.write());
      if (rightType && rightNumbers && rights) {
        return true;
      }
    }
    return false;
  }

  @Test
  void noRulesAllowNothing() {
    ProgramInterpreter program = new ProgramInterpreter(DeviceProgram.compile(List.of()));
    assertThat(program.allows(2, 2, 1, 3)).isFalse();
  }
}

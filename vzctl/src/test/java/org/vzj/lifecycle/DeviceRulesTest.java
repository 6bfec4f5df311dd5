package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.config.DeviceNode;
import org.vzj.container.VzException;
import org.vzj.linux.device.DeviceRule;

class DeviceRulesTest {
  @TempDir Path root;

  /** What a configuration allows besides what every container may. */
  private List<DeviceRule> more(String... lines) throws Exception {
    Target target = new FakeMachine(root, FakeMachine.V2).target(lines);
    List<DeviceRule> all = DeviceRules.of(target.config());
    assertThat(all).startsWith(DeviceRule.DEFAULT.toArray(new DeviceRule[0]));
    return all.subList(DeviceRule.DEFAULT.size(), all.size());
  }

  @Test
  void nothingMoreIsTheDefault() throws Exception {
    assertThat(more()).isEmpty();
  }

  @Test
  void byNumber() throws Exception {
    assertThat(more("DEVICES=\"c:10:229:rw b:8:1:r c:5:all:w\""))
        .containsExactly(
            new DeviceRule(DeviceRule.Type.CHARACTER, 10, 229, true, true, false),
            new DeviceRule(DeviceRule.Type.BLOCK, 8, 1, true, false, false),
            new DeviceRule(DeviceRule.Type.CHARACTER, 5, DeviceRule.ANY, false, true, false));
  }

  @Test
  void byName() throws Exception {
    assertThat(more("DEVNODES=\"null:r zero:none\""))
        .containsExactly(new DeviceRule(DeviceRule.Type.CHARACTER, 1, 3, true, false, false));
  }

  @Test
  void quotaAloneOpensNothing() throws Exception {
    assertThat(more("DEVICES=\"b:8:1:q\"")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch", "shm", "../etc/passwd"})
  void aNodeIsADevice(String name) {
    assertThatThrownBy(() -> DeviceRules.HostDevice.of(new DeviceNode(name, "rw")))
        .hasMessage("Incorrect name or no such device /dev/" + name)
        .extracting(e -> ((VzException) e).status())
        .isEqualTo(86);
  }

  @Test
  void theNumbersAreThoseOfTheHost() throws Exception {
    assertThat(DeviceRules.HostDevice.of(new DeviceNode("null", "rw")))
        .isEqualTo(new DeviceRules.HostDevice("null", DeviceRule.Type.CHARACTER, 1, 3));
  }
}

package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzj.config.DeviceNode;
import org.vzj.container.VzException;
import org.vzj.linux.device.DeviceRule;
import org.vzj.linux.launch.LaunchPlan;

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
  void pppComesWithItsDevice() throws Exception {
    DeviceRule ppp = new DeviceRule(DeviceRule.Type.CHARACTER, 108, 0, true, true, false);
    assertThat(more("FEATURES=\"ppp:on sit:on\"")).containsExactly(ppp);
    assertThat(more("FEATURES=\"ppp:off\"")).isEmpty();
    LaunchPlan.Builder plan = LaunchPlan.builder();
    FakeMachine machine = new FakeMachine(root, FakeMachine.V2);
    DeviceRules.addNodes(
        plan, machine.target("FEATURES=\"ppp:on\"", "LOCAL_UID=100000", "LOCAL_GID=100000"));
    assertThat(machine.stable(plan.build().text()))
        .contains("mknod-beneath ROOT/root/101 dev/ppp c 108 0 666 100000 100000\n");
  }

  @Test
  void devicesAndFeaturesNeedModules() throws Exception {
    FakeMachine machine = new FakeMachine(root, FakeMachine.V2);
    assertThat(KernelModules.of(machine.target().config())).isEmpty();
    String features = "FEATURES=\"ipgre:on ppp:on nfsd:off sysfs:on\"";
    assertThat(KernelModules.of(machine.target(features).config()))
        .containsExactly("ppp_generic", "ppp_async", "ppp_synctty", "ip_gre");
    assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
    assertThat(KernelModules.of(machine.target("DEVNODES=\"net/tun:rw null:rw\"").config()))
        .containsExactly("tun");
    assertThat(KernelModules.of(machine.target("DEVNODES=\"net/tun:none\"").config())).isEmpty();
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

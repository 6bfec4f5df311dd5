package org.vzj.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkStateTest {
  private static final String TEXT =
      """
      address 10.0.0.1/24
      address 2001:db8::1
      proxy 10.0.0.1 eth0
      proxy 2001:db8::1 br-lan
      veth ifname=eth0,bridge=vmbr0,mac=00:18:51:00:00:01,host_ifname=veth101.0
      netdev eth7
      rule allow in tcp port 80
      filerule deny in
      """;

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path directory) throws Exception {
    NetworkState state = NetworkState.parse(TEXT);
    assertThat(state.addresses())
        .isEqualTo(NetworkChangeTest.addresses("10.0.0.1/24", "2001:db8::1"));
    assertThat(state.proxies())
        .containsExactly(
            new NetworkState.Proxy("10.0.0.1", "eth0"),
            new NetworkState.Proxy("2001:db8::1", "br-lan"));
    assertThat(state.devices().getFirst().bridge()).isEqualTo("vmbr0");
    assertThat(state.moved()).containsExactly("eth7");
    Path file = directory.resolve("network");
    state.write(file);
    assertThat(file).hasContent(TEXT);
    assertThat(NetworkState.read(file)).isEqualTo(state);
    NetworkState.NONE.write(file);
    assertThat(file).as("nothing to say").doesNotExist();
    assertThat(NetworkState.read(file).isEmpty()).isTrue();
  }

  @Test
  void brokenLinesArePassedOver() {
    NetworkState state =
        NetworkState.parse(
            "address\naddress x\nproxy 10.0.0.1\nveth ,\nfuture 1\n\naddress 10.0.0.9");
    assertThat(state.addresses()).as("a line without its end was cut").isEmpty();
    assertThat(state.proxies()).isEqualTo(List.of());
    assertThat(state.devices()).isEmpty();
    assertThat(NetworkState.parse("rule x\nrule nat\n").firewall()).hasSize(1);
  }
}

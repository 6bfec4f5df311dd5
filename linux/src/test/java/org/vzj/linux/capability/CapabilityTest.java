package org.vzj.linux.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CapabilityTest {
  /** What OpenVZ documents for {@code --capability}. */
  private static final String DOCUMENTED =
      "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE"
          + " NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE"
          + " SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE"
          + " SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE VE_ADMIN SETFCAP";

  @Test
  void theFirst32HaveOpenVzsNamesAndNumbers() {
    List<String> names = List.of(DOCUMENTED.split(" "));
    for (int number = 0; number < names.size(); number++) {
      Capability capability = Objects.requireNonNull(Capability.ofNumber(number));
      assertThat(capability.name()).isEqualTo(names.get(number));
      assertThat(capability.number()).isEqualTo(number);
    }
    assertThat(Capability.CHECKPOINT_RESTORE.number()).isEqualTo(40);
    assertThat(Capability.ofNumber(41)).isNull();
    assertThat(Capability.ofNumber(-1)).isNull();
  }

  @Test
  void namesAreUnderstoodInAnyCaseAndByOldName() {
    assertThat(Capability.ofName("sys_time")).isEqualTo(Capability.SYS_TIME);
    assertThat(Capability.ofName("CAP_Net_Admin")).isEqualTo(Capability.NET_ADMIN);
    assertThat(Capability.ofName("SETVEID")).isEqualTo(Capability.AUDIT_WRITE);
    assertThat(Capability.ofName("audit_control")).isEqualTo(Capability.VE_ADMIN);
    assertThat(Capability.ofName("FS_MASK")).isNull();
    assertThat(Capability.ofName("")).isNull();
  }

  @Test
  void setsParsePrintAndCombine() {
    CapabilitySet set = CapabilitySet.parseHex("000001fffeffffff");
    assertThat(set.contains(Capability.SYS_RESOURCE)).isFalse();
    assertThat(set.numbers()).hasSize(40).doesNotContain(24).contains(0, 40);
    assertThat(set.with(Capability.SYS_RESOURCE).bits()).isEqualTo(0x1ffffffffffL);
    assertThat(set.without(Capability.CHOWN).contains(Capability.CHOWN)).isFalse();
    assertThat(CapabilitySet.parseHex("ffffffffffffffff").numbers()).hasSize(64);
    assertThat(CapabilitySet.parseHex("ffffffffffffffff").toList()).hasSize(41);
    assertThatThrownBy(() -> CapabilitySet.parseHex("x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDefaultIsOpenVzsLessWhatMustGo() {
    CapabilitySet documented = CapabilitySet.NONE;
    for (String name :
        ("CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID LINUX_IMMUTABLE"
                + " NET_BIND_SERVICE NET_BROADCAST NET_RAW IPC_LOCK IPC_OWNER SYS_CHROOT SYS_PTRACE"
                + " SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TTY_CONFIG MKNOD LEASE VE_ADMIN AUDIT_WRITE"
                + " SETPCAP SETFCAP SYS_ADMIN NET_ADMIN")
            .split(" ")) {
      Capability capability = Objects.requireNonNull(Capability.ofName(name), name);
      documented = documented.with(capability);
    }
    assertThat(ContainerCapabilities.DEFAULT)
        .isEqualTo(documented.without(Capability.SYS_RESOURCE));
  }

  @Test
  void offWinsOverOnAndOverTheBridge() {
    CapabilitySet time = CapabilitySet.of(Capability.SYS_TIME);
    CapabilitySet net = CapabilitySet.of(Capability.NET_ADMIN);
    assertThat(ContainerCapabilities.of(time, CapabilitySet.NONE, false))
        .isEqualTo(ContainerCapabilities.DEFAULT.with(Capability.SYS_TIME));
    assertThat(ContainerCapabilities.of(time, time, false))
        .isEqualTo(ContainerCapabilities.DEFAULT);
    assertThat(
            ContainerCapabilities.of(CapabilitySet.NONE, net, true).contains(Capability.NET_ADMIN))
        .isFalse();
    assertThat(ContainerCapabilities.of(CapabilitySet.NONE, CapabilitySet.NONE, true))
        .isEqualTo(ContainerCapabilities.DEFAULT);
  }

  @Test
  void aHostCannotGiveWhatItLacks() {
    CapabilitySet host = CapabilitySet.parseHex("000001fffeffffff").without(Capability.MKNOD);
    assertThat(ContainerCapabilities.available(ContainerCapabilities.DEFAULT, host))
        .isEqualTo(ContainerCapabilities.DEFAULT.without(Capability.MKNOD));
  }
}

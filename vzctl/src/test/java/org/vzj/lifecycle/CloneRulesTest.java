package org.vzj.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.vzj.linux.file.CopyRules.Fate;

class CloneRulesTest {
  private final CloneRules rules = new CloneRules();

  @Test
  void whatTellsMachinesApartIsNotShared() {
    assertThat(rules.fate("etc", "machine-id")).isEqualTo(Fate.EMPTY);
    assertThat(rules.fate("var/lib/dbus", "machine-id")).isEqualTo(Fate.OMIT);
    assertThat(rules.fate("var/lib/systemd", "random-seed")).isEqualTo(Fate.OMIT);
    for (String[] name :
        new String[][] {
          {"", "machine-id"},
          {"home/etc", "machine-id"},
          {"etc", "passwd"},
          {"etc/ssh", "sshd_config"},
          {"etc/ssh", "ssh_host_keys"},
          {"root", "ssh_host_rsa_key"}
        }) {
      assertThat(rules.fate(name[0], name[1])).as(name[0] + "/" + name[1]).isEqualTo(Fate.COPY);
    }
    assertThat(rules.keysLeftOut()).isFalse();
  }

  @Test
  void keysAreLeftOutAndWhoMakesThemIsSeen() {
    assertThat(rules.fate("etc/ssh", "ssh_host_ed25519_key")).isEqualTo(Fate.OMIT);
    assertThat(rules.fate("etc/ssh", "ssh_host_rsa_key.pub")).isEqualTo(Fate.OMIT);
    assertThat(rules.keysLeftOut()).isTrue();
    rules.fate("etc/init.d", "ssh");
    assertThat(rules.keysMadeAtStart()).isFalse();
    rules.fate("usr/lib/systemd/system", "sshd-keygen@.service");
    assertThat(rules.keysMadeAtStart()).isTrue();
  }

  @Test
  void aCopyThatIsMadeAsAWholeIsPrunedInTheRightPlaces() {
    for (String place : CloneRules.PLACES) {
      boolean hasRule = false;
      for (String name : new String[] {"machine-id", "random-seed", "ssh_host_rsa_key"}) {
        hasRule |= rules.fate(place, name) != Fate.COPY;
      }
      CloneRules fresh = new CloneRules();
      for (String name : new String[] {"sshd-keygen.service", "sshd", "rc.sshd"}) {
        fresh.fate(place, name);
      }
      assertThat(hasRule || fresh.keysMadeAtStart()).as(place).isTrue();
    }
    assertThat(CloneRules.PLACES).hasSize(10);
  }

  @Test
  void devicesOfAnyDiskAreLeftOut() {
    assertThat(rules.allowsDevice(false, 1, 3)).isTrue();
    assertThat(rules.allowsDevice(true, 8, 0)).isFalse();
    assertThat(rules.allowsDevice(false, 10, 237)).isFalse();
  }
}

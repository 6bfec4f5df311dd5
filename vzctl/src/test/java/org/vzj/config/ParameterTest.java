package org.vzj.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzj.beancounters.Beancounter;

class ParameterTest {

  /** One line for every parameter: key, options, what repetition means, when it applies. */
  private static final String MAPPINGS =
      """
      KMEMSIZE --kmemsize -k=BAR[:LIM] LAST LIVE set
      LOCKEDPAGES --lockedpages -l=BAR[:LIM] LAST LIVE set
      PRIVVMPAGES --privvmpages=BAR[:LIM] LAST LIVE set
      SHMPAGES --shmpages=BAR[:LIM] LAST LIVE set
      NUMPROC --numproc -p=BAR[:LIM] LAST LIVE set
      PHYSPAGES --physpages=BAR[:LIM] LAST LIVE set
      VMGUARPAGES --vmguarpages=BAR[:LIM] LAST LIVE set
      OOMGUARPAGES --oomguarpages=BAR[:LIM] LAST LIVE set
      NUMTCPSOCK --numtcpsock=BAR[:LIM] LAST LIVE set
      NUMFLOCK --numflock -f=BAR[:LIM] LAST LIVE set
      NUMPTY --numpty -t=BAR[:LIM] LAST LIVE set
      NUMSIGINFO --numsiginfo -i=BAR[:LIM] LAST LIVE set
      TCPSNDBUF --tcpsndbuf=BAR[:LIM] LAST LIVE set
      TCPRCVBUF --tcprcvbuf -b=BAR[:LIM] LAST LIVE set
      OTHERSOCKBUF --othersockbuf=BAR[:LIM] LAST LIVE set
      DGRAMRCVBUF --dgramrcvbuf=BAR[:LIM] LAST LIVE set
      NUMOTHERSOCK --numothersock=BAR[:LIM] LAST LIVE set
      NUMFILE --numfile -n=BAR[:LIM] LAST LIVE set
      DCACHESIZE --dcachesize -x=BAR[:LIM] LAST LIVE set
      NUMIPTENT --numiptent -e=BAR[:LIM] LAST LIVE set
      AVNUMPROC --avnumproc=BAR[:LIM] LAST LIVE set
      SWAPPAGES --swappages=BAR[:LIM] LAST LIVE set
      VM_OVERCOMMIT --vm_overcommit=FLOAT FIRST LIVE set
      - --ram=BYTES LAST LIVE set
      - --swap=BYTES LAST LIVE set
      CPUUNITS --cpuunits=N FIRST LIVE set
      CPUUWEIGHT --cpuweight=N FIRST LIVE set
      CPULIMIT --cpulimit=N[%] FIRST LIVE set
      CPUS --cpus=N FIRST LIVE set
      CPUMASK --cpumask=LIST|all|auto FIRST LIVE set
      NODEMASK --nodemask=LIST|all FIRST LIVE set
      CPUBURST --cpuburst=N[%] FIRST LIVE set
      CPUIDLE --cpuidle=yes|no FIRST LIVE set
      IOPRIO --ioprio=0-7 LAST LIVE set
      IOLIMIT --iolimit=N[BKMG]|unlimited LAST LIVE set
      IOPSLIMIT --iopslimit=N LAST LIVE set
      MEMINFO --meminfo=none|pages:N|privvmpages:N LAST LIVE set
      IPTABLES --iptables=MODULE,... LIST RESTART set
      NETFILTER --netfilter=LEVEL FIRST RESTART set
      CAPABILITY --capability=NAME:on|off,... LIST RESTART set
      FEATURES --features=NAME:on|off,... LIST RESTART set
      KSM --ksm=yes|no FIRST RESTART set
      IP_ADDRESS --ipadd --ip=ADDR[/LEN] LIST LIVE set create
      - --ipdel=ADDR|all LIST LIVE set
      SKIP_ARPDETECT --skip_arpdetect FIRST LIVE set
      NETDEV --netdev_add=DEV LIST LIVE set
      - --netdev_del=DEV LIST LIVE set
      NETIF LIST LIVE
      - --netif_add=DEV[,MAC,DEV,MAC,BRIDGE] LIST LIVE set
      - --netif_del=DEV|all LIST LIVE set
      - --ifname=DEV FIRST LIVE set
      - --mac=MAC LAST LIVE set
      - --host_ifname=DEV FIRST LIVE set
      - --host_mac=MAC LAST LIVE set
      - --bridge=BRIDGE FIRST LIVE set
      - --mac_filter=on|off FIRST LIVE set
      - --filter_ip=ADDR|all LIST LIVE set
      - --vlan=ID FIRST LIVE set
      - --mtu=BYTES FIRST LIVE set
      - --rate_down=KBIT FIRST LIVE set
      - --rate_up=KBIT FIRST LIVE set
      VETH FIRST LIVE
      FW_RULE --fw_rule=RULE LIST LIVE set
      - --fw_del=RULE|all LIST LIVE set
      IPV6 FIRST LIVE
      HOSTNAME --hostname=NAME FIRST LIVE set create
      NAMESERVER --nameserver=ADDR|inherit LIST LIVE set
      SEARCHDOMAIN --searchdomain=NAME|inherit LIST LIVE set
      DEVICES --devices=b|c:MAJ:MIN|all:[rwq]|none LIST LIVE set
      DEVNODES --devnodes=DEV:[rwq]|none LIST LIVE set
      PCI --pci_add=[DOM:]BUS:SLOT.FUNC LIST LIVE set
      - --pci_del=[DOM:]BUS:SLOT.FUNC LIST LIVE set
      VE_ROOT --root=PATH FIRST STOPPED set create
      VE_PRIVATE --private=PATH FIRST STOPPED set create
      VE_LAYOUT --layout --ve_layout --velayout=simfs|ploop[:MODE]|overlay|btrfs LAST STOPPED create
      MOUNT_OPTS --mount_opts=OPT,... FIRST RESTART set
      DISK_QUOTA --diskquota=yes|no FIRST RESTART set
      DISKSPACE --diskspace=SOFT[:HARD] FIRST LIVE set create
      DISKINODES --diskinodes=SOFT[:HARD] FIRST LIVE set create
      QUOTATIME --quotatime=SECONDS FIRST LIVE set
      QUOTAUGIDLIMIT --quotaugidlimit=N FIRST LIVE set
      - --offline-resize --offline FIRST CONF_ONLY set
      OSTEMPLATE --ostemplate=NAME FIRST CONF_ONLY set create
      ORIGIN_SAMPLE --config=SAMPLE FIRST CONF_ONLY create
      ONBOOT --onboot=yes|no FIRST CONF_ONLY set
      BOOTORDER --bootorder=N FIRST CONF_ONLY set
      DISABLED --disabled=yes|no FIRST CONF_ONLY set
      NAME --name=NAME FIRST CONF_ONLY set create
      DESCRIPTION --description=TEXT FIRST CONF_ONLY set create
      STOP_TIMEOUT --stop-timeout=SECONDS FIRST CONF_ONLY set
      LOCAL_UID --local_uid=UID FIRST STOPPED create
      LOCAL_GID --local_gid=GID FIRST STOPPED create
      VEID FIRST CONF_ONLY
      - --userpasswd=USER:PASSWORD LIST LIVE set
      - --save FIRST CONF_ONLY set
      - --force FIRST CONF_ONLY set
      - --setmode=restart|ignore FIRST CONF_ONLY set
      - --applyconfig=SAMPLE FIRST CONF_ONLY set
      - --applyconfig_map=name FIRST CONF_ONLY set
      - --reset_ub FIRST CONF_ONLY set
      VIRTUOZZO FIRST CONF_ONLY
      LOCKDIR FIRST CONF_ONLY
      DUMPDIR FIRST CONF_ONLY
      VE0CPUUNITS FIRST CONF_ONLY
      VE_STOP_MODE FIRST CONF_ONLY
      LOGGING FIRST CONF_ONLY
      LOGFILE FIRST CONF_ONLY
      LOG_LEVEL FIRST CONF_ONLY
      VERBOSE FIRST CONF_ONLY
      VZFASTBOOT FIRST CONF_ONLY
      MODULES_DISABLED FIRST CONF_ONLY
      VE_ROUTE_SRC_DEV FIRST CONF_ONLY
      NEIGHBOUR_DEVS FIRST CONF_ONLY
      ERROR_ON_ARPFAIL FIRST CONF_ONLY
      FORCE_ROUTE FIRST CONF_ONLY
      TEMPLATE FIRST CONF_ONLY
      CONFIGFILE FIRST CONF_ONLY
      DEF_OSTEMPLATE FIRST CONF_ONLY
      VE_PARALLEL FIRST CONF_ONLY
      LXCFS FIRST CONF_ONLY
      VZWDOG FIRST CONF_ONLY
      IPTABLES_MODULES FIRST CONF_ONLY
      IP6TABLES FIRST CONF_ONLY
      SKIP_SYSCTL_SETUP FIRST CONF_ONLY
      CONFIG_CUSTOMIZED FIRST CONF_ONLY
      """;

  private static final String DEFAULTS =
      """
      CPUUNITS=1000
      IOPRIO=4
      NETFILTER=stateless
      FEATURES=sysfs:on
      SKIP_ARPDETECT=no
      IPV6=no
      VE_LAYOUT=simfs
      STOP_TIMEOUT=120
      DUMPDIR=/vz/dump
      VE0CPUUNITS=1000
      VE_STOP_MODE=suspend
      LOGGING=yes
      LOG_LEVEL=0
      VZFASTBOOT=no
      MODULES_DISABLED=no
      NEIGHBOUR_DEVS=all
      ERROR_ON_ARPFAIL=no
      FORCE_ROUTE=no
      LXCFS=yes
      VZWDOG=no
      SKIP_SYSCTL_SETUP=no
      """;

  private static String mapping(Parameter parameter) {
    StringBuilder line = new StringBuilder(parameter.key() == null ? "-" : parameter.name());
    for (String option : parameter.options()) {
      line.append(option.length() == 1 ? " -" : " --").append(option);
    }
    line.append(parameter.takesArgument() ? "=" + parameter.argument() : "");
    line.append(" ").append(parameter.repeat()).append(" ").append(parameter.applies());
    line.append(parameter.isSetOption() ? " set" : "");
    return line.append(parameter.isCreateOption() ? " create" : "").toString();
  }

  @Test
  void allMappings() {
    List<String> lines = new ArrayList<>();
    for (Parameter parameter : Parameter.values()) {
      lines.add(mapping(parameter));
    }
    assertThat(String.join("\n", lines) + "\n").isEqualTo(MAPPINGS);
  }

  @Test
  void allDefaults() {
    StringBuilder lines = new StringBuilder();
    for (Parameter parameter : Parameter.values()) {
      if (parameter.defaultValue() != null) {
        lines.append(parameter).append('=').append(parameter.defaultValue()).append('\n');
      }
    }
    assertThat(lines.toString()).isEqualTo(DEFAULTS);
  }

  @ParameterizedTest
  @EnumSource(Parameter.class)
  void isFoundByKeyAndByOption(Parameter parameter) {
    String key = parameter.key();
    if (key != null) {
      assertThat(Parameters.byKey(key)).isEqualTo(parameter);
    }
    for (String option : parameter.options()) {
      assertThat(Parameters.byOption(option)).isEqualTo(parameter);
    }
    assertThat(parameter.help()).isNotEmpty().doesNotContain("\n");
    assertThat(key != null || !parameter.options().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Parameter.class)
  void defaultsAreCanonical(Parameter parameter) {
    String value = parameter.defaultValue();
    if (value != null) {
      assertThat(Parameters.parseConfig(parameter, value)).isEqualTo(Value.of(value));
    }
    assertThat(parameter.group().title()).isNotEmpty();
  }

  @Test
  void oldKeysAreOtherNames() {
    assertThat(Parameters.byKey("DCACHE")).isEqualTo(Parameter.DCACHESIZE);
    assertThat(Parameters.byKey("IPTENTRIES")).isEqualTo(Parameter.NUMIPTENT);
    assertThat(Parameters.byKey("RAM")).isNull();
    assertThat(Parameters.byKey("hostname")).isNull();
    assertThat(Parameters.byKey("")).isNull();
    assertThat(Parameters.byOption("")).isNull();
    assertThat(Parameters.byOption("hostnam")).isNull();
  }

  @Test
  void noOptionIsGivenTwice() {
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : Parameter.values()) {
      for (String option : parameter.options()) {
        assertThat(seen.add(option)).as(option).isTrue();
      }
    }
  }

  @Test
  void everyBeancounterIsAParameterInTheSameOrder() {
    Iterator<Parameter> parameters = List.of(Parameter.values()).iterator();
    for (Beancounter beancounter : Beancounter.values()) {
      Parameter parameter = parameters.next();
      assertThat(parameter.name()).isEqualTo(beancounter.name());
      assertThat(parameter.options()).startsWith(beancounter.parameterName());
      assertThat(parameter.type().name()).isEqualTo("UBC_" + beancounter.unit());
    }
    assertThat(parameters.next()).isEqualTo(Parameter.VM_OVERCOMMIT);
  }
}

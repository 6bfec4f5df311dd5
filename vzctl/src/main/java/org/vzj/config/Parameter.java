package org.vzj.config;

import static org.vzj.config.Scope.CREATE;
import static org.vzj.config.Scope.FILE;
import static org.vzj.config.Scope.HIDDEN;
import static org.vzj.config.Scope.OPTION;
import static org.vzj.config.Scope.SET;
import static org.vzj.config.Scope.SET_CREATE;
import static org.vzj.config.ValueType.*;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * THE table of parameters: every key of the global and of the containers' configuration, and every
 * option of {@code vzctl set} and {@code vzctl create}. Reading, saving, help, manual pages and
 * completion are drawn from it; adding a parameter is one line here and one in its applier.
 *
 * <p>The order is the one in which keys are appended to a file. Columns: group (which says when a
 * change applies), type (which says what repetition means), scope, options (a single letter is a
 * short one) {@code =} their argument, help, and the effective default if there is one. What is in
 * files only has columns group, type, default, help. The key in files is the name of the constant.
 */
public enum Parameter {
  KMEMSIZE(UBC_BYTES, "kmemsize k", "kernel memory"),
  LOCKEDPAGES(UBC_PAGES, "lockedpages l", "memory that mlock(2) may hold"),
  PRIVVMPAGES(UBC_PAGES, "privvmpages", "memory that may be allocated"),
  SHMPAGES(UBC_PAGES, "shmpages", "shared memory"),
  NUMPROC(UBC_ITEMS, "numproc p", "processes and threads"),
  PHYSPAGES(UBC_PAGES, "physpages", "RAM"),
  VMGUARPAGES(UBC_PAGES, "vmguarpages", "guaranteed memory allocation"),
  OOMGUARPAGES(UBC_PAGES, "oomguarpages", "memory safe when memory runs out"),
  NUMTCPSOCK(UBC_ITEMS, "numtcpsock", "TCP sockets"),
  NUMFLOCK(UBC_ITEMS, "numflock f", "file locks"),
  NUMPTY(UBC_ITEMS, "numpty t", "pseudo-terminals"),
  NUMSIGINFO(UBC_ITEMS, "numsiginfo i", "queued signals"),
  TCPSNDBUF(UBC_BYTES, "tcpsndbuf", "send buffers of TCP sockets"),
  TCPRCVBUF(UBC_BYTES, "tcprcvbuf b", "receive buffers of TCP sockets"),
  OTHERSOCKBUF(UBC_BYTES, "othersockbuf", "buffers of other sockets"),
  DGRAMRCVBUF(UBC_BYTES, "dgramrcvbuf", "receive buffers of datagram sockets"),
  NUMOTHERSOCK(UBC_ITEMS, "numothersock", "sockets other than TCP"),
  NUMFILE(UBC_ITEMS, "numfile n", "open files"),
  DCACHESIZE(UBC_BYTES, "dcachesize x", "cached names and inodes"),
  NUMIPTENT(UBC_ITEMS, "numiptent e", "netfilter rules"),
  AVNUMPROC(UBC_ITEMS, "avnumproc", "processes on average, for formulas"),
  SWAPPAGES(UBC_PAGES, "swappages", "swap space"),
  VM_OVERCOMMIT(
      Group.UBC, DECIMAL, SET, "vm_overcommit=FLOAT", "allocation above RAM and swap; 0: any"),
  RAM(Group.UBC, MEMORY, OPTION, "ram=BYTES", "RAM; sets --physpages 0:N"),
  SWAP(Group.UBC, MEMORY, OPTION, "swap=BYTES", "swap space; sets --swappages 0:N"),
  CPUUNITS(Group.CPU, CPU_WEIGHT, SET, "cpuunits=N", "CPU weight, 8 to 500000", "1000"),
  CPUUWEIGHT(Group.CPU, COUNT, HIDDEN, "cpuweight=N", "CPU weight of old kernels"),
  CPULIMIT(
      Group.CPU, CPU_TIME, SET, "cpulimit=N[%]", "percent of one CPU (N%: of all); 0: no limit"),
  CPUS(Group.CPU, COUNT, SET, "cpus=N", "number of CPUs"),
  CPUMASK(Group.CPU, CPU_LIST, SET, "cpumask=LIST|all|auto", "CPUs it may run on, as 0-2,7"),
  NODEMASK(Group.CPU, NODE_LIST, SET, "nodemask=LIST|all", "memory nodes; needs --cpumask"),
  CPUBURST(
      Group.CPU, CPU_TIME, SET, "cpuburst=N[%]", "unused --cpulimit that may be used later (ours)"),
  CPUIDLE(Group.CPU, YES_NO, SET, "cpuidle=yes|no", "run only when no other wants to (ours)"),
  IOPRIO(Group.IO, IO_LEVEL, SET, "ioprio=0-7", "disk I/O priority", "4"),
  IOLIMIT(Group.IO, IO_RATE, SET, "iolimit=N[BKMG]|unlimited", "disk I/O per second, default MB"),
  IOPSLIMIT(Group.IO, IO_COUNT, SET, "iopslimit=N", "disk operations per second; 0: no limit"),
  MEMINFO(
      Group.UBC,
      MEMORY_VIEW,
      SET,
      "meminfo=none|pages:N|privvmpages:N",
      "what /proc/meminfo shows"),
  IPTABLES(Group.NETFILTER, MODULE_LIST, SET, "iptables=MODULE,...", "old form of --netfilter"),
  NETFILTER(
      Group.NETFILTER,
      FILTER_LEVEL,
      SET,
      "netfilter=LEVEL",
      "how much of netfilter it may use",
      "stateless"),
  CAPABILITY(
      Group.CAPABILITY,
      CAPABILITY_LIST,
      SET,
      "capability=NAME:on|off,...",
      "capabilities to give or take"),
  FEATURES(
      Group.FEATURES,
      FEATURE_LIST,
      SET,
      "features=NAME:on|off,...",
      "features of the kernel",
      "sysfs:on"),
  KSM(Group.FEATURES, YES_NO, SET, "ksm=yes|no", "let the kernel merge its equal pages (ours)"),
  IP_ADDRESS(Group.NETWORK, ADDRESS_LIST, SET_CREATE, "ipadd ip=ADDR[/LEN]", "add an IP address"),
  IPDEL(Group.NETWORK, ADDRESSES_OR_ALL, OPTION, "ipdel=ADDR|all", "remove an IP address"),
  SKIP_ARPDETECT(
      Group.NETWORK, YES_NO, HIDDEN, "skip_arpdetect", "ask nobody for the address", "no"),
  NETDEV(Group.NETDEV, DEVICE_NAMES, SET, "netdev_add=DEV", "move a device of the host into it"),
  NETDEV_DEL(Group.NETDEV, DEVICE_NAMES, OPTION, "netdev_del=DEV", "move it back"),
  NETIF(Group.VETH, VETH_LIST, null, "virtual Ethernet devices"),
  NETIF_ADD(
      Group.VETH,
      VETH_ADDITIONS,
      OPTION,
      "netif_add=DEV[,MAC,DEV,MAC,BRIDGE]",
      "add a veth device"),
  NETIF_DEL(Group.VETH, DEVICES_OR_ALL, OPTION, "netif_del=DEV|all", "remove a veth device"),
  IFNAME(Group.VETH, DEVICE_NAME, OPTION, "ifname=DEV", "the veth device that these change:"),
  MAC(Group.VETH, MAC_ADDRESS, OPTION, "mac=MAC", "hardware address inside"),
  HOST_IFNAME(Group.VETH, DEVICE_NAME, OPTION, "host_ifname=DEV", "name on the host"),
  HOST_MAC(Group.VETH, MAC_ADDRESS, OPTION, "host_mac=MAC", "hardware address on the host"),
  BRIDGE(Group.VETH, DEVICE_NAME, OPTION, "bridge=BRIDGE", "bridge on the host"),
  MAC_FILTER(
      Group.VETH, ON_OFF, OPTION, "mac_filter=on|off", "whether it may send from no other address"),
  FILTER_IP(
      Group.VETH,
      ADDRESSES_OR_ALL,
      OPTION,
      "filter_ip=ADDR|all",
      "the only addresses that it may use; all: any"),
  VLAN(Group.VETH, COUNT, OPTION, "vlan=ID", "VLAN of the bridge that it is in; 0: the usual"),
  MTU(Group.VETH, COUNT, OPTION, "mtu=BYTES", "largest packet; 0: the usual"),
  RATE_DOWN(Group.VETH, COUNT, OPTION, "rate_down=KBIT", "to it per second; 0: no limit"),
  RATE_UP(Group.VETH, COUNT, OPTION, "rate_up=KBIT", "from it per second; 0: no limit"),
  VETH(Group.VETH, TEXT, null, "old form of NETIF"),
  FW_RULE(
      Group.FIREWALL,
      FIREWALL_RULES,
      SET,
      "fw_rule=RULE",
      "add a rule of the host's firewall for it, as 'deny in tcp port 25'"),
  FW_DEL(Group.FIREWALL, FIREWALL_RULES_OR_ALL, OPTION, "fw_del=RULE|all", "remove such a rule"),
  IPV6(Group.NETWORK, YES_NO, "no", "whether IPv6 addresses are used"),
  HOSTNAME(Group.HOSTNAME, HOST_NAME, SET_CREATE, "hostname=NAME", "host name"),
  NAMESERVER(
      Group.DNS, SERVER_LIST, SET, "nameserver=ADDR|inherit", "name server; inherit: the host's"),
  SEARCHDOMAIN(
      Group.DNS, DOMAIN_LIST, SET, "searchdomain=NAME|inherit", "domain to search names in"),
  DEVICES(
      Group.DEVICES,
      DEVICE_LIST,
      SET,
      "devices=b|c:MAJ:MIN|all:[rwq]|none",
      "access to a device by number"),
  DEVNODES(
      Group.DEVICES,
      DEVICE_NODES,
      SET,
      "devnodes=DEV:[rwq]|none",
      "access to a device by name below /dev"),
  PCI(Group.PCI, PCI_LIST, SET, "pci_add=[DOM:]BUS:SLOT.FUNC", "give it a PCI device"),
  PCI_DEL(Group.PCI, PCI_LIST, OPTION, "pci_del=[DOM:]BUS:SLOT.FUNC", "take a PCI device away"),
  VE_ROOT(Group.LAYOUT, PATH, SET_CREATE, "root=PATH", "where it is mounted, with $VEID"),
  VE_PRIVATE(Group.LAYOUT, PATH, SET_CREATE, "private=PATH", "where its files are, with $VEID"),
  VE_LAYOUT(
      Group.LAYOUT,
      LAYOUT_NAME,
      CREATE,
      "layout ve_layout velayout=simfs|ploop[:MODE]|overlay|btrfs",
      "how its files are stored",
      "simfs"),
  MOUNT_OPTS(Group.MOUNT, OPTION_LIST, SET, "mount_opts=OPT,...", "mount options of an image"),
  DISK_QUOTA(Group.MOUNT, YES_NO, SET, "diskquota=yes|no", "whether its disk use is limited"),
  DISKSPACE(Group.DISK, DISK_KB, SET_CREATE, "diskspace=SOFT[:HARD]", "disk space (KB)"),
  DISKINODES(Group.DISK, DISK_COUNT, SET_CREATE, "diskinodes=SOFT[:HARD]", "files and directories"),
  QUOTATIME(Group.DISK, COUNT, SET, "quotatime=SECONDS", "grace time of the soft limits"),
  QUOTAUGIDLIMIT(
      Group.DISK, COUNT, SET, "quotaugidlimit=N", "users and groups with quota; 0: none"),
  OFFLINE_RESIZE(
      Group.CONTROL, FLAG, OPTION, "offline-resize offline", "resize an image that is not mounted"),
  OSTEMPLATE(Group.TEMPLATE, FILE_NAME, SET_CREATE, "ostemplate=NAME", "template it is made from"),
  ORIGIN_SAMPLE(
      Group.TEMPLATE, FILE_NAME, CREATE, "config=SAMPLE", "sample configuration to start from"),
  ONBOOT(Group.BOOT, YES_NO, SET, "onboot=yes|no", "whether it starts with the host"),
  BOOTORDER(Group.BOOT, INTEGER, SET, "bootorder=N", "higher numbers start first"),
  DISABLED(Group.BOOT, YES_NO, SET, "disabled=yes|no", "whether it must not be started"),
  NAME(Group.NAME, ALIAS, SET_CREATE, "name=NAME", "another name; empty: none"),
  DESCRIPTION(Group.DESCRIPTION, TEXT, SET_CREATE, "description=TEXT", "description of one line"),
  STOP_TIMEOUT(
      Group.BOOT, COUNT, SET, "stop-timeout=SECONDS", "how long it may take to stop", "120"),
  LOCAL_UID(Group.USERNS, COUNT, CREATE, "local_uid=UID", "user id on the host of its root"),
  LOCAL_GID(Group.USERNS, COUNT, CREATE, "local_gid=GID", "group id on the host of its root"),
  VEID(Group.NAME, COUNT, null, "its number, for information"),
  USERPASSWD(
      Group.PASSWORD,
      USER_PASSWORD,
      OPTION,
      "userpasswd=USER:PASSWORD",
      "set a password inside; never saved"),
  SAVE(Group.CONTROL, FLAG, OPTION, "save", "save to the configuration file"),
  FORCE(Group.CONTROL, FLAG, OPTION, "force", "save even if the kernel lacks something"),
  SETMODE(Group.CONTROL, SET_MODE, OPTION, "setmode=restart|ignore", "if a restart is needed"),
  APPLYCONFIG(Group.CONTROL, FILE_NAME, OPTION, "applyconfig=SAMPLE", "set all that a sample sets"),
  APPLYCONFIG_MAP(
      Group.CONTROL, MAP_NAME, OPTION, "applyconfig_map=name", "restore the name from the file"),
  RESET_UB(Group.CONTROL, FLAG, OPTION, "reset_ub", "apply the resource limits again"),
  VIRTUOZZO(Group.HOST, YES_NO, null, "no: the boot service does nothing"),
  LOCKDIR(Group.HOST, PATH, null, "lock files"),
  DUMPDIR(Group.HOST, PATH, "/vz/dump", "suspended containers"),
  VE0CPUUNITS(Group.HOST, CPU_WEIGHT, "1000", "CPU weight of the host"),
  VE_STOP_MODE(Group.HOST, STOP_MODE, "suspend", "what the boot service does at shutdown"),
  LOGGING(Group.HOST, YES_NO, "yes", "whether a log is written"),
  LOGFILE(Group.HOST, PATH, null, "log file"),
  LOG_LEVEL(Group.HOST, INTEGER, "0", "what is logged; -1: errors only"),
  VERBOSE(Group.HOST, INTEGER, null, "what is printed; by default LOG_LEVEL"),
  VZFASTBOOT(Group.HOST, YES_NO, "no", "start first, check quota later"),
  MODULES_DISABLED(Group.HOST, YES_NO, "no", "load no kernel modules at boot"),
  VE_ROUTE_SRC_DEV(Group.HOST, TEXT, null, "device whose address is the source of routes"),
  NEIGHBOUR_DEVS(Group.HOST, NEIGHBOURS, "all", "devices to announce addresses on"),
  ERROR_ON_ARPFAIL(Group.HOST, YES_NO, "no", "an address that another host has is an error"),
  FORCE_ROUTE(Group.HOST, YES_NO, "no", "change a route that is there already"),
  TEMPLATE(Group.HOST, PATH, null, "templates"),
  CONFIGFILE(Group.HOST, FILE_NAME, null, "default sample configuration"),
  DEF_OSTEMPLATE(Group.HOST, FILE_NAME, null, "default template"),
  VE_PARALLEL(Group.HOST, COUNT, null, "containers to start at once; by default 4 per CPU"),
  LXCFS(Group.HOST, YES_NO, "yes", "containers see their own limits, by lxcfs (ours)"),
  VZWDOG(Group.HOST, YES_NO, "no", "load the watchdog module"),
  IPTABLES_MODULES(Group.HOST, TEXT, null, "kernel modules to load at boot"),
  IP6TABLES(Group.HOST, TEXT, null, "more of them"),
  SKIP_SYSCTL_SETUP(Group.HOST, YES_NO, "no", "the kernel is tuned already"),
  CONFIG_CUSTOMIZED(Group.HOST, TEXT, null, "ignored");

  private final Group group;
  private final ValueType type;
  private final Scope scope;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final List<String> options;

  private final String argument;
  private final String help;
  private final @Nullable String defaultValue;

  Parameter(
      Group group,
      ValueType type,
      Scope scope,
      String spec,
      String help,
      @Nullable String defaultValue) {
    this.group = group;
    this.type = type;
    this.scope = scope;
    int equals = spec.indexOf('=');
    this.options = Words.of(equals < 0 ? spec : spec.substring(0, equals));
    this.argument = equals < 0 ? "" : spec.substring(equals + 1);
    this.help = help;
    this.defaultValue = defaultValue;
  }

  /** With an option, without a default. */
  Parameter(Group group, ValueType type, Scope scope, String spec, String help) {
    this(group, type, scope, spec, help, null);
  }

  /** In files only. */
  Parameter(Group group, ValueType type, @Nullable String defaultValue, String help) {
    this(group, type, FILE, "", help, defaultValue);
  }

  /** A beancounter. */
  Parameter(ValueType type, String options, String help) {
    this(Group.UBC, type, SET, options + "=BAR[:LIM]", help + unit(type), null);
  }

  /** What it belongs to. */
  public Group group() {
    return group;
  }

  /** When a change of it takes effect. */
  public Applies applies() {
    return group.applies();
  }

  /** The syntax of its values. */
  public ValueType type() {
    return type;
  }

  /** What several values of it mean. */
  public Repeat repeat() {
    return type.repeat();
  }

  /** The key in configuration files, or null if it is an option only. */
  public @Nullable String key() {
    return scope == OPTION ? null : name();
  }

  /** The older key that means the same, or null. */
  public @Nullable String oldKey() {
    return this == DCACHESIZE ? "DCACHE" : this == NUMIPTENT ? "IPTENTRIES" : null;
  }

  /** Where it can be given. */
  public Scope scope() {
    return scope;
  }

  /** Whether {@code vzctl set} has an option for it. */
  public boolean isSetOption() {
    return scope == SET || scope == HIDDEN || scope == SET_CREATE || scope == OPTION;
  }

  /** Whether {@code vzctl create} has an option for it. */
  public boolean isCreateOption() {
    return scope == CREATE || scope == SET_CREATE;
  }

  /**
   * Its options without the dashes, the name for messages and help first; one of a single letter is
   * a short option. Empty if there is none.
   */
  public List<String> options() {
    return options;
  }

  /** What help calls the option's argument; empty if it takes none. */
  public String argument() {
    return argument;
  }

  /** Whether its option takes an argument. */
  public boolean takesArgument() {
    return !argument.isEmpty();
  }

  /** What it is, in a line. */
  public String help() {
    return help;
  }

  /** What holds if no file says otherwise, or null if that is nothing or depends on the host. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** The parameter that an option's value is a value of: {@code --ram} sets {@link #PHYSPAGES}. */
  public Parameter target() {
    return this == RAM ? PHYSPAGES : this == SWAP ? SWAPPAGES : this;
  }

  private static String unit(ValueType type) {
    return type == UBC_BYTES ? " (bytes)" : type == UBC_PAGES ? " (pages)" : " (number)";
  }
}

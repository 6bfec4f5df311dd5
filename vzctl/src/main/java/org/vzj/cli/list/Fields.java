package org.vzj.cli.list;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzj.beancounters.Beancounter;
import org.vzj.cli.list.Field.JsonForm;
import org.vzj.cli.list.Field.Order;

/** The table of all fields, in the order of {@code vzlist -L} and of the JSON objects. */
final class Fields {
  /** The columns if nothing else is asked for. */
  static final String DEFAULT = "ctid,numproc,status,ip,hostname";

  /** The columns of {@code -n}. */
  static final String WITH_NAMES = "smart_name,numproc,status,ip,hostname";

  /** The column of {@code -1}. */
  static final String IDS = "veid";

  private final List<Field> table = new ArrayList<>(160);

  private Fields() {
    add("ctid", "CTID", 10, CtValue.ID, JsonForm.NUMBER);
    add("veid", "CTID", 10, CtValue.ID, JsonForm.NUMBER);
    add("vpsid", "CTID", 10, CtValue.ID, JsonForm.NUMBER);
    add("private", "PRIVATE", -32, CtValue.PRIVATE, JsonForm.STRING);
    add("root", "ROOT", -32, CtValue.ROOT, JsonForm.STRING);
    add("mount_opts", "MOUNT_OPTS", -16, new ConfText("MOUNT_OPTS"), JsonForm.STRING);
    table.add(
        new Field(
            "origin_sample",
            "ORIGIN_SAMPLE",
            32,
            -32,
            new ConfText("ORIGIN_SAMPLE"),
            Order.ASCENDING,
            JsonForm.STRING));
    add("hostname", "HOSTNAME", -32, new ConfText("HOSTNAME"), JsonForm.STRING);
    add("name", "NAME", -32, CtValue.NAME, JsonForm.STRING);
    add("smart_name", "SMARTNAME", 10, CtValue.SMART_NAME, JsonForm.NUMBER_OR_STRING);
    add("description", "DESCRIPTION", -32, new ConfText("DESCRIPTION"), JsonForm.STRING);
    add("ostemplate", "OSTEMPLATE", -32, new ConfText("OSTEMPLATE"), JsonForm.STRING);
    add("ip", "IP_ADDR", -15, CtValue.IP, JsonForm.ARRAY);
    add("nameserver", "NAMESERVER", -15, CtValue.NAMESERVER, JsonForm.ARRAY);
    add("searchdomain", "SEARCHDOMAIN", -15, CtValue.SEARCHDOMAIN, JsonForm.ARRAY);
    add("status", "STATUS", -9, CtValue.STATUS, JsonForm.STRING);
    addBeancounters();
    addDisk("diskspace", "DSPACE", true);
    addDisk("diskinodes", "DINODES", false);
    add("laverage", "LAVERAGE", 14, CtValue.LAVERAGE, JsonForm.NUMBERS);
    add("uptime", "UPTIME", 15, CtValue.UPTIME, Order.DESCENDING, JsonForm.SECONDS);
    add("cpulimit", "CPULIM", 7, NumberValue.CPULIMIT, JsonForm.NUMBER);
    add("cpuunits", "CPUUNI", 7, NumberValue.CPUUNITS, JsonForm.NUMBER);
    add("cpus", "CPUS", 5, NumberValue.CPUS, JsonForm.NUMBER_OR_ZERO);
    add("ioprio", "IOP", 3, NumberValue.IOPRIO, JsonForm.NUMBER_OR_ZERO);
    add("iolimit", "IOLIMIT", 10, NumberValue.IOLIMIT, JsonForm.NUMBER_OR_ZERO);
    add("iopslimit", "IOPS", 4, NumberValue.IOPSLIMIT, JsonForm.NUMBER_OR_ZERO);
    add("onboot", "ONBOOT", 6, SwitchValue.ONBOOT, Order.NONE, JsonForm.BOOLEAN);
    add("bootorder", "BOOTORDER", 10, NumberValue.BOOTORDER, Order.BOOT, JsonForm.NUMBER);
    table.add(
        new Field("layout", "LAYOUT", 6, -6, CtValue.LAYOUT, Order.ASCENDING, JsonForm.STRING));
    add("features", "FEATURES", -15, SwitchValue.FEATURES, Order.NONE, JsonForm.SWITCHES);
    add("vswap", "VSWAP", 5, SwitchValue.VSWAP, Order.NONE, JsonForm.BOOLEAN);
    add("disabled", "DISABL", 6, SwitchValue.DISABLED, Order.NONE, JsonForm.BOOLEAN);
    add(
        "vm_overcommit",
        "VM_OVC",
        6,
        NumberValue.VM_OVERCOMMIT,
        Order.NONE,
        JsonForm.NUMBER_OR_ZERO);
    add("netfilter", "NETFILTER", -9, CtValue.NETFILTER, Order.NONE, JsonForm.STRING);
    add("capability", "CAPABILITY", -15, SwitchValue.CAPABILITY, Order.NONE, JsonForm.SWITCHES);
    // Not OpenVZ's.
    add("cpu_pressure", "CPU_PR", 6, PressureValue.CPU, JsonForm.NUMBER);
    add("mem_pressure", "MEM_PR", 6, PressureValue.MEMORY, JsonForm.NUMBER);
    add("io_pressure", "IO_PR", 6, PressureValue.IO, JsonForm.NUMBER);
  }

  /** Builds the table. */
  static List<Field> table() {
    return new Fields().table;
  }

  /** The field of this name, or null. */
  static @Nullable Field find(List<Field> table, String name) {
    for (int i = 0; i < table.size(); i++) {
      if (table.get(i).name().equals(name)) {
        return table.get(i);
      }
    }
    return null;
  }

  private void addBeancounters() {
    addBeancounter(Beancounter.KMEMSIZE, "KMEMSIZE");
    addBeancounter(Beancounter.LOCKEDPAGES, "LOCKEDP");
    addBeancounter(Beancounter.PRIVVMPAGES, "PRIVVMP");
    addBeancounter(Beancounter.SHMPAGES, "SHMP");
    addBeancounter(Beancounter.NUMPROC, "NPROC");
    addBeancounter(Beancounter.PHYSPAGES, "PHYSP");
    addBeancounter(Beancounter.VMGUARPAGES, "VMGUARP");
    addBeancounter(Beancounter.OOMGUARPAGES, "OOMGUARP");
    addBeancounter(Beancounter.NUMTCPSOCK, "NTCPSOCK");
    addBeancounter(Beancounter.NUMFLOCK, "NFLOCK");
    addBeancounter(Beancounter.NUMPTY, "NPTY");
    addBeancounter(Beancounter.NUMSIGINFO, "NSIGINFO");
    addBeancounter(Beancounter.TCPSNDBUF, "TCPSNDB");
    addBeancounter(Beancounter.TCPRCVBUF, "TCPRCVB");
    addBeancounter(Beancounter.OTHERSOCKBUF, "OTHSOCKB");
    addBeancounter(Beancounter.DGRAMRCVBUF, "DGRAMRB");
    addBeancounter(Beancounter.NUMOTHERSOCK, "NOTHSOCK");
    addBeancounter(Beancounter.DCACHESIZE, "DCACHESZ");
    addBeancounter(Beancounter.NUMFILE, "NFILE");
    addBeancounter(Beancounter.NUMIPTENT, "NIPTENT");
    addBeancounter(Beancounter.SWAPPAGES, "SWAPP");
  }

  private void addBeancounter(Beancounter counter, String heading) {
    String name = counter.parameterName();
    for (BeancounterValue.Part part : BeancounterValue.Part.ALL) {
      add(
          name + part.suffix(),
          heading + part.headingSuffix(),
          10,
          new BeancounterValue(counter, part),
          part == BeancounterValue.Part.HELD ? JsonForm.BEANCOUNTER : JsonForm.NONE);
    }
  }

  private void addDisk(String name, String heading, boolean space) {
    add(name, heading, 10, new DiskValue(space, DiskValue.Part.USE), JsonForm.DISK);
    add(name + ".s", heading + ".S", 10, new DiskValue(space, DiskValue.Part.SOFT), JsonForm.NONE);
    add(name + ".h", heading + ".H", 10, new DiskValue(space, DiskValue.Part.HARD), JsonForm.NONE);
  }

  private void add(String name, String heading, int width, Field.Source source, JsonForm json) {
    add(name, heading, width, source, Order.ASCENDING, json);
  }

  private void add(
      String name, String heading, int width, Field.Source source, Order order, JsonForm json) {
    table.add(new Field(name, heading, width, width, source, order, json));
  }
}

package org.vzj.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzj.linux.capability.Capability;
import org.vzj.linux.capability.CapabilitySet;
import org.vzj.linux.capability.ContainerCapabilities;
import org.vzj.linux.seccomp.SyscallRule.Argument;
import org.vzj.linux.seccomp.SyscallRule.Errno;

class SeccompCompilerTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int ERRNO = 0x00050000;
  private static final int USER_NOTIF = 0x7fc00000;
  private static final int KILL_PROCESS = 0x80000000;
  private static final int LAST_CALL = 2048;

  @Test
  void theProgramAnswersEveryCallAsTheTableSays() {
    List<SyscallRule> rules = ContainerSyscalls.TABLE;
    for (Machine machine : Machine.values()) {
      FilterInterpreter filter = new FilterInterpreter(SeccompCompiler.compile(machine, rules));
      for (Abi abi : machine.abis()) {
        for (int number = 0; number <= LAST_CALL; number++) {
          for (long[] arguments : interestingArguments(rules)) {
            assertThat(filter.run(abi.auditArch(), number, arguments))
                .as("%s %s %d", machine, abi, number)
                .isEqualTo(expected(rules, abi, number, arguments));
          }
        }
      }
    }
  }

  /** Read off the table, without the compiler's order and ranges. */
  private static int expected(List<SyscallRule> rules, Abi abi, int number, long[] arguments) {
    for (SyscallRule rule : rules) {
      Argument argument = rule.argument();
      if (rule.number(abi) == number
          && (argument == null || (int) arguments[argument.index()] == argument.value())) {
        Errno error = rule.error();
        return error == null ? USER_NOTIF : ERRNO | error.number();
      }
    }
    return ALLOW;
  }

  private static List<long[]> interestingArguments(List<SyscallRule> rules) {
    List<long[]> all = new ArrayList<>();
    all.add(new long[6]);
    for (SyscallRule rule : rules) {
      Argument argument = rule.argument();
      if (argument != null) {
        long[] exact = new long[6];
        exact[argument.index()] = argument.value();
        long[] disguised = new long[6];
        disguised[argument.index()] = argument.value() | 0x100000000L;
        long[] other = new long[6];
        other[argument.index()] = argument.value() + 1L;
        long[] elsewhere = new long[6];
        elsewhere[5] = argument.value();
        all.addAll(List.of(exact, disguised, other, elsewhere));
      }
    }
    return all;
  }

  @Test
  void otherNumberingsDoNotGetIn() {
    FilterInterpreter x86 = filter(Machine.X86_64);
    FilterInterpreter arm = filter(Machine.AARCH64);
    int arm32 = 0x40000028;
    for (int number = 0; number <= LAST_CALL; number++) {
      assertThat(x86.run(Abi.AARCH64.auditArch(), number)).isEqualTo(KILL_PROCESS);
      assertThat(arm.run(arm32, number)).isEqualTo(KILL_PROCESS);
      assertThat(arm.run(Abi.X86_64.auditArch(), number)).isEqualTo(KILL_PROCESS);
      assertThat(x86.run(Abi.X86_64.auditArch(), 0x40000000 | number))
          .isEqualTo(ERRNO | Errno.ENOSYS.number());
    }
    assertThat(x86.run(Abi.X86_64.auditArch(), -1)).isEqualTo(ERRNO | Errno.ENOSYS.number());
    assertThat(x86.run(Abi.X86_64.auditArch(), 0x3fffffff)).isEqualTo(ALLOW);
  }

  private static FilterInterpreter filter(Machine machine) {
    return new FilterInterpreter(
        ContainerSyscalls.filter(machine, true, ContainerCapabilities.DEFAULT, true, false));
  }

  @Test
  void jumpsOverMoreThan255InstructionsAreRight() {
    List<SyscallRule> rules = new ArrayList<>();
    for (int number = 0; number < 1000; number += 3) {
      Errno error = number % 2 == 0 ? Errno.EPERM : Errno.ENOSYS;
      rules.add(new SyscallRule("x", number, number + 1, number, error, null, null, "test"));
    }
    rules.add(new SyscallRule("y", 1, 0, 1, Errno.EPERM, new Argument(3, 7), null, "test"));
    FilterInterpreter filter =
        new FilterInterpreter(SeccompCompiler.compile(Machine.X86_64, rules));
    for (Abi abi : Machine.X86_64.abis()) {
      for (int number = 0; number < 1100; number++) {
        for (long[] arguments : List.of(new long[6], new long[] {0, 0, 0, 7, 0, 0})) {
          assertThat(filter.run(abi.auditArch(), number, arguments))
              .as("%s %d", abi, number)
              .isEqualTo(expected(rules, abi, number, arguments));
        }
      }
    }
  }

  @Test
  void noRulesAllowEverything() {
    FilterInterpreter filter =
        new FilterInterpreter(SeccompCompiler.compile(Machine.AARCH64, List.of()));
    assertThat(filter.run(Abi.AARCH64.auditArch(), 104)).isEqualTo(ALLOW);
  }

  @Test
  void onlyAPrivilegedContainersCapabilityLiftsRules() {
    CapabilitySet clock = ContainerCapabilities.DEFAULT.with(Capability.SYS_TIME);
    int settimeofday = 164;
    int arch = Abi.X86_64.auditArch();
    FilterInterpreter confined =
        new FilterInterpreter(ContainerSyscalls.filter(Machine.X86_64, true, clock, true, false));
    FilterInterpreter privileged =
        new FilterInterpreter(ContainerSyscalls.filter(Machine.X86_64, false, clock, true, false));
    assertThat(confined.run(arch, settimeofday)).isEqualTo(ERRNO | 1);
    assertThat(privileged.run(arch, settimeofday)).isEqualTo(ALLOW);
    assertThat(privileged.run(arch, 246)).as("kexec_load").isEqualTo(ERRNO | 1);
    assertThat(privileged.run(arch, 175)).as("init_module").isEqualTo(ERRNO | 1);
  }

  @Test
  void whoMayNotFilterPacketsFindsNoNetfilter() {
    for (boolean may : new boolean[] {true, false}) {
      SeccompProgram program =
          ContainerSyscalls.filter(Machine.X86_64, true, ContainerCapabilities.DEFAULT, may, false);
      FilterInterpreter filter = new FilterInterpreter(program);
      int arch = Abi.X86_64.auditArch();
      int refused = may ? ALLOW : ERRNO | 93;
      assertThat(filter.run(arch, 41, 16, 3, 12, 0, 0, 0)).as("nfnetlink").isEqualTo(refused);
      assertThat(filter.run(arch, 41, 16, 3, 0, 0, 0, 0)).as("rtnetlink").isEqualTo(ALLOW);
      assertThat(filter.run(arch, 41, 40, 1, 0, 0, 0, 0)).as("vsock").isEqualTo(ERRNO | 97);
      refused = may ? ALLOW : ERRNO | 92;
      assertThat(filter.run(arch, 54, 3, 0, 64, 0, 0, 0)).as("iptables").isEqualTo(refused);
      assertThat(filter.run(arch, 54, 3, 1, 2, 0, 0, 0)).as("SO_REUSEADDR").isEqualTo(ALLOW);
    }
  }

  @Test
  void onlyCallsAboutQuotaAreAsked() {
    List<SyscallRule> rules = new ArrayList<>(ContainerSyscalls.TABLE);
    rules.addAll(ContainerSyscalls.QUOTA);
    for (Machine machine : Machine.values()) {
      FilterInterpreter plain = filter(machine);
      FilterInterpreter asking =
          new FilterInterpreter(
              ContainerSyscalls.filter(machine, true, ContainerCapabilities.DEFAULT, true, true));
      for (Abi abi : machine.abis()) {
        for (int number = 0; number <= LAST_CALL; number++) {
          int arch = abi.auditArch();
          int quotactl = abi == Abi.X86_64 ? 179 : abi == Abi.I386 ? 131 : 60;
          boolean quota = number == quotactl || number == 443;
          assertThat(asking.run(arch, number))
              .as("%s %d", abi, number)
              .isEqualTo(quota ? USER_NOTIF : plain.run(arch, number))
              .isEqualTo(expected(rules, abi, number, new long[6]));
        }
      }
    }
    FilterInterpreter x86 =
        new FilterInterpreter(
            ContainerSyscalls.filter(
                Machine.X86_64, true, ContainerCapabilities.DEFAULT, true, true));
    assertThat(x86.run(Abi.X86_64.auditArch(), 0x40000000 | 179)).as("x32").isEqualTo(ERRNO | 38);
  }

  @Test
  void theProgramIsSmall() {
    for (Machine machine : Machine.values()) {
      SeccompProgram program = SeccompCompiler.compile(machine, ContainerSyscalls.TABLE);
      assertThat(program.length()).isLessThan(400);
      assertThat(program.hex()).hasSize(program.length() * 16);
    }
  }

  @Test
  void everyRuleHasAReasonAndANumber() {
    for (SyscallRule rule : ContainerSyscalls.TABLE) {
      assertThat(rule.reason()).as(rule.name()).isNotBlank();
      assertThat(Math.max(rule.x86(), Math.max(rule.i386(), rule.arm())))
          .as(rule.name())
          .isPositive();
    }
  }

  @Test
  void machinesAreKnownByTheirNames() {
    assertThat(Machine.ofName("amd64")).isEqualTo(Machine.X86_64);
    assertThat(Machine.ofName("aarch64")).isEqualTo(Machine.AARCH64);
    assertThatThrownBy(() -> Machine.ofName("s390x")).hasMessageContaining("s390x");
  }
}

package org.vzj.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzj.linux.CheckProgram;
import org.vzj.linux.capability.ContainerCapabilities;

/** The filter on the running kernel. */
@Tag("root")
class SeccompKernelTest {
  private static final String SOURCE = "src/test/c/seccompcheck.c";

  @Test
  void theKernelTakesItAndRefusesWhatItShould(@TempDir Path directory) throws Exception {
    assumeTrue(Machine.current() == Machine.X86_64, "needs an x86-64 machine");
    CheckProgram check = CheckProgram.compile(directory, SOURCE);
    String filter =
        ContainerSyscalls.filter(Machine.X86_64, true, ContainerCapabilities.DEFAULT, true, false)
            .hex();
    String output =
        check.output(
            filter,
            "native:39", // getpid
            "native:246", // kexec_load
            "native:321", // bpf
            "native:425", // io_uring_setup
            "native:250", // keyctl
            "native:159", // adjtimex, of a null pointer: EFAULT without the filter
            "native:16:0:0x5412", // ioctl TIOCSTI
            "native:16:0:0x100005412", // the same for the kernel
            "native:16:77:0x5401", // ioctl TCGETS of no descriptor: EBADF
            "native:41:40:1", // socket AF_VSOCK
            "native:41:1:1", // socket AF_UNIX
            "native:0x40000027", // getpid of the x32 numbering
            "native:135:0xffffffff", // personality
            "i386:20", // getpid
            "i386:283", // kexec_load
            "i386:357", // bpf
            "i386:25", // stime
            "i386:246"); // io_destroy here, kexec_load for 64 bits: EINVAL, so it was let through
    assertThat(output.lines())
        .containsExactly(
            "native:39 0",
            "native:246 1",
            "native:321 38",
            "native:425 38",
            "native:250 38",
            "native:159 1",
            "native:16:0:0x5412 1",
            "native:16:0:0x100005412 1",
            "native:16:77:0x5401 9",
            "native:41:40:1 97",
            "native:41:1:1 0",
            "native:0x40000027 38",
            "native:135:0xffffffff 0",
            "i386:20 0",
            "i386:283 1",
            "i386:357 38",
            "i386:25 1",
            "i386:246 22");
  }

  @Test
  void withoutTheFilterTheTestWouldNotice(@TempDir Path directory) throws Exception {
    assumeTrue(Machine.current() == Machine.X86_64, "needs an x86-64 machine");
    CheckProgram check = CheckProgram.compile(directory, SOURCE);
    String allowAll = SeccompCompiler.compile(Machine.X86_64, List.of()).hex();
    assertThat(check.output(allowAll, "native:159", "native:321:99", "native:16:0:0x5412").lines())
        .containsExactly("native:159 14", "native:321:99 22", "native:16:0:0x5412 25");
  }
}

package org.vzj.linux.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table's numbers against the kernel's own header files. */
class SyscallNumbersTest {
  private static final Path X86 = Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
  private static final Path I386 = Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_32.h");
  private static final Path GENERIC = Path.of("/usr/include/asm-generic/unistd.h");

  @Test
  void x86() throws IOException {
    compare(Abi.X86_64, numbers(X86));
  }

  @Test
  void i386() throws IOException {
    compare(Abi.I386, numbers(I386));
  }

  @Test
  void arm64() throws IOException {
    // arm64 uses the generic numbers, with memfd_secret, and without those for 32-bit machines.
    Map<String, Integer> numbers = numbers(GENERIC);
    numbers.remove("clock_settime64");
    numbers.remove("clock_adjtime64");
    numbers.putIfAbsent("memfd_secret", 447);
    compare(Abi.AARCH64, numbers);
  }

  private static void compare(Abi abi, Map<String, Integer> numbers) {
    List<SyscallRule> rules = new ArrayList<>(ContainerSyscalls.TABLE);
    rules.addAll(ContainerSyscalls.NETFILTER);
    rules.addAll(ContainerSyscalls.QUOTA);
    for (SyscallRule rule : rules) {
      String name = rule.name();
      assertThat(rule.number(abi))
          .as("%s on %s", name, abi)
          .isEqualTo(numbers.getOrDefault(name, SyscallRule.NONE));
    }
  }

  private static Map<String, Integer> numbers(Path header) throws IOException {
    assumeTrue(Files.exists(header), header + " is not installed (package linux-libc-dev)");
    Map<String, Integer> numbers = new HashMap<>();
    for (String line : Files.readAllLines(header)) {
      String[] words = line.trim().split("\\s+");
      if (words.length == 3
          && words[0].equals("#define")
          && words[1].startsWith("__NR")
          && words[2].chars().allMatch(Character::isDigit)) {
        numbers.put(
            words[1].replace("__NR3264_", "").replace("__NR_", ""), Integer.parseInt(words[2]));
      }
    }
    return numbers;
  }
}

/* Device rules of a cgroup v2 group: see devicebpf.h. */
#define _GNU_SOURCE
#include "devicebpf.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of our own making: six instructions, eight per rule, two. 1024 leaves room for 127 rules. */
#define MOST_INSTRUCTIONS 1024

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/* Returns the number of bytes, or -1. */
static long decode(const char *hex, unsigned char *bytes, size_t most) {
  size_t n = 0;
  for (; hex[0] != '\0'; hex += 2) {
    int high = digit(hex[0]);
    int low = high < 0 ? -1 : digit(hex[1]);
    if (low < 0 || n == most) return -1;
    bytes[n++] = (unsigned char)(high << 4 | low);
  }
  return (long)n;
}

static long bpf(int command, union bpf_attr *attr) {
  return syscall(SYS_bpf, command, attr, sizeof *attr);
}

int device_bpf(const char *group, const char *hex) {
  static struct bpf_insn program[MOST_INSTRUCTIONS];
  union bpf_attr attr;
  int directory, loaded, result, error;
  long length = decode(hex, (unsigned char *)program, sizeof program);
  if (length <= 0 || (size_t)length % sizeof program[0] != 0) {
    errno = EINVAL;
    return -1;
  }
  directory = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return -1;

  memset(&attr, 0, sizeof attr);
  attr.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
  attr.insns = (uint64_t)(uintptr_t)program;
  attr.insn_cnt = (uint32_t)((size_t)length / sizeof program[0]);
  attr.license = (uint64_t)(uintptr_t) "Apache-2.0"; /* It calls no function of the kernel. */
  memcpy(attr.prog_name, "vz_devices", sizeof "vz_devices");
  loaded = (int)bpf(BPF_PROG_LOAD, &attr);
  if (loaded < 0) {
    error = errno;
    close(directory);
    errno = error;
    return -1;
  }

  /*
   * Without flags the kernel puts it in place of ours from before in one step, so that a running
   * container is never without rules; and no group below can have one of its own, which a container
   * could not make anyway. The group keeps it until it is removed.
   */
  memset(&attr, 0, sizeof attr);
  attr.target_fd = (uint32_t)directory;
  attr.attach_bpf_fd = (uint32_t)loaded;
  attr.attach_type = BPF_CGROUP_DEVICE;
  result = (int)bpf(BPF_PROG_ATTACH, &attr);
  error = errno;
  close(loaded);
  close(directory);
  errno = error;
  return result < 0 ? -1 : 0;
}

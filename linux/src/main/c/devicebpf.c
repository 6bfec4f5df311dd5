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

/* The compiler makes six instructions, up to eight per rule, and two: room for 127 rules. */
#define MOST_INSTRUCTIONS 1024

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Returns the number of bytes, or -1. */
static long decode(const char *hex, unsigned char *bytes, size_t most)
{
	size_t n = 0;

	for (; hex[0]; hex += 2) {
		int high = digit(hex[0]), low = high < 0 ? -1 : digit(hex[1]);

		if (low < 0 || n == most)
			return -1;
		bytes[n++] = (unsigned char)(high << 4 | low);
	}
	return (long)n;
}

static int bpf(int command, union bpf_attr *attr)
{
	return (int)syscall(SYS_bpf, command, attr, sizeof *attr);
}

static int load(struct bpf_insn *program, unsigned count)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof attr);
	attr.prog_type = BPF_PROG_TYPE_CGROUP_DEVICE;
	attr.insns = (uint64_t)(uintptr_t)program;
	attr.insn_cnt = count;
	attr.license = (uint64_t)(uintptr_t) "Apache-2.0"; /* it calls no function of the kernel */
	memcpy(attr.prog_name, "vz_devices", sizeof "vz_devices");
	return bpf(BPF_PROG_LOAD, &attr);
}

/*
 * Without flags the kernel puts it in place of ours from before in one step, so that a running
 * container is never without rules; and no group below can have a program of its own, which a
 * container could not make anyway. The group keeps it until it is removed.
 */
static int attach(int directory, int program)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof attr);
	attr.target_fd = (uint32_t)directory;
	attr.attach_bpf_fd = (uint32_t)program;
	attr.attach_type = BPF_CGROUP_DEVICE;
	return bpf(BPF_PROG_ATTACH, &attr);
}

int device_bpf(const char *group, const char *hex)
{
	static struct bpf_insn code[MOST_INSTRUCTIONS];
	int directory, program, result = -1, error;
	long length = decode(hex, (unsigned char *)code, sizeof code);

	if (length <= 0 || (size_t)length % sizeof *code) {
		errno = EINVAL;
		return -1;
	}
	directory = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (directory < 0)
		return -1;
	program = load(code, (unsigned)((size_t)length / sizeof *code));
	if (program >= 0)
		result = attach(directory, program);
	error = errno;
	if (program >= 0)
		close(program);
	close(directory);
	errno = error;
	return result;
}

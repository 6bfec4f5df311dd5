/* The launcher's step "device-bpf GROUP HEX": device rules of a cgroup v2 group. */
#ifndef VZ_DEVICEBPF_H
#define VZ_DEVICEBPF_H

/*
 * Attaches a device program to a group, in place of the one that this function attached before.
 * GROUP is its directory; HEX the program, struct bpf_insn of 8 bytes each, as hexadecimal digits.
 *
 * Returns 0, or -1 with errno set: EINVAL for digits that are no program, or one that the kernel's
 * verifier refuses; EPERM without CAP_BPF and CAP_NET_ADMIN, or if a group above has a program that
 * forbids others; EINVAL also on a kernel without CONFIG_CGROUP_BPF.
 */
int device_bpf(const char *group, const char *hex);

#endif

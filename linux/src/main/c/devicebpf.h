/* The launcher's step "device-bpf GROUP HEX": device rules of a cgroup v2 group. */
#ifndef DEVICEBPF_H
#define DEVICEBPF_H

/*
 * Attaches a device program to a group, in place of the one that this function attached before.
 *
 * group  directory of the group
 * hex    the program: struct bpf_insn of 8 bytes each, as hexadecimal digits
 *
 * Returns 0, or -1 with errno set: EINVAL for digits that are no program or one that the kernel's
 * verifier refuses, EPERM without CAP_BPF and CAP_NET_ADMIN (or CAP_SYS_ADMIN), or if a group above
 * has a program that forbids others.
 */
int device_bpf(const char *group, const char *hex);

#endif

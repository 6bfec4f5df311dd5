/* What single words of a plan mean: numbers, flags, names. */
#define _GNU_SOURCE
#include "words.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>

#ifndef CLONE_NEWCGROUP
#define CLONE_NEWCGROUP 0x02000000
#endif

struct name {
	const char *name;
	unsigned long value;
};

static int fail(void)
{
	errno = EINVAL;
	return -1;
}

static int lookup(const struct name *names, const char *word, unsigned long *value)
{
	for (; names->name; names++) {
		if (strcmp(names->name, word) == 0) {
			*value = names->value;
			return 0;
		}
	}
	return fail();
}

static int parse_base(const char *word, int base, unsigned long long max, unsigned long long *value)
{
	char *end;

	/* strtoull takes signs and spaces; a plan has none. */
	if (*word < '0' || *word > '9')
		return fail();
	errno = 0;
	*value = strtoull(word, &end, base);
	if (errno || *end || *value > max)
		return fail();
	return 0;
}

int parse_number(const char *word, unsigned long long max, unsigned long long *value)
{
	return parse_base(word, 10, max, value);
}

int parse_id(const char *word, unsigned *id)
{
	unsigned long long value;

	/* The last id means "no change" to the kernel. */
	if (parse_base(word, 10, UINT_MAX - 1ULL, &value) < 0)
		return -1;
	*id = (unsigned)value;
	return 0;
}

int parse_mode(const char *word, unsigned *mode)
{
	unsigned long long value;

	if (parse_base(word, 8, 07777, &value) < 0)
		return -1;
	*mode = (unsigned)value;
	return 0;
}

int each_of_list(const char *list, int (*part)(const char *word, void *data), void *data)
{
	char word[64];

	if (strcmp(list, "-") == 0)
		return 0;
	while (1) {
		size_t length = strcspn(list, ",");
		if (length == 0 || length >= sizeof word)
			return fail();
		memcpy(word, list, length);
		word[length] = 0;
		if (part(word, data) < 0)
			return -1;
		if (!list[length])
			return 0;
		list += length + 1;
	}
}

static int add_namespace(const char *word, void *data)
{
	static const struct name names[] = {
		{"user", CLONE_NEWUSER}, {"pid", CLONE_NEWPID},	      {"mount", CLONE_NEWNS},
		{"net", CLONE_NEWNET},	 {"ipc", CLONE_NEWIPC},	      {"uts", CLONE_NEWUTS},
		{"cgroup", CLONE_NEWCGROUP}, {NULL, 0},
	};
	unsigned long flag;

	if (lookup(names, word, &flag) < 0)
		return -1;
	*(int *)data |= (int)flag;
	return 0;
}

int parse_namespaces(const char *word, int *flags)
{
	*flags = 0;
	return each_of_list(word, add_namespace, flags);
}

static int add_mount_flag(const char *word, void *data)
{
	static const struct name binds[] = {
		{"bind", MS_BIND}, {"rbind", MS_BIND | MS_REC}, {NULL, 0},
	};
	static const struct name propagations[] = {
		{"private", MS_PRIVATE},	 {"rprivate", MS_PRIVATE | MS_REC},
		{"slave", MS_SLAVE},		 {"rslave", MS_SLAVE | MS_REC},
		{"shared", MS_SHARED},		 {"rshared", MS_SHARED | MS_REC},
		{"unbindable", MS_UNBINDABLE}, {NULL, 0},
	};
	static const struct name flags[] = {
		{"rw", 0},
		{"ro", MS_RDONLY},
		{"nosuid", MS_NOSUID},
		{"nodev", MS_NODEV},
		{"noexec", MS_NOEXEC},
		{"sync", MS_SYNCHRONOUS},
		{"dirsync", MS_DIRSYNC},
		{"noatime", MS_NOATIME},
		{"nodiratime", MS_NODIRATIME},
		{"relatime", MS_RELATIME},
		{"strictatime", MS_STRICTATIME},
		{NULL, 0},
	};
	struct mount_flags *all = data;
	unsigned long flag;

	if (strcmp(word, "remount") == 0)
		all->remount = 1;
	else if (lookup(binds, word, &flag) == 0)
		all->bind |= flag;
	else if (lookup(propagations, word, &flag) == 0)
		all->propagation = flag;
	else if (lookup(flags, word, &flag) == 0)
		all->flags |= flag;
	else
		return -1;
	return 0;
}

int parse_mount_flags(const char *word, struct mount_flags *flags)
{
	memset(flags, 0, sizeof *flags);
	return each_of_list(word, add_mount_flag, flags);
}

int parse_rlimit_name(const char *word, int *resource)
{
	static const struct name names[] = {
		{"as", RLIMIT_AS},	   {"core", RLIMIT_CORE},
		{"cpu", RLIMIT_CPU},	   {"data", RLIMIT_DATA},
		{"fsize", RLIMIT_FSIZE},   {"locks", RLIMIT_LOCKS},
		{"memlock", RLIMIT_MEMLOCK}, {"msgqueue", RLIMIT_MSGQUEUE},
		{"nice", RLIMIT_NICE},	   {"nofile", RLIMIT_NOFILE},
		{"nproc", RLIMIT_NPROC},   {"rss", RLIMIT_RSS},
		{"rtprio", RLIMIT_RTPRIO}, {"rttime", RLIMIT_RTTIME},
		{"sigpending", RLIMIT_SIGPENDING}, {"stack", RLIMIT_STACK},
		{NULL, 0},
	};
	unsigned long value;

	if (lookup(names, word, &value) < 0)
		return -1;
	*resource = (int)value;
	return 0;
}

int parse_rlimit_value(const char *word, unsigned long long *value)
{
	if (strcmp(word, "unlimited") == 0) {
		*value = RLIM_INFINITY;
		return 0;
	}
	return parse_number(word, RLIM_INFINITY - 1, value);
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

long parse_hex(const char *word, unsigned char *bytes, unsigned long max)
{
	size_t length = strlen(word);

	if (length % 2 || length / 2 > max)
		return fail();
	for (size_t i = 0; i < length; i += 2) {
		int high = digit(word[i]), low = digit(word[i + 1]);
		if (high < 0 || low < 0)
			return fail();
		bytes[i / 2] = (unsigned char)(high * 16 + low);
	}
	return (long)(length / 2);
}

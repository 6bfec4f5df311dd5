/* What a process may do: ids, capabilities, limits, system calls. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "channel.h"
#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

/*
 * Until it executes its program the inner process lives no longer than the one that reports, and
 * nobody inside may attach to it. Every change of ids resets both.
 */
void bind_life(struct run *run)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	/* The parent may have died before. */
	if (channel_orphaned(run->up))
		_exit(255);
}

static int become(unsigned uid, unsigned gid, size_t count, const gid_t *groups)
{
	if (setgroups(count, groups) < 0 || setresgid(gid, gid, gid) < 0)
		return -1;
	return setresuid(uid, uid, uid);
}

/* inside: root of the user namespace, which is the host's only for privileged containers. */
int step_inside(struct run *run, char **w, int count)
{
	(void)w, (void)count;
	if (become(0, 0, 0, NULL) < 0)
		return -1;
	umask(022);
	bind_life(run);
	return 0;
}

struct groups {
	gid_t ids[64];
	size_t count;
};

static int add_group(const char *word, void *data)
{
	struct groups *groups = data;
	unsigned id;

	if (groups->count == sizeof groups->ids / sizeof *groups->ids) {
		errno = E2BIG;
		return -1;
	}
	if (parse_id(word, &id) < 0)
		return -1;
	groups->ids[groups->count++] = id;
	return 0;
}

/* user UID GID GROUPS */
int step_user(struct run *run, char **w, int count)
{
	struct groups groups = {.count = 0};
	unsigned uid, gid;

	(void)count;
	if (parse_id(w[0], &uid) < 0 || parse_id(w[1], &gid) < 0 ||
	    each_of_list(w[2], add_group, &groups) < 0)
		return -1;
	if (become(uid, gid, groups.count, groups.ids) < 0)
		return -1;
	bind_life(run);
	return 0;
}

static int add_capability(const char *word, void *data)
{
	unsigned long long number;

	if (parse_number(word, 63, &number) < 0)
		return -1;
	*(unsigned long long *)data |= 1ULL << number;
	return 0;
}

/* capabilities N,N,...: the bounding set first, for giving it up takes CAP_SETPCAP. */
int step_capabilities(struct run *run, char **w, int count)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	unsigned long long keep = 0;

	(void)run, (void)count;
	if (each_of_list(w[0], add_capability, &keep) < 0)
		return -1;
	for (int i = 0; i < 64; i++) {
		if (keep >> i & 1)
			continue;
		if (prctl(PR_CAPBSET_DROP, i) < 0) {
			if (errno == EINVAL && i)
				break; /* beyond the last one that this kernel knows */
			return -1;
		}
	}
	if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0)
		return -1;
	if (syscall(SYS_capget, &header, data) < 0)
		return -1;
	for (int i = 0; i < 2; i++) {
		data[i].permitted &= (unsigned)(keep >> (32 * i));
		data[i].effective = data[i].permitted;
		data[i].inheritable = 0;
	}
	return (int)syscall(SYS_capset, &header, data);
}

/* rlimit NAME SOFT HARD */
int step_rlimit(struct run *run, char **w, int count)
{
	unsigned long long soft, hard;
	struct rlimit limit;
	int resource;

	(void)run, (void)count;
	if (parse_rlimit_name(w[0], &resource) < 0 || parse_rlimit_value(w[1], &soft) < 0 ||
	    parse_rlimit_value(w[2], &hard) < 0)
		return -1;
	limit.rlim_cur = soft;
	limit.rlim_max = hard;
	return setrlimit((__rlimit_resource_t)resource, &limit);
}

/* Whoever answers for this process gets the listener; it is no business of its own. */
static int pass_listener(struct run *run, int listener)
{
	struct message message = {
		.type = MSG_LISTENER, .step = run->at, .fds = {listener, -1, -1}};
	int result, error;

	if (listener < 0)
		return -1;
	result = channel_send(run->up, &message);
	error = errno;
	close(listener);
	errno = error;
	return result;
}

/*
 * seccomp HEX [SOCKET]: with a socket the filter may ask; a monitor answers, the one that this plan
 * makes or the one at the socket.
 */
int step_seccomp(struct run *run, char **w, int count)
{
	static unsigned char bytes[BPF_MAXINSNS * sizeof(struct sock_filter)]
		__attribute__((aligned(8)));
	struct sock_fprog program;
	long length = parse_hex(w[0], bytes, sizeof bytes);

	if (length <= 0 || length % (long)sizeof(struct sock_filter)) {
		run->why = "not an array of filter instructions";
		errno = EINVAL;
		return -1;
	}
	program.len = (unsigned short)((size_t)length / sizeof(struct sock_filter));
	program.filter = (struct sock_filter *)bytes;
	if (count > 1)
		return pass_listener(run,
				     (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
						  SECCOMP_FILTER_FLAG_NEW_LISTENER, &program));
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

/* umask MODE */
int step_umask(struct run *run, char **w, int count)
{
	unsigned mode;

	(void)run, (void)count;
	if (parse_mode(w[0], &mode) < 0)
		return -1;
	umask(mode & 0777);
	return 0;
}

/* filter-file PATH: what the plan's seccomp step will install, for those who enter later. */
int step_filter_file(struct run *run, char **w, int count)
{
	int step = plan_find(&run->plan, "seccomp"), fd, error = 0;
	const char *hex;
	size_t length;

	(void)count;
	if (step < 0) {
		errno = EINVAL;
		return -1;
	}
	hex = run->plan.steps[step].words[0];
	length = strlen(hex);
	fd = open(w[0], O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return -1;
	if (write(fd, hex, length) != (ssize_t)length || write(fd, "\n", 1) != 1)
		error = errno ? errno : ENOSPC;
	close(fd);
	errno = error;
	return error ? -1 : 0;
}

/* merge-memory: equal pages of this process and its descendants may become one (KSM). */
int step_merge_memory(struct run *run, char **w, int count)
{
	(void)run, (void)w, (void)count;
	return prctl(67 /* PR_SET_MEMORY_MERGE, Linux 6.4, kept by exec from 6.7 */, 1, 0, 0, 0);
}

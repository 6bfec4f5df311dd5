/* See serve.h. What a stranger decides: everything in a call, and all of his process's memory. */
#include "serve.h"

#include <asm/errno.h>
#include <linux/eventpoll.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <stddef.h>

#include "../bare.h"
#include "../monitor_fds.h"
#include "../status_text.h"
#include "call.h"
#include "listener.h"
#include "next.h"

#ifndef __NR_quotactl_fd
#define __NR_quotactl_fd 443
#endif

#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define SECOND 1000000000LL

/* A quarter of a processor, at most. */
#define WINDOW (SECOND / 10)
#define SHARE (WINDOW / 4)

/* Counting goes over all ids that have files, so not at every call. */
#define COUNT_AGAIN (10 * SECOND)

/* A call being answered. */
struct request {
	struct ugid *ugid;
	struct ugid_call call;
	int process; /* directory of the caller's in /proc */
	int memory;  /* its memory; both stay what they are when it has ended */
};

static int64_t clock_now(int which)
{
	struct {
		int64_t seconds, nanoseconds;
	} time = {0, 0};

	CALL(clock_gettime, which, &time, 0, 0, 0);
	return time.seconds * SECOND + time.nanoseconds;
}

static long kernel(const struct request *r, uint32_t command, uint32_t id, void *data)
{
	return CALL(quotactl_fd, MONITOR_AREA, command << SUBCMDSHIFT | r->call.type, id, data, 0);
}

static long fetch(const struct request *r, void *to, unsigned size)
{
	return CALL(pread64, r->memory, to, size, r->call.address, 0) == (long)size ? 0 : -EFAULT;
}

static long store(const struct request *r, const void *from, unsigned size)
{
	return CALL(pwrite64, r->memory, from, size, r->call.address, 0) == (long)size ? 0 : -EFAULT;
}

/* The device is the one of the container's root, by its one name: no path of a stranger is walked. */
static long check_name(const struct request *r)
{
	char text[UGID_DEVICE];
	long got;

	if (!r->call.where)
		return r->call.command == Q_SYNC ? 0 : -ENODEV;
	got = CALL(pread64, r->memory, text, r->ugid->name_length, r->call.where, 0);
	if (got <= 0)
		return -EFAULT;
	for (long i = 0; i < got; i++)
		if (text[i] != r->ugid->device[i])
			return -ENODEV;
	return got == (long)r->ugid->name_length ? 0 : -EFAULT;
}

static long check_descriptor(const struct request *r)
{
	struct statx file;
	char path[24] = "fd/";
	int length = 3;

	if (r->call.where > 0x7fffffff)
		return -EBADF;
	length += put_decimal(path + length, r->call.where);
	path[length] = 0;
	/* The server of a file system may be the container's own: it must not make us wait. */
	if (CALL(statx, r->process, path, AT_STATX_DONT_SYNC, STATX_TYPE, &file) < 0)
		return -EBADF;
	return file.stx_dev_major == r->ugid->major && file.stx_dev_minor == r->ugid->minor
		       ? 0
		       : -ENOSYS;
}

static long read_caller(const struct request *r, uint32_t group, struct ugid_status *status)
{
	struct statx home;
	char text[512];
	long fd = CALL(openat, r->process, "status", O_RDONLY | O_CLOEXEC, 0, 0), got;

	if (fd < 0)
		return -EPERM;
	ugid_status_begin(status, group);
	while ((got = CALL(read, fd, text, sizeof text, 0, 0)) > 0)
		ugid_status_feed(status, text, got);
	CALL(close, fd, 0, 0, 0, 0);
	if (got < 0 || !ugid_status_complete(status))
		return -EPERM;
	status->caller.at_home = CALL(statx, r->process, "ns/user", 0, STATX_INO, &home) == 0 &&
				 home.stx_ino == r->ugid->home;
	return 0;
}

static long ask_next(void *context, uint32_t id, struct if_nextdqblk *found)
{
	return kernel(context, Q_GETNEXTQUOTA, id, found);
}

/* How many users and groups of the container have limits. */
static int64_t count_limited(struct request *r)
{
	uint32_t type = r->call.type;
	int64_t count = 0;

	for (uint32_t kind = 0; kind < 2; kind++) {
		uint32_t base = r->ugid->base[kind], id = 0;
		struct if_nextdqblk next;

		r->call.type = kind;
		while (id < UGID_IDS && ugid_next(ask_next, r, base + id, &next) == 0 &&
		       next.dqb_id - base < UGID_IDS) {
			/* Both begin with the same members. */
			count += ugid_limited((const struct if_dqblk *)&next);
			id = next.dqb_id - base + 1;
		}
	}
	r->call.type = type;
	return count;
}

static long make_room(struct request *r)
{
	struct ugid *ugid = r->ugid;
	int64_t now = clock_now(CLOCK_MONOTONIC);

	/* The host may have taken limits away meanwhile. */
	if (ugid->limited < 0 || (ugid->limited >= ugid->most && now - ugid->counted > COUNT_AGAIN)) {
		ugid->limited = count_limited(r);
		ugid->counted = now;
	}
	return ugid->limited < ugid->most ? 0 : -EDQUOT;
}

static long set_quota(struct request *r, uint32_t id)
{
	struct if_dqblk wanted, now;
	int had, will;
	long error;

	wanted.dqb_valid = 0;
	error = fetch(r, &wanted, ugid_block_size(&r->call));
	if (!error)
		error = ugid_strip(&wanted);
	if (!error)
		error = kernel(r, Q_GETQUOTA, id, &now);
	if (error)
		return error;
	had = ugid_limited(&now);
	ugid_merge(&now, &wanted);
	will = ugid_limited(&now);
	if (will && !had && (error = make_room(r)) < 0)
		return error;
	error = kernel(r, Q_SETQUOTA, id, &wanted);
	if (!error && r->ugid->limited >= 0)
		r->ugid->limited += will - had;
	return error;
}

static long next_quota(struct request *r, uint32_t base)
{
	struct if_nextdqblk next;
	long error = ugid_next(ask_next, r, base + r->call.id, &next);

	if (error)
		return error;
	next.dqb_id -= base;
	return next.dqb_id < UGID_IDS ? store(r, &next, sizeof next) : -ENOENT;
}

/* Makes a call that has been found to be allowed. */
static long act(struct request *r)
{
	uint32_t base = r->ugid->base[r->call.type], format;
	struct if_dqinfo info, wanted;
	struct if_dqblk block;
	long error;

	switch (r->call.command) {
	case Q_SYNC:
		return kernel(r, Q_SYNC, 0, NULL);
	case Q_GETFMT:
		error = kernel(r, Q_GETFMT, 0, &format);
		return error ? error : store(r, &format, sizeof format);
	case Q_QUOTAON:
		error = kernel(r, Q_GETFMT, 0, &format);
		return error ? error : -EEXIST;
	case Q_GETINFO:
		error = kernel(r, Q_GETINFO, 0, &info);
		return error ? error : store(r, &info, sizeof info);
	case Q_SETINFO:
		error = fetch(r, &wanted, sizeof wanted);
		if (!error)
			error = kernel(r, Q_GETINFO, 0, &info);
		return error ? error : ugid_same_info(&info, &wanted);
	case Q_GETQUOTA:
		error = kernel(r, Q_GETQUOTA, base + r->call.id, &block);
		return error ? error : store(r, &block, ugid_block_size(&r->call));
	case Q_SETQUOTA:
		return set_quota(r, base + r->call.id);
	case Q_GETNEXTQUOTA:
		return next_quota(r, base);
	default:
		return -EINVAL;
	}
}

/*
 * The answer to a call. Process and memory are opened first; only then we ask whether the call is
 * still waiting. If it is, its thread lives, and so what we have opened is not somebody else's who
 * got its number.
 */
static long answer(struct request *r, int listener, uint64_t id)
{
	uint32_t base = r->ugid->base[r->call.type];
	struct ugid_status status;
	long error = read_caller(r, base + r->call.id, &status);

	if (!error)
		error = r->call.by_descriptor ? check_descriptor(r) : check_name(r);
	if (error)
		return error;
	if (!listener_waits(listener, id))
		return -ESRCH;
	error = ugid_check(&r->call, &status.caller, base);
	return error ? error : act(r);
}

static long open_and_answer(struct request *r, int listener, const struct seccomp_notif *n)
{
	char path[24] = "/proc/";
	int length = 6;
	long error;

	length += put_decimal(path + length, n->pid);
	path[length] = 0;
	r->process = (int)CALL(openat, AT_FDCWD, path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0, 0);
	if (r->process < 0)
		return -ESRCH;
	r->memory = (int)CALL(openat, r->process, "mem", O_RDWR | O_CLOEXEC, 0, 0);
	error = r->memory < 0 ? -EPERM : answer(r, listener, n->id);
	if (r->memory >= 0)
		CALL(close, r->memory, 0, 0, 0, 0);
	CALL(close, r->process, 0, 0, 0, 0);
	return error;
}

static void serve(struct ugid *ugid, int listener)
{
	union listener_call call;
	struct request r;
	long error;

	if (listener_take(listener, &call) < 0)
		return;
	r.ugid = ugid;
	error = ugid_decode(&call.notif.data, &r.call);
	if (!error)
		error = open_and_answer(&r, listener, &call.notif);
	listener_answer(listener, call.notif.id, error);
}

static int watch(const struct ugid *ugid, int fd)
{
	struct epoll_event event;

	event.events = EPOLLIN;
	event.data = (uint64_t)fd;
	return (int)CALL(epoll_ctl, ugid->epoll, EPOLL_CTL_ADD, fd, &event, 0);
}

static void take_packet(struct ugid *ugid)
{
	struct listener_packet packet;

	if (listener_receive(&packet) < 0)
		return;
	if (packet.kind == UGID_MOST)
		ugid->most = packet.number;
	/* From a process that was entered: it has a filter, and so a listener, of its own. */
	if (packet.fd >= 0 && (packet.kind != UGID_LISTENER || watch(ugid, packet.fd) < 0))
		CALL(close, packet.fd, 0, 0, 0, 0);
}

void ugid_turn(struct ugid *ugid)
{
	struct epoll_event events[8];
	long count = CALL6(epoll_pwait, ugid->epoll, events, 8, 0, 0, 8);
	int64_t now;

	for (long i = 0; i < count; i++) {
		int fd = (int)events[i].data;

		if (fd == MONITOR_UGID)
			take_packet(ugid);
		else if (events[i].events & EPOLLIN)
			serve(ugid, fd);
		else /* all who had the filter have ended */
			CALL(close, fd, 0, 0, 0, 0);
	}
	now = clock_now(CLOCK_MONOTONIC);
	if (now - ugid->window >= WINDOW) {
		ugid->window = now;
		ugid->used = clock_now(CLOCK_PROCESS_CPUTIME_ID);
	} else if (clock_now(CLOCK_PROCESS_CPUTIME_ID) - ugid->used > SHARE) {
		ugid->resting = 1;
	}
}

int64_t ugid_rest(struct ugid *ugid)
{
	int64_t left;

	if (!ugid->resting)
		return 0;
	left = ugid->window + WINDOW - clock_now(CLOCK_MONOTONIC);
	if (left <= 0)
		ugid->resting = 0;
	return left > 0 ? left : 0;
}

static int number(const char *word, uint32_t *value)
{
	unsigned long long parsed;
	const char *rest = parse_decimal(word, &parsed);

	*value = (uint32_t)parsed;
	return rest && !*rest && parsed <= 0xfffffffeU ? 0 : -1;
}

int ugid_begin(struct ugid *ugid, char **words, int count)
{
	struct statx file;
	unsigned length = 0;

	ugid->epoll = -1;
	if (count < 4 || number(words[0], &ugid->base[0]) < 0 ||
	    number(words[1], &ugid->base[1]) < 0 || number(words[2], &ugid->most) < 0)
		return -1;
	while (words[3][length])
		length++;
	if (length == 0 || length >= UGID_DEVICE || !listener_fits())
		return -1;
	ugid->device = words[3];
	ugid->name_length = length + 1;
	ugid->limited = -1;
	ugid->window = ugid->used = ugid->resting = 0;
	if (CALL(statx, MONITOR_AREA, "", AT_EMPTY_PATH, STATX_TYPE, &file) < 0)
		return -1;
	ugid->major = file.stx_dev_major;
	ugid->minor = file.stx_dev_minor;
	if (CALL(statx, MONITOR_HOME, "", AT_EMPTY_PATH, STATX_INO, &file) < 0)
		return -1;
	ugid->home = file.stx_ino;
	ugid->epoll = (int)CALL(epoll_create1, O_CLOEXEC, 0, 0, 0, 0);
	if (ugid->epoll < 0)
		return -1;
	watch(ugid, MONITOR_UGID);
	watch(ugid, MONITOR_FILTER);
	return 0;
}

/* Quota of users and groups inside a container, see kernel-notes/second-level-quota.md. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/quota.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>

#include "kernel.h"
#include "monitor_fds.h"
#include "ugid.h"
#include "ugid/next.h"
#include "vzlaunch.h"
#include "words.h"

static int set_address(struct sockaddr_un *address, const char *path, const char *suffix)
{
	memset(address, 0, sizeof *address);
	address->sun_family = AF_UNIX;
	if (snprintf(address->sun_path, sizeof address->sun_path, "%s%s", path, suffix) >=
	    (int)sizeof address->sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	return 0;
}

/* ugid-listen AREA SOCKET: for the monitor; the socket gets its name when that is about to run. */
int step_ugid_listen(struct run *run, char **w, int count)
{
	struct sockaddr_un address;
	int on = 1, fd, bound;
	mode_t mask;

	(void)count;
	run->ugid.area = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (run->ugid.area < 0 || set_address(&address, w[1], ".new") < 0)
		return -1;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	run->ugid.door = fd;
	run->ugid.socket = w[1];
	if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) < 0)
		return -1;
	if (unlink(address.sun_path) < 0 && errno != ENOENT)
		return -1;
	mask = umask(0177);
	bound = bind(fd, (struct sockaddr *)&address, sizeof address);
	umask(mask);
	return bound;
}

/*
 * Processes that enter from now on hand their listeners to the monitor. Earlier ones, those that
 * prepare the container before its init runs, could only wait for ever.
 */
int ugid_open_door(struct run *run)
{
	struct sockaddr_un address;

	if (run->ugid.door < 0)
		return 0;
	if (set_address(&address, run->ugid.socket, ".new") < 0)
		return -1;
	return rename(address.sun_path, run->ugid.socket);
}

void ugid_clean(struct run *run)
{
	struct sockaddr_un address;

	if (run->ugid.door < 0)
		return;
	if (set_address(&address, run->ugid.socket, ".new") == 0)
		unlink(address.sun_path);
	unlink(run->ugid.socket);
}

/* Sends a packet, with a descriptor if it is one. */
static int send_packet(const char *path, char kind, uint32_t number, int fd)
{
	union {
		struct cmsghdr header;
		char space[CMSG_SPACE(sizeof fd)];
	} control = {.space = ""};
	unsigned char data[5] = {(unsigned char)kind, number & 0xff, number >> 8 & 0xff,
				 number >> 16 & 0xff, number >> 24};
	struct timeval patience = {.tv_sec = 5};
	struct sockaddr_un address;
	struct iovec part = {data, sizeof data};
	struct msghdr message = {.msg_name = &address,
				 .msg_namelen = sizeof address,
				 .msg_iov = &part,
				 .msg_iovlen = 1};
	int socket_fd, result, error;

	if (set_address(&address, path, "") < 0)
		return -1;
	if (fd >= 0) {
		message.msg_control = &control;
		message.msg_controllen = sizeof control;
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		control.header.cmsg_len = CMSG_LEN(sizeof fd);
		memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
	}
	socket_fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (socket_fd < 0)
		return -1;
	setsockopt(socket_fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	do
		result = sendmsg(socket_fd, &message, MSG_NOSIGNAL) < 0 ? -1 : 0;
	while (result < 0 && errno == EINTR);
	error = errno;
	close(socket_fd);
	errno = error;
	return result;
}

void ugid_hand_over(struct run *run, int listener)
{
	int step = plan_find(&run->plan, "seccomp");

	/* A monitor that has gone leaves a container without quota, and soon without processes. */
	if (step >= 0 && run->plan.steps[step].count > 1)
		send_packet(run->plan.steps[step].words[1], UGID_LISTENER, 0, listener);
	close(listener);
}

/* ugid-limit SOCKET NUMBER: so many ids of a running container may have limits. */
int step_ugid_limit(struct run *run, char **w, int count)
{
	unsigned number;

	(void)run, (void)count;
	if (parse_id(w[1], &number) < 0)
		return -1;
	return send_packet(w[0], UGID_MOST, number, -1);
}

struct kind {
	int fd, type;
};

static long ask_next(void *context, uint32_t id, struct if_nextdqblk *found)
{
	const struct kind *kind = context;

	return sys_quotactl_fd(kind->fd, (unsigned)QCMD(Q_GETNEXTQUOTA, kind->type), id, found) < 0
		       ? -errno
		       : 0;
}

/* Takes the limits of all ids of one kind in a range away. */
static int clear(int fd, int type, unsigned first, unsigned count)
{
	struct if_nextdqblk next;
	struct kind kind = {fd, type};
	struct if_dqblk none;

	for (unsigned id = first; id - first < count; id = next.dqb_id + 1) {
		long error = ugid_next(ask_next, &kind, id, &next);

		/* No more; or no quota of this kind, and so no limits. */
		if (error == -ENOENT || error == -ESRCH || error == -ENOSYS || error == -EINVAL)
			return 0;
		if (error) {
			errno = (int)-error;
			return -1;
		}
		if (next.dqb_id - first >= count)
			return 0;
		if (!(next.dqb_bhardlimit | next.dqb_bsoftlimit | next.dqb_ihardlimit |
		      next.dqb_isoftlimit))
			continue;
		memset(&none, 0, sizeof none);
		none.dqb_valid = QIF_LIMITS | QIF_TIMES;
		if (sys_quotactl_fd(fd, (unsigned)QCMD(Q_SETQUOTA, type), next.dqb_id, &none) < 0)
			return -1;
	}
	return 0;
}

/* ugid-clear PATH UID GID COUNT: ids of a container that is no more have no limits on PATH's disk. */
int step_ugid_clear(struct run *run, char **w, int count)
{
	unsigned long long size;
	unsigned uid, gid;
	int fd, result, error;

	(void)run, (void)count;
	if (parse_id(w[1], &uid) < 0 || parse_id(w[2], &gid) < 0 ||
	    parse_number(w[3], 0x7fffffff, &size) < 0)
		return -1;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	result = clear(fd, USRQUOTA, uid, (unsigned)size);
	if (result == 0)
		result = clear(fd, GRPQUOTA, gid, (unsigned)size);
	error = errno;
	close(fd);
	errno = error;
	return result;
}

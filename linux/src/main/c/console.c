/* The container's console, and the monitor that serves it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "kernel.h"
#include "monitor_fds.h"
#include "ring.h"
#include "vzlaunch.h"
#include "words.h"

static int open_terminal(struct console *console, unsigned uid, unsigned gid)
{
	int unlock = 0, number;

	console->master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (console->master < 0 || ioctl(console->master, TIOCSPTLCK, &unlock) < 0 ||
	    ioctl(console->master, TIOCGPTN, &number) < 0)
		return -1;
	console->slave = ioctl(console->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (console->slave < 0)
		return -1;
	snprintf(console->path, sizeof console->path, "/dev/pts/%d", number);
	if (fchown(console->slave, uid, gid) < 0)
		return -1;
	return fchmod(console->slave, 0620);
}

static int open_log(const char *path, unsigned long long size)
{
	struct ring_header ring = {.magic = RING_MAGIC, .size = size};
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return -1;
	if (ftruncate(fd, (off_t)(sizeof ring + size)) < 0 ||
	    pwrite(fd, &ring, sizeof ring, 0) != sizeof ring) {
		close(fd);
		return -1;
	}
	return fd;
}

static int open_listener(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd, bound;
	mode_t mask;

	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	if (unlink(path) < 0 && errno != ENOENT)
		return -1;
	mask = umask(0177);
	bound = bind(fd, (struct sockaddr *)&address, sizeof address);
	umask(mask);
	if (bound < 0 || listen(fd, 4) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* console LOGFILE SOCKET SIZE UID GID */
int step_console(struct run *run, char **w, int count)
{
	struct console *console = &run->console;
	unsigned long long size;
	unsigned uid, gid;

	(void)count;
	if (parse_number(w[2], RING_MAX, &size) < 0 || parse_id(w[3], &uid) < 0 ||
	    parse_id(w[4], &gid) < 0)
		return -1;
	if (size < RING_MIN) {
		errno = EINVAL;
		return -1;
	}
	if (open_terminal(console, uid, gid) < 0)
		return -1;
	console->log = open_log(w[0], size);
	if (console->log < 0)
		return -1;
	console->listener = open_listener(w[1]);
	console->socket = w[1];
	return console->listener < 0 ? -1 : 0;
}

/* monitor PATH ARG...: remembered here, executed when init runs. */
int step_monitor(struct run *run, char **w, int count)
{
	(void)count;
	if (access(w[0], X_OK) < 0)
		return -1;
	run->monitor = w;
	return 0;
}

/* The container's user namespace: a call is its root's only if it comes from there. */
static int open_home(pid_t init)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/%d/ns/user", (int)init);
	return open(path, O_RDONLY | O_CLOEXEC);
}

/* Puts descriptors into a row of places; those that are not there leave theirs closed. */
static int place(int *fds, int count, int first)
{
	/* Out of the way of all places. */
	for (int i = 0; i < count; i++) {
		if (fds[i] >= 0 && (fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 32)) < 0)
			return -1;
	}
	for (int i = 0; i < count; i++) {
		if (fds[i] < 0)
			close(first + i);
		else if (dup2(fds[i], first + i) < 0)
			return -1;
	}
	return 0;
}

/* Becomes the monitor. Returns only if that fails. */
int monitor_exec(struct run *run)
{
	const struct console *console = &run->console;
	const struct ugid_door *ugid = &run->ugid;
	int fds[MONITOR_LAST - MONITOR_MASTER + 1] = {
		console->master, console->listener, console->log, console->slave,
		ugid->area,	 ugid->door,	    ugid->listener};
	sigset_t mask;

	fds[MONITOR_HOME - MONITOR_MASTER] = ugid->door < 0 ? -1 : open_home(run->inner);
	/* The channel upwards must survive: it tells of a failing exec. */
	if (run->up >= 0 && run->up <= MONITOR_LAST) {
		run->up = fcntl(run->up, F_DUPFD_CLOEXEC, 32);
		if (run->up < 0)
			return -1;
	}
	if (place(fds, MONITOR_LAST - MONITOR_MASTER + 1, MONITOR_MASTER) < 0)
		return -1;
	if (sys_close_range(MONITOR_LAST + 1, ~0U, VZ_CLOSE_RANGE_CLOEXEC) < 0)
		return -1;
	/* The monitor waits for this one; it may be pending already. */
	sigemptyset(&mask);
	sigaddset(&mask, SIGCHLD);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	execve(run->monitor[0], run->monitor, environ);
	return -1;
}

/* What the program's standard streams are. All but inherited ones are made inside. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "channel.h"
#include "kernel.h"
#include "vzlaunch.h"

/* stdio null|pipes|pty|console|inherit */
int step_stdio(struct run *run, char **w, int count)
{
	static const char *const names[] = {"null", "pipes", "pty", "console", "inherit"};

	(void)count;
	for (int i = 0; i < 5; i++) {
		if (strcmp(w[0], names[i]) == 0) {
			run->stdio = (enum stdio_mode)i;
			return 0;
		}
	}
	errno = EINVAL;
	return -1;
}

/* type TEXT: the relay types it, see relay.c. */
int step_type(struct run *run, char **w, int count)
{
	(void)run, (void)w, (void)count;
	return 0;
}

static int use(int in, int out, int err)
{
	/* None of these is below 3, for 0 to 2 are the null device until now. */
	return dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0 ? -1 : 0;
}

static int hand_out(struct run *run, int a, int b, int c)
{
	struct message message = {.type = MSG_STDIO, .step = run->at, .fds = {a, b, c}};

	return channel_send(run->up, &message);
}

/* Made by the program's own user, so that it may open /dev/stdout, which is /proc/self/fd/1. */
static int open_pipes(struct run *run)
{
	int in[2], out[2], err[2];

	if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0 || pipe2(err, O_CLOEXEC) < 0)
		return -1;
	if (hand_out(run, in[1], out[0], err[0]) < 0)
		return -1;
	if (use(in[0], out[1], err[1]) < 0)
		return -1;
	/* Until exec the parent must be the only one who can end the program's input. */
	for (int i = 0; i < 2; i++)
		close(in[i]), close(out[i]), close(err[i]);
	return 0;
}

/* The container may have put anything where /dev/ptmx belongs. */
static int open_ptmx(struct run *run)
{
	static const char *const names[] = {"/dev/ptmx", "/dev/pts/ptmx"};

	for (int i = 0; i < 2; i++) {
		int fd = open_path(run, names[i], O_RDWR | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (is_device(fd, 5, 2))
			return fd;
		close(fd);
	}
	run->why = "no pseudo-terminals in the container: neither /dev/ptmx nor /dev/pts/ptmx";
	errno = ENODEV;
	return -1;
}

static int open_pty(struct run *run)
{
	int master = open_ptmx(run), unlock = 0, slave;

	if (master < 0)
		return -1;
	if (ioctl(master, TIOCSPTLCK, &unlock) < 0)
		return -1;
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (slave < 0)
		return -1;
	if (run->has_termios)
		tcsetattr(slave, TCSANOW, &run->termios);
	if (run->has_winsize)
		ioctl(slave, TIOCSWINSZ, &run->winsize);
	if (hand_out(run, master, -1, -1) < 0)
		return -1;
	close(master);
	if (use(slave, slave, slave) < 0)
		return -1;
	close(slave);
	run->terminal = 0;
	return 0;
}

/* By its name inside: a checkpoint must find the file that is open. */
static int open_console(struct run *run)
{
	char path[4096];
	struct stat here, there;
	const char *name = run->console.inside;
	int pivot = plan_find(&run->plan, "pivot"), fd;

	if (!name || run->console.slave < 0) {
		run->why = "the plan has no console inside";
		errno = ENOTTY;
		return -1;
	}
	if (pivot >= 0 && !run->root) {
		const char *root = run->plan.steps[pivot].words[0];
		size_t length = strlen(root);
		while (length && root[length - 1] == '/')
			length--;
		if (strncmp(name, root, length) == 0 && name[length] == '/')
			name += length;
	}
	snprintf(path, sizeof path, "%s", name);
	fd = open_path(run, path, O_RDWR | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return -1;
	if (fstat(fd, &here) < 0 || fstat(run->console.slave, &there) < 0)
		return -1;
	if (!S_ISCHR(here.st_mode) || here.st_rdev != there.st_rdev) {
		run->why = "the console inside is not the one that was bound";
		errno = ENODEV;
		return -1;
	}
	if (fcntl(fd, F_SETFL, O_RDWR) < 0 || use(fd, fd, fd) < 0)
		return -1;
	close(fd);
	run->terminal = 0;
	return 0;
}

/* Gives the process its streams, once. */
int stdio_open(struct run *run)
{
	int result = 0;

	if (run->stdio_done)
		return 0;
	switch (run->stdio) {
	case STDIO_NULL:
		result = null_stdio();
		if (result < 0)
			run->why = "/dev/null in the container is not the null device";
		break;
	case STDIO_PIPES:
		result = open_pipes(run);
		break;
	case STDIO_PTY:
		result = open_pty(run);
		break;
	case STDIO_CONSOLE:
		result = open_console(run);
		break;
	case STDIO_INHERIT:
		break;
	}
	if (result == 0)
		run->stdio_done = 1;
	return result;
}

/* session [tty] */
int step_session(struct run *run, char **w, int count)
{
	if (setsid() < 0)
		return -1;
	if (count == 0)
		return 0;
	if (strcmp(w[0], "tty") != 0) {
		errno = EINVAL;
		return -1;
	}
	if (stdio_open(run) < 0)
		return -1;
	if (run->terminal < 0) {
		run->why = "the plan gives no terminal";
		errno = ENOTTY;
		return -1;
	}
	return ioctl(run->terminal, TIOCSCTTY, 0);
}

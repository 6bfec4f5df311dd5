/* Joining and making namespaces, id maps. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <linux/securebits.h>

#include "channel.h"
#include "kernel.h"
#include "processes.h"
#include "vzlaunch.h"
#include "words.h"

/* Field 22 of /proc/PID/stat, in clock ticks since boot; 0 if there is no such process. */
unsigned long long start_time(pid_t pid)
{
	char path[32], text[1024], *field;
	ssize_t length;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	length = read(fd, text, sizeof text - 1);
	close(fd);
	if (length <= 0)
		return 0;
	text[length] = 0;
	/* The second field, the command's name, may hold spaces and parentheses. */
	field = strrchr(text, ')');
	for (int i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	return field ? strtoull(field + 1, NULL, 10) : 0;
}

/*
 * A pidfd of the process that has this number and start time. The time tells whether the number was
 * reused before we opened it; that the process is alive afterwards tells that the time read is the
 * one of the process we hold.
 */
int open_process(struct run *run, char **w)
{
	unsigned long long time;
	unsigned pid;
	int fd;

	if (parse_id(w[0], &pid) < 0 || parse_number(w[1], ~0ULL, &time) < 0)
		return -1;
	fd = sys_pidfd_open((pid_t)pid);
	if (fd < 0)
		return -1;
	if (start_time((pid_t)pid) != time || sys_pidfd_signal(fd, 0) < 0) {
		run->why = "the process has ended";
		close(fd);
		errno = ESRCH;
		return -1;
	}
	return fd;
}

static int finish(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

/* signal PID STARTTIME NUMBER */
int step_signal(struct run *run, char **w, int count)
{
	unsigned long long number;
	int fd;

	(void)count;
	if (parse_number(w[2], _NSIG - 1, &number) < 0)
		return -1;
	fd = open_process(run, w);
	return fd < 0 ? -1 : finish(fd, sys_pidfd_signal(fd, (int)number));
}

/* The network namespace of the process that has this number and start time. */
int net_of_process(struct run *run, char **w)
{
	char path[40];
	int process = open_process(run, w), fd;

	if (process < 0)
		return -1;
	snprintf(path, sizeof path, "/proc/%.10s/ns/net", w[0]);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	/* It had this number when we opened the file if it has it still. */
	if (fd >= 0 && sys_pidfd_signal(process, 0) < 0) {
		close(fd);
		fd = -1;
		errno = ESRCH;
	}
	return finish(process, fd);
}

/* setns PID STARTTIME NS,NS,... */
int step_setns(struct run *run, char **w, int count)
{
	int flags, fd;

	(void)count;
	if (parse_namespaces(w[2], &flags) < 0)
		return -1;
	fd = open_process(run, w);
	if (fd < 0)
		return -1;
	/* Not even the container's root may look into us while we are on our way. */
	prctl(PR_SET_DUMPABLE, 0);
	/* One call, so that the kernel finds the order: rights over the others come from the user
	 * namespace. */
	return finish(fd, setns(fd, flags));
}

/* unshare cgroup */
int step_unshare(struct run *run, char **w, int count)
{
	(void)run, (void)count;
	if (strcmp(w[0], "cgroup") != 0) {
		errno = EINVAL;
		return -1;
	}
	return unshare(CLONE_NEWCGROUP);
}

/* Effective ids without loss of capabilities: they decide who owns a new user namespace. */
static int set_effective(unsigned uid, unsigned gid, int fixup)
{
	if (!fixup && prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) < 0)
		return -1;
	if (setresgid((gid_t)-1, gid, (gid_t)-1) < 0 || setresuid((uid_t)-1, uid, (uid_t)-1) < 0)
		return -1;
	if (fixup && prctl(PR_SET_SECUREBITS, 0) < 0)
		return -1;
	return 0;
}

/*
 * Goes to where the inner process shall find its root: the kernel takes the working directory along
 * into the new mount namespace, which it does with no descriptor. There may be no root yet.
 */
static int enter_root(struct run *run, int flags, int *from)
{
	int pivot = plan_find(&run->plan, "pivot");

	*from = -1;
	if (pivot < 0 || !(flags & CLONE_NEWNS))
		return 0;
	*from = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*from < 0)
		return -1;
	if (chdir(run->plan.steps[pivot].words[0]) == 0)
		run->root_fd = *from;
	return 0;
}

static void leave_root(struct run *run, int from)
{
	if (from < 0)
		return;
	if (fchdir(from) < 0 && chdir("/") < 0)
		_exit(255);
	close(from);
	run->root_fd = -1;
}

/* clone NS,NS,... OWNER_UID OWNER_GID CGROUP */
int step_clone(struct run *run, char **w, int count)
{
	struct clone_args args = {.exit_signal = SIGCHLD};
	int flags, channel[2], cgroup = -1, from, error;
	unsigned uid, gid;
	pid_t pid;

	(void)count;
	if (parse_namespaces(w[0], &flags) < 0 || parse_id(w[1], &uid) < 0 ||
	    parse_id(w[2], &gid) < 0)
		return -1;
	if (flags & CLONE_NEWCGROUP) {
		run->why = "the cgroup namespace is unshared inside, when the cgroup is joined";
		errno = EINVAL;
		return -1;
	}
	args.flags = (unsigned)flags;
	if (strcmp(w[3], "-") != 0) {
		cgroup = open(w[3], O_PATH | O_DIRECTORY | O_CLOEXEC);
		if (cgroup < 0)
			return -1;
		args.flags |= CLONE_INTO_CGROUP;
		args.cgroup = (unsigned)cgroup;
	}
	if (channel_make(channel) < 0 || enter_root(run, flags, &from) < 0)
		return -1;
	if ((flags & CLONE_NEWUSER) && set_effective(uid, gid, 0) < 0)
		return -1;
	pid = sys_clone3(&args);
	error = errno;
	if (pid == 0) {
		close(channel[0]);
		inner_main(run, channel[1], 1);
	}
	close(channel[1]);
	leave_root(run, from);
	if (cgroup >= 0)
		close(cgroup);
	if ((flags & CLONE_NEWUSER) && set_effective(0, 0, 1) < 0 && pid > 0) {
		error = errno;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		pid = -1;
	}
	if (pid < 0) {
		close(channel[0]);
		errno = error;
		return -1;
	}
	run->inner = pid;
	run->down = channel[0];
	return 0;
}

/*
 * fork: the inner process becomes our parent's child, so that the one who relays gets its status
 * though it is in another pid namespace.
 */
int step_fork(struct run *run, char **w, int count)
{
	struct clone_args args = {.flags = CLONE_PARENT};
	pid_t pid;

	(void)w, (void)count;
	pid = sys_clone3(&args);
	if (pid < 0)
		return -1;
	if (pid == 0)
		inner_main(run, run->up, 0);
	channel_tell(run->up, MSG_PID, run->at, pid);
	_exit(0);
}

static int add_range(char **map, char **w)
{
	unsigned long long inside, outside, size;
	char *longer;

	if (parse_number(w[0], 0xfffffffe, &inside) < 0 ||
	    parse_number(w[1], 0xfffffffe, &outside) < 0 ||
	    parse_number(w[2], 0xffffffff, &size) < 0)
		return -1;
	if (asprintf(&longer, "%s%llu %llu %llu\n", *map ? *map : "", inside, outside, size) < 0)
		return -1;
	free(*map);
	*map = longer;
	return 0;
}

/* uidmap INSIDE OUTSIDE COUNT: a map can be written only once, with all its ranges. */
int step_uidmap(struct run *run, char **w, int count)
{
	(void)count;
	if (!run->uid_map)
		run->uid_map_step = run->at;
	return add_range(&run->uid_map, w);
}

/* gidmap INSIDE OUTSIDE COUNT */
int step_gidmap(struct run *run, char **w, int count)
{
	(void)count;
	if (!run->gid_map)
		run->gid_map_step = run->at;
	return add_range(&run->gid_map, w);
}

static int write_map(pid_t pid, const char *which, const char *map)
{
	char path[40];
	ssize_t written;
	int fd, error;

	snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, which);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	written = write(fd, map, strlen(map));
	error = errno;
	close(fd);
	errno = error;
	return written < 0 ? -1 : 0;
}

/* Writes the collected maps. On failure run->at is the step that began the map. */
int maps_write(struct run *run)
{
	if (run->uid_map && write_map(run->inner, "uid_map", run->uid_map) < 0) {
		run->at = run->uid_map_step;
		return -1;
	}
	if (run->gid_map && write_map(run->inner, "gid_map", run->gid_map) < 0) {
		run->at = run->gid_map_step;
		return -1;
	}
	return 0;
}

/* pidfile PATH */
int step_pidfile(struct run *run, char **w, int count)
{
	char temporary[4096], text[64];
	int fd, length, error;

	(void)count;
	if (snprintf(temporary, sizeof temporary, "%s.new", w[0]) >= (int)sizeof temporary) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return -1;
	length = snprintf(text, sizeof text, "%d %llu\n", (int)run->inner, start_time(run->inner));
	error = write(fd, text, (size_t)length) < 0 ? errno : 0;
	if (close(fd) < 0 && !error)
		error = errno;
	if (!error && rename(temporary, w[0]) < 0)
		error = errno;
	if (error) {
		unlink(temporary);
		errno = error;
		return -1;
	}
	run->pid_file = w[0];
	return 0;
}

/* hostname NAME */
int step_hostname(struct run *run, char **w, int count)
{
	(void)run, (void)count;
	return sethostname(w[0], strlen(w[0]));
}

/* The inner process: from its birth to the program that it becomes. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "channel.h"
#include "kernel.h"
#include "processes.h"
#include "vzlaunch.h"

/* Our standard streams become the null device. */
int null_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int result = -1;

	if (fd < 0)
		return -1;
	if (is_device(fd, 1, 3) && dup2(fd, 0) == 0 && dup2(fd, 1) == 1 && dup2(fd, 2) == 2)
		result = 0;
	if (fd > 2)
		close(fd);
	return result;
}

/*
 * Keeps the channel and the console, as 3 and 4. A directory left open would be a door: a container
 * could make a directory of its own a link to /proc/self/fd/N and have us change to it.
 */
static int keep_descriptors(struct run *run, int channel)
{
	int high = fcntl(channel, F_DUPFD_CLOEXEC, 16), slave = -1;

	if (high < 0)
		return -1;
	if (run->console.slave >= 0) {
		slave = fcntl(run->console.slave, F_DUPFD_CLOEXEC, 16);
		if (slave < 0 || dup3(slave, 4, O_CLOEXEC) < 0)
			return -1;
	}
	if (dup3(high, 3, O_CLOEXEC) < 0)
		return -1;
	run->up = 3;
	run->down = run->report = -1;
	run->console.slave = slave >= 0 ? 4 : -1;
	run->console.master = run->console.listener = run->console.log = -1;
	return sys_close_range(slave >= 0 ? 5 : 4, ~0U, 0);
}

static void fail(struct run *run) __attribute__((noreturn));
static void fail(struct run *run)
{
	struct message message = {
		.type = MSG_FAILED, .step = run->at, .value = errno, .fds = {-1, -1, -1}};

	if (run->why)
		snprintf(message.text, sizeof message.text, "%s", run->why);
	channel_send(run->up, &message);
	_exit(255);
}

void inner_main(struct run *run, int channel, int wait)
{
	int inside = plan_find(&run->plan, "inside");
	int pivot = plan_find(&run->plan, "pivot");
	struct message message;

	run->inner = 0;
	run->up = channel;
	run->at = inside;
	if (keep_descriptors(run, channel) < 0)
		fail(run);
	if (wait && (channel_receive(run->up, &message) <= 0 || message.type != MSG_GO))
		_exit(255);
	/* Whoever made us was in the root, and so are we, in our own mount namespace. */
	if (wait && run->root_fd >= 0 &&
	    (run->root_fd = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
		fail(run);
	if (wait && run->stdio != STDIO_INHERIT && null_stdio() < 0)
		fail(run);
	run->inside = 1;
	run->root = pivot >= 0 ? run->plan.steps[pivot].words[0] : NULL;
	if (steps_run(run, inside, run->plan.count) == 0) {
		run->at = run->plan.count - 1;
		run->why = "the plan ends without a program";
		errno = ENOEXEC;
	}
	fail(run);
}

/* gate */
int step_gate(struct run *run, char **w, int count)
{
	struct message message;

	(void)w, (void)count;
	if (channel_tell(run->up, MSG_READY, run->at, 0) < 0)
		return -1;
	if (channel_receive(run->up, &message) <= 0 || message.type != MSG_GO)
		_exit(255);
	return 0;
}

/* chdir PATH: the container chose where its links lead, so look at where we are. */
int step_chdir(struct run *run, char **w, int count)
{
	char here[4096];
	int fd = open_path(run, w[0], O_PATH | O_DIRECTORY), result, error;

	(void)count;
	if (fd < 0)
		return -1;
	result = fchdir(fd);
	error = errno;
	close(fd);
	errno = error;
	if (result < 0)
		return -1;
	if (!getcwd(here, sizeof here))
		return -1;
	if (here[0] != '/') {
		run->why = "the directory is outside of the root";
		errno = EXDEV;
		return -1;
	}
	return 0;
}

/* env NAME=VALUE */
int step_env(struct run *run, char **w, int count)
{
	char **longer;

	(void)count;
	if (!strchr(w[0], '=') || w[0][0] == '=') {
		errno = EINVAL;
		return -1;
	}
	longer = realloc(run->env, sizeof *longer * ((size_t)run->env_count + 2));
	if (!longer)
		return -1;
	run->env = longer;
	run->env[run->env_count++] = w[0];
	run->env[run->env_count] = NULL;
	return 0;
}

static void reset_signals(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int i = 1; i < _NSIG; i++)
		sigaction(i, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int execute(struct run *run, char **w)
{
	static char *no_env[] = {NULL};
	int error;

	if (stdio_open(run) < 0)
		return -1;
	if (sys_close_range(3, ~0U, VZ_CLOSE_RANGE_CLOEXEC) < 0)
		return -1;
	reset_signals();
	if (!run->die_with_parent)
		prctl(PR_SET_PDEATHSIG, 0);
	channel_tell(run->up, MSG_EXEC, run->at, 0);
	execve(w[0], w + 1, run->env ? run->env : no_env);
	error = errno;
	bind_life(run);
	errno = error;
	return -1;
}

/* exec PATH ARGV0 ARG... */
int step_exec(struct run *run, char **w, int count)
{
	(void)count;
	return execute(run, w);
}

/* try-exec PATH ARGV0 ARG... */
int step_try_exec(struct run *run, char **w, int count)
{
	(void)count;
	/* Only the program's own absence counts, not the one of a terminal. */
	if (stdio_open(run) < 0)
		return -1;
	if (execute(run, w) < 0 && errno != ENOENT && errno != ENOTDIR)
		return -1;
	return 0;
}

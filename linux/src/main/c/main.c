/* vzlaunch PLANFILE: reads the plan, executes it, leaves the report in the file. For --serve see serve.c. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "processes.h"
#include "vzlaunch.h"
#include "words.h"

#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

static char *read_all(int fd, size_t *length)
{
	struct stat st;
	char *text;

	if (fstat(fd, &st) < 0)
		return NULL;
	if (!S_ISREG(st.st_mode) || st.st_size > MAX_PLAN) {
		errno = EINVAL;
		return NULL;
	}
	*length = (size_t)st.st_size;
	text = malloc(*length + 1);
	if (!text)
		return NULL;
	for (size_t done = 0; done < *length;) {
		ssize_t got = pread(fd, text + done, *length - done, (off_t)done);
		if (got <= 0) {
			if (got == 0)
				errno = EIO;
			return NULL;
		}
		done += (size_t)got;
	}
	return text;
}

/* Standard streams that are closed would be taken by files that we open. */
static void open_standard(void)
{
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			_exit(255);
}

/*
 * Nobody is real-time in a container because whoever started us is: no limit of CPU time would hold
 * it, and with CONFIG_RT_GROUP_SCHED a group that has no real-time of its own, as those of v1 all
 * have none at first, takes no such process (EINVAL). Niceness and the like stay.
 */
static int leave_realtime(void)
{
	const struct sched_param ordinary = {0};
	int policy = sched_getscheduler(0) & ~SCHED_RESET_ON_FORK;

	if (policy != SCHED_FIFO && policy != SCHED_RR)
		return 0;
	return sched_setscheduler(0, SCHED_OTHER, &ordinary);
}

/* Whether the program will run as a user that could write to our own file. */
int run_privileged(const struct plan *plan)
{
	int step = plan_find(plan, "clone"), word = 0, flags;

	if (step < 0) {
		step = plan_find(plan, "setns");
		word = 2;
	}
	return step >= 0 && plan->steps[step].count > word &&
	       parse_namespaces(plan->steps[step].words[word], &flags) == 0 &&
	       !(flags & CLONE_NEWUSER);
}

/*
 * A container without a user namespace could execute /proc/self/exe, which is this program, and
 * write to it as the host's root. So there we run from a sealed copy in memory. Returns only if
 * that is so already, or with -1.
 */
static int run_from_memory(char **argv)
{
	int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC), copy;
	struct stat st;

	if (self < 0 || fstat(self, &st) < 0)
		return -1;
	if (fcntl(self, F_GET_SEALS) > 0) {
		close(self);
		return 0;
	}
	copy = memfd_create("vzlaunch", MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_EXEC);
	if (copy < 0 && errno == EINVAL) /* before Linux 6.3 */
		copy = memfd_create("vzlaunch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (copy < 0)
		return -1;
	for (off_t done = 0; done < st.st_size;) {
		if (sendfile(copy, self, &done, (size_t)(st.st_size - done)) <= 0)
			return -1;
	}
	if (fcntl(copy, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0)
		return -1;
	return fexecve(copy, argv, environ);
}

void run_init(struct run *run)
{
	memset(run, 0, sizeof *run);
	run->up = run->down = run->root_fd = run->net = run->terminal = -1;
	run->console = (struct console){-1, -1, -1, -1, "", NULL, NULL};
	run->ugid = (struct ugid_door){-1, -1, -1, NULL};
}

/* Reads a plan. On failure it is reported. */
int run_prepare(struct run *run, const char *text, size_t length)
{
	const char *why;
	int bad;

	if (plan_parse(&run->plan, text, length, &bad, &why) < 0) {
		report_failure(run, bad - 1, EINVAL, why);
		return -1;
	}
	if (steps_check(run) < 0) {
		report_failure(run, run->at, errno, run->why);
		return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct run run;
	size_t length;
	char *text;

	open_standard();
	if (leave_realtime() < 0) {
		dprintf(2, "vzlaunch: sched_setscheduler: %s\n", strerror(errno));
		return 255;
	}
	if (argc != 2) {
		dprintf(2, "usage: vzlaunch PLANFILE\n       vzlaunch --serve\n");
		return 255;
	}
	if (strcmp(argv[1], "--serve") == 0)
		return serve();
	run_init(&run);
	run.report = open(argv[1], O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	if (run.report < 0 || !(text = read_all(run.report, &length))) {
		dprintf(2, "vzlaunch: %s: %s\n", argv[1], strerror(errno));
		return 255;
	}
	if (run_prepare(&run, text, length) < 0) {
		unlink(argv[1]);
		return 255;
	}
	free(text);
	if (run_privileged(&run.plan) && run_from_memory(argv) < 0) {
		unlink(argv[1]);
		return report_failure(&run, -1, errno, NULL);
	}
	/* Gone for all others; and if we are killed, an empty file tells that there is no report. */
	if (unlink(argv[1]) < 0 || ftruncate(run.report, 0) < 0)
		return report_failure(&run, -1, errno, NULL);
	run.has_termios = tcgetattr(0, &run.termios) == 0;
	for (int fd = 0; fd < 3 && !run.has_winsize; fd++)
		run.has_winsize = ioctl(fd, TIOCGWINSZ, &run.winsize) == 0;
	return run_plan(&run);
}

/*
 * vzlaunch --serve: executes the plans that arrive on standard input, each in a process of its own,
 * many at once. Starting fifty containers then costs its caller one process, not fifty.
 *
 *   request  ID LENGTH\n, then LENGTH bytes of plan; with LENGTH 0 that plan is to be given up
 *   answer   ID STATUS LENGTH\n, then LENGTH bytes of report
 *
 * The end of standard input ends everything that is not done yet: the caller is gone.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "processes.h"
#include "vzlaunch.h"

#define MAX_REPORT 2048

struct request {
	unsigned id;
	pid_t pid;
	int report;
	struct request *next;
};

static struct request *active;

/* Returns 1, 0 at the end of input before the first byte, or -1. */
static int read_fully(void *buffer, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t got = read(0, (char *)buffer + done, size - done);
		if (got == 0)
			return done ? -1 : 0;
		if (got < 0 && errno != EINTR)
			return -1;
		done += got > 0 ? (size_t)got : 0;
	}
	return 1;
}

/* The header is read by the byte: what follows it belongs to the next reader. */
static int read_header(unsigned *id, size_t *length)
{
	char line[40];
	size_t at = 0;
	int got;

	do {
		got = read_fully(line + at, 1);
		if (got <= 0)
			return at ? -1 : got;
	} while (line[at++] != '\n' && at < sizeof line - 1);
	line[at] = 0;
	return sscanf(line, "%u %zu\n", id, length) == 2 && *length <= MAX_PLAN ? 1 : -1;
}

static int write_fully(const char *buffer, size_t size)
{
	for (size_t done = 0; done < size;) {
		ssize_t written = write(1, buffer + done, size - done);
		if (written < 0 && errno != EINTR)
			return -1;
		done += written > 0 ? (size_t)written : 0;
	}
	return 0;
}

static void answer(const struct request *request, int status)
{
	char text[64 + MAX_REPORT];
	char report[MAX_REPORT];
	ssize_t length = pread(request->report, report, sizeof report, 0);
	int head = snprintf(text, 64, "%u %d %zd\n", request->id, status, length < 0 ? 0 : length);

	if (length > 0)
		memcpy(text + head, report, (size_t)length);
	/* A caller that does not listen any more will close our input, too. */
	if (write_fully(text, (size_t)head + (size_t)(length < 0 ? 0 : length)) < 0)
		return;
}

static void execute(const struct request *request, const char *text, size_t length)
	__attribute__((noreturn));
static void execute(const struct request *request, const char *text, size_t length)
{
	struct run run;
	sigset_t none;

	for (struct request *other = active; other; other = other->next)
		close(other->report);
	/* What runs in the end shall inherit nothing of how we listen. */
	sigemptyset(&none);
	signal(SIGPIPE, SIG_DFL);
	if (null_stdio() < 0 || sigprocmask(SIG_SETMASK, &none, NULL) < 0)
		_exit(255);
	run_init(&run);
	run.report = request->report;
	if (run_prepare(&run, text, length) < 0)
		_exit(255);
	if (run_privileged(&run.plan))
		_exit(report_failure(&run, -1, EPERM, "a plan without a user namespace needs its own launcher"));
	_exit(run_plan(&run));
}

/* Takes one request from standard input. Returns 0 at its end, or if it makes no sense. */
static int take(void)
{
	struct request *request, *other;
	size_t length;
	unsigned id;
	char *text;

	if (read_header(&id, &length) <= 0)
		return 0;
	if (length == 0) {
		for (other = active; other; other = other->next)
			if (other->id == id)
				kill(other->pid, SIGTERM);
		return 1;
	}
	text = malloc(length);
	request = calloc(1, sizeof *request);
	if (!text || !request || read_fully(text, length) <= 0)
		return 0;
	request->id = id;
	request->report = memfd_create("report", MFD_CLOEXEC);
	request->pid = request->report < 0 ? -1 : fork();
	if (request->pid == 0)
		execute(request, text, length);
	free(text);
	if (request->pid < 0) {
		answer(request, 255);
		if (request->report >= 0)
			close(request->report);
		free(request);
		return 1;
	}
	request->next = active;
	active = request;
	return 1;
}

static void reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct request **at = &active;
		while (*at && (*at)->pid != pid)
			at = &(*at)->next;
		if (*at) {
			struct request *done = *at;
			answer(done, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
			*at = done->next;
			close(done->report);
			free(done);
		}
	}
}

int serve(void)
{
	struct pollfd p[2] = {{.fd = 0, .events = POLLIN}, {.events = POLLIN}};
	struct signalfd_siginfo info;
	sigset_t set;

	/* What a terminal sends to all of its job is for the caller to interpret. */
	if (setpgid(0, 0) < 0 && getpgrp() != getpid())
		return 255;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return 255;
	p[1].fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (p[1].fd < 0)
		return 255;
	while (1) {
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			return 255;
		if (p[1].revents && read(p[1].fd, &info, sizeof info) > 0)
			reap();
		if (p[0].revents && !take())
			break;
	}
	for (struct request *left = active; left; left = left->next)
		kill(left->pid, SIGTERM);
	while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
		;
	return 0;
}

/* A detached plan's host process: brings init up, then becomes its monitor. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "processes.h"
#include "ugid.h"
#include "vzlaunch.h"

/* Leaves, with nothing behind: init and what it was known by. */
static void give_up(struct run *run, int step, int error, const char *why)
	__attribute__((noreturn));
static void give_up(struct run *run, int step, int error, const char *why)
{
	struct message message = {
		.type = MSG_FAILED, .step = step, .value = error, .fds = {-1, -1, -1}};

	if (run->inner > 0) {
		kill(run->inner, SIGKILL);
		while (waitpid(run->inner, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (run->pid_file)
		unlink(run->pid_file);
	if (run->console.socket)
		unlink(run->console.socket);
	ugid_clean(run);
	if (why)
		snprintf(message.text, sizeof message.text, "%s", why);
	channel_send(run->up, &message);
	_exit(255);
}

/* A message from init. Returns 1 if its program is about to run. */
static int from_init(struct run *run, int *step)
{
	struct message message;
	int got = channel_receive(run->down, &message);

	if (got < 0)
		give_up(run, run->at, errno, NULL);
	if (got == 0) {
		int status = 0;
		if (*step >= 0)
			return 1;
		/* It went without a word: something killed it. */
		kill(run->inner, SIGKILL);
		waitpid(run->inner, &status, 0);
		run->inner = 0;
		give_up(run, run->at, ECANCELED, "init was killed before its program ran");
	}
	switch (message.type) {
	case MSG_FAILED:
		give_up(run, message.step, message.value, message.text);
	case MSG_READY:
		run->at = message.step;
		if (channel_tell(run->up, MSG_READY, message.step, run->inner) < 0)
			give_up(run, run->at, errno, NULL);
		break;
	case MSG_EXEC:
		*step = message.step;
		break;
	case MSG_LISTENER:
		run->ugid.listener = message.fds[0];
		break;
	default:
		break;
	}
	return 0;
}

/* What was allowed beyond a container's limits for the work at the gate. */
static void limit_again(struct run *run)
{
	int at = plan_find(&run->plan, "quota-after-gate");

	run->why = NULL;
	if (at >= 0 && step_quota(run, run->plan.steps[at].words, run->plan.steps[at].count) < 0)
		give_up(run, at, errno, run->why);
}

static void from_caller(struct run *run)
{
	struct message message;

	if (channel_receive(run->up, &message) <= 0)
		give_up(run, run->at, ECANCELED, "the caller has gone");
	if (message.type != MSG_GO)
		give_up(run, run->at, ECANCELED, "refused at the gate");
	limit_again(run);
	if (channel_tell(run->down, MSG_GO, run->at, 0) < 0)
		give_up(run, run->at, errno, NULL);
}

static void wait_for_init(struct run *run)
{
	struct pollfd p[2] = {{.fd = run->down, .events = POLLIN}, {.fd = run->up, .events = POLLIN}};
	int exec_step = -1;

	while (1) {
		if (poll(p, 2, -1) < 0 && errno != EINTR)
			give_up(run, run->at, errno, NULL);
		if (p[0].revents && from_init(run, &exec_step))
			return;
		if (p[1].revents)
			from_caller(run);
	}
}

void host_main(struct run *run)
{
	int inside = plan_find(&run->plan, "inside");

	if (setsid() < 0 || chdir("/") < 0 || null_stdio() < 0)
		give_up(run, 0, errno, NULL);
	if (steps_run(run, 1, inside) < 0 || maps_write(run) < 0 ||
	    channel_tell(run->down, MSG_GO, inside, 0) < 0)
		give_up(run, run->at, errno, run->why);
	run->at = inside;
	wait_for_init(run);
	if (ugid_open_door(run) < 0)
		give_up(run, plan_find(&run->plan, "ugid-listen"), errno, NULL);
	channel_tell(run->up, MSG_LAUNCHED, run->plan.count - 1, run->inner);
	if (!run->monitor)
		_exit(0);
	monitor_exec(run);
	give_up(run, plan_find(&run->plan, "monitor"), errno, NULL);
}

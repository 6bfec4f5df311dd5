/* The outer process: starts the others, waits for the outcome, reports it. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "kernel.h"
#include "processes.h"
#include "ugid.h"
#include "vzlaunch.h"

static const int watched[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGWINCH, SIGCONT, SIGCHLD};

int watch_open(struct watch *watch)
{
	sigset_t set, blocked;
	pid_t parent = getppid();

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
		sigaddset(&set, watched[i]);
	/* Blocked SIGTTIN: reading in the background then fails instead of stopping us. */
	blocked = set;
	sigaddset(&blocked, SIGTTIN);
	sigaddset(&blocked, SIGPIPE);
	if (sigprocmask(SIG_BLOCK, &blocked, NULL) < 0)
		return -1;
	watch->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	/* Unlike PR_SET_PDEATHSIG this is bound to the process, not to the thread that started us. */
	watch->parent = sys_pidfd_open(parent);
	return watch->signals < 0 ? -1 : 0;
}

int watch_signal(const struct watch *watch)
{
	struct signalfd_siginfo info;

	if (read(watch->signals, &info, sizeof info) != sizeof info)
		return 0;
	return (int)info.ssi_signo;
}

static int is_ending(int signal)
{
	return signal == SIGTERM || signal == SIGHUP || signal == SIGINT || signal == SIGQUIT;
}

/* Takes "go\n" from standard input and passes it on; anything else ends the launch. */
static void answer_gate(int channel, char *answer, size_t *length)
{
	ssize_t got = read(0, answer + *length, 3 - *length);

	if (got > 0) {
		*length += (size_t)got;
		if (*length < 3 && memcmp(answer, "go\n", *length) == 0)
			return;
	}
	if (got > 0 && memcmp(answer, "go\n", 3) == 0)
		channel_tell(channel, MSG_GO, 0, 0);
	else
		channel_tell(channel, MSG_KILL, 0, 0);
}

static int open_gate(int pid)
{
	char line[32];
	int length = snprintf(line, sizeof line, "ready %d\n", pid);

	return write(1, line, (size_t)length) == length ? 0 : -1;
}

/* Waits for the host process of a detached plan. */
static int wait_detached(struct run *run, int channel, const struct watch *watch)
{
	struct message message, failure = {.type = 0}, launched = {.type = 0};
	struct pollfd p[3] = {{.fd = channel, .events = POLLIN},
			      {.fd = watch->signals, .events = POLLIN},
			      {.fd = -1, .events = POLLIN}};
	char answer[3];
	size_t length = 0;

	while (1) {
		if (poll(p, 3, -1) < 0 && errno != EINTR)
			return report_failure(run, -1, errno, NULL);
		if (p[1].revents && is_ending(watch_signal(watch)))
			channel_tell(channel, MSG_KILL, 0, 0);
		if (p[2].revents) {
			answer_gate(channel, answer, &length);
			if (length == 3 || !(p[2].revents & POLLIN))
				p[2].fd = -1;
		}
		if (!p[0].revents)
			continue;
		if (channel_receive(channel, &message) <= 0)
			break;
		if (message.type == MSG_FAILED)
			failure = message;
		if (message.type == MSG_LAUNCHED)
			launched = message;
		if (message.type == MSG_READY) {
			if (open_gate(message.value) < 0)
				channel_tell(channel, MSG_KILL, 0, 0);
			else
				p[2].fd = 0;
		}
	}
	if (failure.type)
		return report_failure(run, failure.step, failure.value, failure.text);
	if (!launched.type)
		return report_failure(run, -1, ECANCELED, "the launcher's host process was killed");
	report_line(run, "ok %d", launched.value);
	return 0;
}

static int run_detached(struct run *run)
{
	struct watch watch;
	int channel[2];
	pid_t host;

	if (watch_open(&watch) < 0 || channel_make(channel) < 0)
		return report_failure(run, 0, errno, NULL);
	host = fork();
	if (host < 0)
		return report_failure(run, 0, errno, NULL);
	if (host == 0) {
		close(channel[0]);
		close(run->report);
		run->up = channel[1];
		host_main(run);
	}
	close(channel[1]);
	return wait_detached(run, channel[0], &watch);
}

static int report_status(struct run *run, int status)
{
	if (WIFSIGNALED(status)) {
		report_line(run, "signal %d", WTERMSIG(status));
		return 128 + WTERMSIG(status);
	}
	report_line(run, "exit %d", WEXITSTATUS(status));
	return WEXITSTATUS(status);
}

/*
 * Waits until the inner process runs its program or has failed. A frozen container would keep us
 * here for ever, so signals and the caller's end end it; what is frozen dies when it is thawed.
 */
static int wait_inner(struct run *run, int channel, const struct watch *watch, pid_t host,
		      struct outcome *outcome)
{
	struct pollfd p[3] = {{.fd = channel, .events = POLLIN},
			      {.fd = watch->signals, .events = POLLIN},
			      {.fd = watch->parent, .events = POLLIN}};
	struct message message;

	memset(outcome, 0, sizeof *outcome);
	outcome->fds[0] = outcome->fds[1] = outcome->fds[2] = -1;
	while (1) {
		int signal = 0;
		if (poll(p, 3, -1) < 0 && errno != EINTR)
			return -1;
		if (p[1].revents)
			signal = watch_signal(watch);
		if (is_ending(signal) || p[2].revents) {
			if (host > 0)
				kill(host, SIGKILL);
			if (run->inner > 0)
				kill(run->inner, SIGKILL);
			errno = EINTR;
			return -1;
		}
		if (!p[0].revents)
			continue;
		if (channel_receive(channel, &message) <= 0)
			return 0;
		if (message.type == MSG_PID)
			run->inner = message.value;
		else if (message.type == MSG_STDIO)
			memcpy(outcome->fds, message.fds, sizeof outcome->fds);
		else if (message.type == MSG_LISTENER)
			ugid_hand_over(run, message.fds[0]);
		else if (message.type == MSG_EXEC)
			outcome->exec = 1;
		else if (message.type == MSG_FAILED) {
			outcome->failed = message.value;
			outcome->step = message.step;
			memcpy(outcome->why, message.text, sizeof outcome->why);
		} else if (message.type == MSG_READY)
			channel_tell(channel, MSG_GO, 0, 0);
	}
}

static int live(struct run *run, int channel, const struct watch *watch, pid_t host)
{
	struct outcome outcome;
	int error = 0, status = 0;

	if (wait_inner(run, channel, watch, host, &outcome) < 0)
		error = errno;
	close(channel);
	if (error)
		return report_failure(run, -1, error, "interrupted before the program ran");
	if (host > 0)
		waitpid(host, NULL, 0);
	if (!outcome.failed && outcome.exec)
		return report_status(run, relay(run, watch, outcome.fds));
	if (run->inner > 0) {
		kill(run->inner, SIGKILL);
		waitpid(run->inner, &status, 0);
	}
	if (outcome.failed)
		return report_failure(run, outcome.step, outcome.failed, outcome.why);
	return report_failure(run, -1, ECANCELED, "killed before the program ran");
}

static int plan_inherits(const struct run *run)
{
	int stdio = plan_find(&run->plan, "stdio");

	return stdio >= 0 && strcmp(run->plan.steps[stdio].words[0], "inherit") == 0;
}

/* setns and fork: a helper joins, for its own namespaces are lost by that. */
static int run_forked(struct run *run)
{
	int fork_step = plan_find(&run->plan, "fork"), channel[2];
	struct watch watch;
	pid_t host;

	if (watch_open(&watch) < 0 || channel_make(channel) < 0)
		return report_failure(run, -1, errno, NULL);
	host = fork();
	if (host < 0)
		return report_failure(run, -1, errno, NULL);
	if (host == 0) {
		struct message message = {.type = MSG_FAILED, .fds = {-1, -1, -1}};
		close(channel[0]);
		close(run->report);
		run->up = channel[1];
		bind_life(run);
		/* Here, for after setns /dev/null is the container's. */
		if (!plan_inherits(run) && null_stdio() < 0)
			_exit(255);
		steps_run(run, 0, fork_step + 1);
		message.step = run->at;
		message.value = errno;
		if (run->why)
			snprintf(message.text, sizeof message.text, "%s", run->why);
		channel_send(run->up, &message);
		_exit(255);
	}
	close(channel[1]);
	return live(run, channel[0], &watch, host);
}

/* clone without detach: lives and dies with us. */
static int run_attached(struct run *run)
{
	int inside = plan_find(&run->plan, "inside");
	struct watch watch;
	int error;

	if (watch_open(&watch) < 0)
		return report_failure(run, -1, errno, NULL);
	run->die_with_parent = 1;
	if (steps_run(run, 0, inside) < 0 || maps_write(run) < 0 ||
	    channel_tell(run->down, MSG_GO, inside, 0) < 0) {
		error = errno;
		if (run->inner > 0) {
			kill(run->inner, SIGKILL);
			waitpid(run->inner, NULL, 0);
		}
		return report_failure(run, run->at, error, run->why);
	}
	return live(run, run->down, &watch, 0);
}

/* Executes the whole plan. Returns the exit status. */
int run_plan(struct run *run)
{
	if (plan_find(&run->plan, "detach") >= 0)
		return run_detached(run);
	if (plan_find(&run->plan, "fork") >= 0)
		return run_forked(run);
	if (plan_find(&run->plan, "clone") >= 0)
		return run_attached(run);
	if (steps_run(run, 0, run->plan.count) < 0)
		return report_failure(run, run->at, errno, run->why);
	report_line(run, "done");
	return 0;
}

/* Lives beside the inner process: carries its streams, its signals and its end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "flow.h"
#include "processes.h"
#include "vzlaunch.h"

enum { IN, OUT, ERR, FLOWS };
enum { SIGNALS, PARENT, FIRST_FLOW, ENTRIES = FIRST_FLOW + 2 * FLOWS };

#define DRAIN_MS 50	/* silence of a terminal after which its output counts as complete */
#define HANGUP_MS 2000	/* time to die of a passed-on SIGTERM before the terminal is taken away */
#define EOF_MS 1000	/* how often to say to a terminal that its input has ended */
#define BACKGROUND_MS 300 /* how often to look whether the caller's terminal is ours again */

struct relay {
	pid_t inner;
	int master; /* of the inner process's terminal, -1 without */
	struct flow flows[FLOWS];
	int ended, status;
	int leaving;	   /* the signal that makes us leave if the process does not */
	long long deadline; /* when, in ms; 0: never */
	long long eof_again; /* when to tell the terminal again that its input has ended; 0: never */
};

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void pass_window_size(const struct relay *relay)
{
	struct winsize size;

	for (int fd = 0; fd < 3; fd++) {
		if (ioctl(fd, TIOCGWINSZ, &size) == 0) {
			ioctl(relay->master, TIOCSWINSZ, &size);
			return;
		}
	}
}

/* To its process group, if it leads one. */
static void pass_signal(const struct relay *relay, int number)
{
	if (kill(-relay->inner, number) < 0)
		kill(relay->inner, number);
}

static void collect(struct relay *relay)
{
	if (relay->ended || waitpid(relay->inner, &relay->status, WNOHANG) != relay->inner)
		return;
	relay->ended = 1;
	if (relay->flows[IN].open && relay->master < 0)
		close(relay->flows[IN].to);
	relay->flows[IN].open = 0;
	if (relay->master < 0) {
		/* What others write into the same pipes from now on is not waited for. */
		flow_finish(&relay->flows[OUT]);
		flow_finish(&relay->flows[ERR]);
	} else {
		relay->deadline = 0;
		relay->eof_again = 0;
	}
}

static void on_signal(struct relay *relay, int number)
{
	switch (number) {
	case SIGCHLD:
		collect(relay);
		break;
	case SIGCONT:
		if (relay->master >= 0 && isatty(0))
			terminal_raw();
		/* fall through */
	case SIGWINCH:
		if (relay->master >= 0)
			pass_window_size(relay);
		break;
	case 0:
		break;
	default:
		if (relay->ended) {
			relay->leaving = number;
			relay->deadline = now_ms();
			break;
		}
		pass_signal(relay, number);
		if (relay->master >= 0 && (number == SIGTERM || number == SIGHUP)) {
			pass_signal(relay, SIGCONT);
			relay->leaving = number;
			relay->deadline = now_ms() + HANGUP_MS;
		}
	}
}

/* The caller's input has ended: so does the process's. */
static void end_input(struct relay *relay)
{
	struct flow *in = &relay->flows[IN];

	if (relay->master < 0) {
		close(in->to);
	} else {
		/* A terminal's end of file; twice, if a line is begun: the first ends the line. */
		const char *eof = "\004\004";
		ssize_t ignored = write(relay->master, eof, in->last && in->last != '\n' ? 2 : 1);
		(void)ignored;
		/* A program that changes the terminal's mode meanwhile, as a shell does when it
		 * starts, does not see it: n_tty makes a NUL of it. */
		in->last = '\n';
		relay->eof_again = now_ms() + EOF_MS;
	}
}

static void carry(struct relay *relay, const struct pollfd *p)
{
	for (int i = 0; i < FLOWS; i++) {
		struct flow *flow = &relay->flows[i];
		if (!flow->open)
			continue;
		flow_carry(flow, p + FIRST_FLOW + 2 * i);
		if (flow->open)
			continue;
		if (i == IN)
			end_input(relay);
		else if (relay->master < 0)
			close(flow->from); /* the process shall see that nobody reads */
	}
}

static int timeout_ms(const struct relay *relay)
{
	long long rest;

	if (relay->deadline) {
		rest = relay->deadline - now_ms();
		return rest > 0 ? (int)rest : 0;
	}
	if (relay->ended)
		return DRAIN_MS;
	if (relay->eof_again) {
		rest = relay->eof_again - now_ms();
		return rest > 0 ? (int)rest : 0;
	}
	return relay->flows[IN].paused ? BACKGROUND_MS : -1;
}

/* One round. Returns 0 when all is done. */
static int turn(struct relay *relay, const struct watch *watch)
{
	struct pollfd p[ENTRIES] = {{.fd = watch->signals, .events = POLLIN},
				    {.fd = watch->parent, .events = POLLIN}};
	int count;

	if (relay->ended && !relay->flows[OUT].open && !relay->flows[ERR].open)
		return 0;
	for (int i = 0; i < FLOWS; i++)
		flow_poll(&relay->flows[i], p + FIRST_FLOW + 2 * i);
	count = poll(p, ENTRIES, timeout_ms(relay));
	if (count < 0)
		return errno == EINTR;
	relay->flows[IN].paused = 0;
	if (relay->eof_again && now_ms() >= relay->eof_again)
		end_input(relay);
	if (count == 0) {
		/* A terminal that some child keeps open after the end is left; but a slow reader of
		 * pipes is waited for. */
		if (relay->deadline || (relay->ended && relay->master >= 0 &&
					relay->flows[OUT].end == relay->flows[OUT].start &&
					!relay->flows[OUT].ready))
			return 0;
		return 1;
	}
	if (p[SIGNALS].revents)
		for (int number; (number = watch_signal(watch)) > 0;)
			on_signal(relay, number);
	if (p[PARENT].revents) {
		pass_signal(relay, SIGHUP);
		relay->leaving = SIGHUP;
		return 0;
	}
	carry(relay, p);
	return 1;
}

/* What the plan types before the caller does. */
static void type_first(const struct run *run, struct flow *in)
{
	int step = plan_find(&run->plan, "type");

	if (step < 0 || !(in->buffer = malloc(FLOW_BUFFER)))
		return;
	in->end = strnlen(run->plan.steps[step].words[0], FLOW_BUFFER);
	memcpy(in->buffer, run->plan.steps[step].words[0], in->end);
}

static void set_up(const struct run *run, struct relay *relay, const int fds[3])
{
	for (int i = 0; i < FLOWS; i++)
		relay->flows[i].from = relay->flows[i].to = -1;
	if (fds[0] < 0)
		return;
	if (fds[1] < 0) {
		relay->master = fds[0];
		fcntl(relay->master, F_SETFL, O_RDWR | O_NONBLOCK);
		pass_window_size(relay);
		if (isatty(0))
			terminal_raw();
		flow_open(&relay->flows[IN], 0, relay->master);
		type_first(run, &relay->flows[IN]);
		flow_open(&relay->flows[OUT], relay->master, terminal_nonblocking(1, O_WRONLY));
		relay->flows[OUT].can_splice = relay->flows[IN].can_splice = 0;
		return;
	}
	for (int i = 0; i < 3; i++) {
		/* Our ends are ours alone: the process has the other ones. */
		fcntl(fds[i], F_SETFL, O_NONBLOCK | (i == 0 ? O_WRONLY : O_RDONLY));
		fcntl(fds[i], F_SETPIPE_SZ, 1 << 18);
	}
	flow_open(&relay->flows[IN], 0, fds[0]);
	flow_open(&relay->flows[OUT], fds[1], terminal_nonblocking(1, O_WRONLY));
	flow_open(&relay->flows[ERR], fds[2], terminal_nonblocking(2, O_WRONLY));
}

int relay(struct run *run, const struct watch *watch, const int fds[3])
{
	struct relay relay = {.inner = run->inner, .master = -1};

	set_up(run, &relay, fds);
	collect(&relay);
	while (turn(&relay, watch))
		;
	terminal_restore();
	if (relay.ended)
		return relay.status;
	/* We leave before it does: its streams end with us. */
	return relay.leaving ? relay.leaving : SIGKILL;
}

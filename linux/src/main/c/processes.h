/* The launcher's processes, see vzlaunch.h. */
#ifndef VZ_PROCESSES_H
#define VZ_PROCESSES_H

#include <sys/types.h>

struct plan;
struct run;

/* Bytes of a plan's text at most. */
#define MAX_PLAN (16 << 20)

/* main.c: a run of nothing yet; reading its plan (0, or -1 when the failure is reported). */
void run_init(struct run *run);
int run_prepare(struct run *run, const char *text, size_t length);
int run_privileged(const struct plan *plan);

/* serve.c: executes plans from standard input until its end. Returns the exit status. */
int serve(void);

/* What came of the inner process until its program ran. */
struct outcome {
	int failed; /* errno, 0 if nothing failed */
	int step;   /* the one that failed */
	char why[160];
	int exec;   /* its program runs, or ran */
	int fds[3]; /* the other ends of its standard streams: one for a terminal */
};

/* What wakes a waiting process besides its work. */
struct watch {
	int signals; /* signalfd */
	int parent;  /* pidfd of the caller */
};

/* Blocks the signals that we wait for in other ways, and opens the watch. */
int watch_open(struct watch *watch);

/* The next signal that came, its number; 0 if none. */
int watch_signal(const struct watch *watch);

/* inner.c: does the inside section, never returns. */
void inner_main(struct run *run, int channel, int wait) __attribute__((noreturn));

/* host.c: a detached plan's host process, never returns. */
void host_main(struct run *run) __attribute__((noreturn));

/* relay.c: lives beside the inner process; returns its wait status. */
int relay(struct run *run, const struct watch *watch, const int fds[3]);

/* terminal.c: the caller's terminal. */
int terminal_raw(void);
void terminal_restore(void);
/* Opens one of our standard streams anew, not blocking, if it is a terminal; else returns it. */
int terminal_nonblocking(int fd, int flags);

#endif

/* The caller's terminal: raw while we relay, as it was on every way out. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#include "processes.h"

static struct termios saved;
static int is_raw;

static void on_signal(int number)
{
	terminal_restore();
	/* SIGTSTP: SIGCONT makes the terminal raw again. Others end us, for their handler is gone. */
	kill(getpid(), number == SIGTSTP ? SIGSTOP : number);
}

/* The signals that would end or stop us and that nobody waits for. */
static void restore_on_signals(void)
{
	static const int numbers[] = {SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO,
				      SIGPWR,  SIGSEGV, SIGBUS,	 SIGABRT,   SIGFPE,  SIGILL,
				      SIGSYS,  SIGTRAP, SIGXCPU, SIGXFSZ,   SIGTSTP};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction action = {.sa_handler = on_signal};
		action.sa_flags = numbers[i] == SIGTSTP ? SA_RESTART : (int)SA_RESETHAND;
		sigaction(numbers[i], &action, NULL);
	}
}

/* Makes standard input raw if it is a terminal; remembers its modes the first time. */
int terminal_raw(void)
{
	struct termios raw;

	if (!is_raw && tcgetattr(0, &saved) < 0)
		return -1;
	if (!is_raw)
		restore_on_signals();
	raw = saved;
	cfmakeraw(&raw);
	is_raw = 1;
	return tcsetattr(0, TCSADRAIN, &raw);
}

void terminal_restore(void)
{
	if (is_raw)
		tcsetattr(0, TCSADRAIN, &saved);
}

int terminal_nonblocking(int fd, int flags)
{
	char path[32];
	int own;

	if (!isatty(fd))
		return fd;
	/* O_NONBLOCK belongs to the open file, which we share with the caller: open our own. */
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	own = open(path, flags | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return own < 0 ? fd : own;
}

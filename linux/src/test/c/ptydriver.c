/*
 * ptydriver COMMAND ARG...: runs a command at a terminal of 24 rows and 80 columns, typing what
 * standard input gives and writing to standard output what the terminal shows. SIGUSR1 makes the
 * terminal 50 by 132. Before its end it writes whether the terminal's modes are as they were before
 * the command, as "[modes same]" or "[modes changed]"; its exit status is the command's, 128+N for
 * signal N.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int master;

static void resize(int number)
{
	struct winsize size = {.ws_row = 50, .ws_col = 132};

	(void)number;
	ioctl(master, TIOCSWINSZ, &size);
}

static int carry(int from, int to)
{
	char bytes[4096];
	ssize_t got = read(from, bytes, sizeof bytes);

	return got > 0 && write(to, bytes, (size_t)got) == got ? 1 : 0;
}

int main(int argc, char **argv)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	struct termios before, after;
	struct pollfd p[2];
	int slave, unlock = 0, status;
	pid_t pid;

	if (argc < 2)
		return 2;
	master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (master < 0 || ioctl(master, TIOCSPTLCK, &unlock) < 0)
		return 2;
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	ioctl(master, TIOCSWINSZ, &size);
	tcgetattr(slave, &before);
	pid = fork();
	if (pid == 0) {
		setsid();
		dup2(slave, 0), dup2(slave, 1), dup2(slave, 2);
		ioctl(0, TIOCSCTTY, 0);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	signal(SIGUSR1, resize);
	/* The slave stays open here, so that the modes can be looked at: there is no hangup. */
	p[0] = (struct pollfd){.fd = master, .events = POLLIN};
	p[1] = (struct pollfd){.fd = 0, .events = POLLIN};
	while (waitpid(pid, &status, WNOHANG) == 0) {
		if (poll(p, 2, 20) <= 0)
			continue;
		if (p[0].revents)
			carry(master, 1);
		if (p[1].revents && !carry(0, master))
			p[1].fd = -1;
	}
	while (poll(p, 1, 50) > 0 && carry(master, 1))
		;
	tcgetattr(slave, &after);
	dprintf(1, "[modes %s]\n", memcmp(&before, &after, sizeof before) == 0 ? "same" : "changed");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

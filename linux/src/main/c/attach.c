/* attach SOCKET: the caller's terminal at a container's console. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "kernel.h"
#include "monitor_fds.h"
#include "processes.h"
#include "vzlaunch.h"

struct typing {
	int line_start; /* the next byte is the first of a line */
	int escape;	/* an ESC at the start of a line, not yet passed on */
	int detach;
};

static void tell(int console, char what, const void *data, size_t length)
{
	char packet[CONSOLE_PACKET];

	packet[0] = what;
	memcpy(packet + 1, data, length);
	send(console, packet, length + 1, MSG_NOSIGNAL);
}

static void tell_size(int console)
{
	struct winsize size;
	unsigned short words[2];

	if (ioctl(0, TIOCGWINSZ, &size) < 0)
		return;
	words[0] = size.ws_row;
	words[1] = size.ws_col;
	tell(console, CONSOLE_SIZE, words, sizeof words);
}

/* ESC . at the start of a line detaches, ESC ! is the secure attention key. */
static void type(int console, struct typing *typing, const char *bytes, size_t count)
{
	char out[CONSOLE_PACKET];
	size_t length = 0;

	for (size_t i = 0; i < count && !typing->detach; i++) {
		char c = bytes[i];
		if (typing->escape) {
			typing->escape = 0;
			if (c == '.') {
				typing->detach = 1;
				break;
			}
			if (c == '!') {
				tell(console, CONSOLE_SAK, "", 0);
				continue;
			}
			out[length++] = '\033';
		} else if (typing->line_start && c == '\033') {
			typing->escape = 1;
			continue;
		}
		out[length++] = c;
		typing->line_start = c == '\r' || c == '\n';
		if (length + 2 >= sizeof out) {
			tell(console, CONSOLE_INPUT, out, length);
			length = 0;
		}
	}
	if (length)
		tell(console, CONSOLE_INPUT, out, length);
}

static int write_all(int fd, const char *bytes, size_t count)
{
	while (count) {
		ssize_t put = write(fd, bytes, count);
		if (put < 0 && errno == EAGAIN) {
			struct pollfd p = {.fd = fd, .events = POLLOUT};
			poll(&p, 1, -1);
		} else if (put < 0 && errno != EINTR) {
			return -1;
		} else if (put > 0) {
			bytes += put;
			count -= (size_t)put;
		}
	}
	return 0;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (strlen(path) >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void on_signal(int console, int number, struct typing *typing)
{
	if (number == SIGWINCH || number == SIGCONT) {
		if (number == SIGCONT && isatty(0))
			terminal_raw();
		tell_size(console);
	} else if (number && number != SIGCHLD) {
		typing->detach = 1;
	}
}

/* Runs until the user detaches, the console ends, or the caller goes. */
static void converse(int console, const struct watch *watch)
{
	struct pollfd p[4] = {{.fd = watch->signals, .events = POLLIN},
			      {.fd = watch->parent, .events = POLLIN},
			      {.fd = console, .events = POLLIN},
			      {.fd = 0, .events = POLLIN}};
	struct typing typing = {.line_start = 1};
	char bytes[4096];

	while (!typing.detach) {
		ssize_t got;
		if (poll(p, 4, -1) < 0 && errno != EINTR)
			return;
		if (p[0].revents)
			on_signal(console, watch_signal(watch), &typing);
		if (p[1].revents)
			return;
		if (p[2].revents) {
			got = recv(console, bytes, sizeof bytes, 0);
			if (got <= 0 || write_all(1, bytes, (size_t)got) < 0)
				return;
		}
		if (p[3].revents) {
			got = read(0, bytes, CONSOLE_PACKET / 2);
			if (got > 0) {
				type(console, &typing, bytes, (size_t)got);
			} else if (got == 0 || errno != EINTR) {
				/* Nothing more to type: the monitor sends what there is and closes. */
				shutdown(console, SHUT_WR);
				p[3].fd = -1;
			}
		}
	}
}

int step_attach(struct run *run, char **w, int count)
{
	struct watch watch;
	int console = connect_to(w[0]);

	(void)run, (void)count;
	if (console < 0 || watch_open(&watch) < 0)
		return -1;
	if (isatty(0))
		terminal_raw();
	tell_size(console);
	converse(console, &watch);
	terminal_restore();
	close(console);
	return 0;
}

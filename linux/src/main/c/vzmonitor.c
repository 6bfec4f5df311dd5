/*
 * vzmonitor [--ugid UID GID NUMBER DEVICE] STATE_DIR [PROGRAM ARG...]: the parent of a container's
 * init.
 *
 * Serves the container's console, waits for init's end, writes how it ended to STATE_DIR/exit, and
 * executes PROGRAM, which cleans up or starts the container again; unless STATE_DIR/stopping names
 * a living process ("PID" or "PID STARTTIME"), which is then at it already.
 *
 * With --ugid it makes the container's calls of quotactl(2), see ugid/serve.h.
 *
 * Started by the launcher with SIGCHLD blocked and the descriptors of monitor_fds.h. No libc, no
 * memory but the stack: see bare.h.
 */
#include <asm/errno.h>
#include <asm/fcntl.h>
#include <asm/ioctls.h>
#include <asm/poll.h>
#include <asm/signal.h>
#include <stddef.h>
#include <stdint.h>

#include "bare.h"
#include "monitor_fds.h"
#include "ring.h"
#include "status_text.h"
#include "ugid/serve.h"

#define AT_FDCWD (-100)
#define WNOHANG 1
#define MSG_DONTWAIT 0x40
#define MSG_NOSIGNAL 0x4000
#define CLIENTS 4
#define CHUNK 512

struct client {
	int fd;	      /* -1: free */
	int leaving;  /* closes as soon as it has all output */
	uint64_t at;  /* the next byte of output that it gets */
};

struct monitor {
	struct ring_header ring;
	struct client clients[CLIENTS];
	int signals;
	int silent; /* the console's other side has gone: look again after a while */
	struct ugid ugid;
};

BARE_START;

static void copy(char *to, const char *from, size_t count)
{
	for (size_t i = 0; i < count; i++)
		((volatile char *)to)[i] = from[i];
}

static void drop(struct client *client)
{
	CALL(close, client->fd, 0, 0, 0, 0);
	client->fd = -1;
}

/* Sends a client what it has not got yet, as far as it takes it now. */
static void serve(struct monitor *m, struct client *client)
{
	char chunk[CHUNK];

	while (client->fd >= 0 && client->at < m->ring.written) {
		uint64_t count = m->ring.written - client->at;
		long got, sent;

		/* Too slow a client loses what was overwritten meanwhile. */
		if (client->at < ring_oldest(&m->ring)) {
			client->at = ring_oldest(&m->ring);
			continue;
		}
		count = ring_span(&m->ring, client->at, count < CHUNK ? count : CHUNK);
		got = CALL(pread64, MONITOR_LOG, chunk, count, ring_offset(&m->ring, client->at), 0);
		if (got <= 0)
			return drop(client);
		sent = CALL6(sendto, client->fd, chunk, got, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
		if (sent == -EAGAIN)
			return;
		if (sent < 0)
			return drop(client);
		client->at += (uint64_t)sent;
	}
	if (client->fd >= 0 && client->leaving)
		drop(client);
}

/* Output of the container goes into the ring first, and from there to everyone. */
static int take_output(struct monitor *m)
{
	char chunk[CHUNK];
	long got = CALL(read, MONITOR_MASTER, chunk, CHUNK, 0, 0);

	if (got <= 0) {
		m->silent = got != -EAGAIN;
		return 0;
	}
	for (long done = 0; done < got;) {
		uint64_t span = ring_span(&m->ring, m->ring.written, (uint64_t)(got - done));
		CALL(pwrite64, MONITOR_LOG, chunk + done, span,
		     ring_offset(&m->ring, m->ring.written), 0);
		m->ring.written += span;
		done += (long)span;
	}
	CALL(pwrite64, MONITOR_LOG, &m->ring.written, sizeof m->ring.written,
	     offsetof(struct ring_header, written), 0);
	for (int i = 0; i < CLIENTS; i++)
		serve(m, &m->clients[i]);
	return 1;
}

static void take_client(struct monitor *m)
{
	long fd = CALL(accept4, MONITOR_LISTENER, 0, 0, O_CLOEXEC, 0);

	if (fd < 0)
		return;
	for (int i = 0; i < CLIENTS; i++) {
		if (m->clients[i].fd < 0) {
			m->clients[i].fd = (int)fd;
			m->clients[i].leaving = 0;
			m->clients[i].at = ring_oldest(&m->ring);
			serve(m, &m->clients[i]);
			return;
		}
	}
	CALL(close, fd, 0, 0, 0, 0);
}

static void take_input(struct monitor *m, struct client *client)
{
	char packet[CONSOLE_PACKET];
	uint16_t size[4] = {0, 0, 0, 0};
	long got = CALL6(recvfrom, client->fd, packet, sizeof packet, MSG_DONTWAIT, 0, 0);

	if (got == -EAGAIN)
		return;
	if (got <= 0) {
		client->leaving = 1;
		serve(m, client);
	} else if (packet[0] == CONSOLE_INPUT) {
		/* What a terminal that nobody reads cannot hold is lost, as on a serial line. */
		CALL(write, MONITOR_MASTER, packet + 1, got - 1, 0, 0);
	} else if (packet[0] == CONSOLE_SIZE && got == 5) {
		copy((char *)size, packet + 1, 4);
		CALL(ioctl, MONITOR_MASTER, TIOCSWINSZ, size, 0, 0);
	}
}

/* Waits for something to happen and sees to it. Returns when init may have ended. */
static void turn(struct monitor *m, int has_console)
{
	struct pollfd p[4 + CLIENTS];
	struct timespec_64 {
		int64_t seconds, nanoseconds;
	} pause = {m->silent, 0};

	for (int i = 0; i < 4 + CLIENTS; i++) {
		p[i].fd = -1;
		p[i].events = POLLIN;
		p[i].revents = 0;
	}
	p[0].fd = m->signals;
	if (m->ugid.epoll >= 0) {
		int64_t rest = ugid_rest(&m->ugid);

		p[3 + CLIENTS].fd = rest ? -1 : m->ugid.epoll;
		if (rest) {
			pause.seconds = 0;
			pause.nanoseconds = rest;
		}
	}
	if (has_console) {
		p[1].fd = m->silent ? -1 : MONITOR_MASTER;
		p[2].fd = MONITOR_LISTENER;
		for (int i = 0; i < CLIENTS; i++) {
			p[3 + i].fd = m->clients[i].fd;
			if (m->clients[i].leaving)
				p[3 + i].events = 0;
			if (m->clients[i].at < m->ring.written)
				p[3 + i].events |= POLLOUT;
		}
	}
	CALL(ppoll, p, 4 + CLIENTS, pause.seconds || pause.nanoseconds ? &pause : 0, 0, 8);
	m->silent = 0;
	for (int i = 0; i < CLIENTS; i++) {
		if (p[3 + i].fd < 0)
			continue;
		if (p[3 + i].revents & POLLOUT)
			serve(m, &m->clients[i]);
		if (m->clients[i].fd >= 0 && p[3 + i].revents & (POLLIN | POLLHUP | POLLERR))
			take_input(m, &m->clients[i]);
	}
	if (p[1].revents)
		take_output(m);
	if (p[2].revents)
		take_client(m);
	if (p[3 + CLIENTS].revents)
		ugid_turn(&m->ugid);
}

/* Writes STATE_DIR/exit. We are in STATE_DIR. */
static void write_exit(int status)
{
	char text[STATUS_TEXT];
	int length = status_text(text, status);
	long fd = CALL(openat, AT_FDCWD, "exit.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644,
		       0);

	if (fd < 0)
		return;
	CALL(write, fd, text, length, 0, 0);
	CALL(close, fd, 0, 0, 0, 0);
	CALL(renameat2, AT_FDCWD, "exit.new", AT_FDCWD, "exit", 0);
}

static long read_file(const char *path, char *text, long size)
{
	long fd = CALL(openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0, 0), got;

	if (fd < 0)
		return fd;
	got = CALL(read, fd, text, size - 1, 0, 0);
	CALL(close, fd, 0, 0, 0, 0);
	text[got > 0 ? got : 0] = 0;
	return got;
}

/* Whether STATE_DIR/stopping names a living process. We are in STATE_DIR. */
static int someone_stops(void)
{
	char text[512], path[40];
	unsigned long long pid, time;
	const char *rest;

	if (read_file("stopping", text, 64) <= 0)
		return 0;
	rest = parse_decimal(text, &pid);
	if (!rest || pid == 0 || pid > 0x7fffffff)
		return 0;
	if (CALL(kill, pid, 0, 0, 0, 0) == -ESRCH)
		return 0;
	if (*rest != ' ' || !parse_decimal(rest + 1, &time))
		return 1;
	stat_path(path, pid);
	return read_file(path, text, sizeof text) > 0 && stat_start_time(text) == time;
}

/* Executes the program with all signals as they were. Its descriptors from 3 up are closed. */
static void execute(char **argv, char **envp)
{
	unsigned long long none = 0;

	CALL(close_range, 3, ~0U, 0, 0, 0);
	CALL(rt_sigprocmask, SIG_SETMASK, &none, 0, 8, 0);
	CALL(execve, argv[0], argv, envp, 0, 0);
}

static int wait_for_init(struct monitor *m, int has_console)
{
	int status = 0;

	while (1) {
		/* Init is our only child; ECHILD would mean that someone else took its status. */
		long pid = CALL(wait4, -1, &status, WNOHANG, 0, 0);
		if (pid != 0 && pid != -EINTR)
			return status;
		/* SIGCHLD is left pending until now, and read away before we look again. */
		turn(m, has_console);
		char info[128];
		CALL(read, m->signals, info, sizeof info, 0, 0);
	}
}

__attribute__((noreturn, used)) static void bare_run(long *stack)
{
	int argc = (int)stack[0], status, has_console;
	char **argv = (char **)(stack + 1), **envp = argv + argc + 1;
	unsigned long long child = 1ULL << (SIGCHLD - 1);
	struct monitor m;

	m.ugid.epoll = -1;
	if (argc > 5 && argv[1][0] == '-') {
		/* If it cannot begin, the calls must not wait for us. */
		if (ugid_begin(&m.ugid, argv + 2, 4) < 0)
			CALL(close_range, MONITOR_AREA, MONITOR_LAST, 0, 0, 0);
		argc -= 5;
		argv += 5;
	}
	if (argc < 2)
		CALL(exit_group, 255, 0, 0, 0, 0);
	m.silent = 0;
	for (int i = 0; i < CLIENTS; i++) {
		m.clients[i].fd = -1;
		m.clients[i].leaving = 0;
		m.clients[i].at = ~0ULL;
	}
	m.ring.written = 0;
	has_console = CALL(pread64, MONITOR_LOG, &m.ring, sizeof m.ring, 0, 0) == sizeof m.ring &&
		      m.ring.magic == RING_MAGIC && m.ring.size >= RING_MIN;
	CALL(rt_sigprocmask, SIG_BLOCK, &child, 0, 8, 0);
	m.signals = (int)CALL(signalfd4, -1, &child, 8, O_NONBLOCK | O_CLOEXEC, 0);
	status = wait_for_init(&m, has_console);
	if (has_console) {
		/* The last words; a bound, for others may write to the terminal as well. */
		for (int i = 0; i < 1024 && take_output(&m); i++)
			;
	}
	if (CALL(chdir, argv[1], 0, 0, 0, 0) == 0) {
		write_exit(status);
		if (someone_stops())
			CALL(exit_group, 0, 0, 0, 0, 0);
		CALL(chdir, "/", 0, 0, 0, 0);
	}
	if (argc > 2)
		execute(argv + 2, envp);
	CALL(exit_group, argc > 2 ? 255 : 0, 0, 0, 0, 0);
	__builtin_unreachable();
}

__attribute__((noreturn, used)) void bare_main(long *stack)
{
	bare_run(stack);
}

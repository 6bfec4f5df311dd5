/* One direction of a relayed stream: splice where the kernel can, read and write where not. */
#define _GNU_SOURCE
#include "flow.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int is_fifo(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

void flow_open(struct flow *flow, int from, int to)
{
	*flow = (struct flow){.from = from, .to = to, .open = 1, .left = -1};
	flow->to_pipe = is_fifo(to) && !(fcntl(to, F_GETFL) & O_NONBLOCK);
	flow->can_splice = is_fifo(from) || is_fifo(to);
}

void flow_poll(const struct flow *flow, struct pollfd p[2])
{
	p[0] = (struct pollfd){.fd = -1};
	p[1] = (struct pollfd){.fd = -1};
	if (!flow->open)
		return;
	/* Without events, still told when the reader has gone. */
	p[1].fd = flow->to;
	if (flow->ready || flow->end > flow->start) {
		p[1].events = POLLOUT;
	} else if (!flow->paused) {
		p[0].fd = flow->from;
		p[0].events = POLLIN;
	}
}

static void carried(struct flow *flow, size_t count)
{
	flow->ready = 0;
	if (flow->left >= 0) {
		flow->left -= (long long)count;
		if (flow->left <= 0 && flow->end == flow->start)
			flow->open = 0;
	}
}

/* Returns 0 if splice is of no use here. */
static int carry_spliced(struct flow *flow)
{
	size_t max = flow->left >= 0 && flow->left < 1 << 20 ? (size_t)flow->left : 1 << 20;
	ssize_t moved = splice(flow->from, NULL, flow->to, NULL, max,
			       SPLICE_F_MOVE | SPLICE_F_NONBLOCK);

	if (moved > 0) {
		carried(flow, (size_t)moved);
	} else if (moved == 0) {
		flow->open = 0;
	} else if (errno == EAGAIN || errno == EINTR) {
		flow->ready = 0;
	} else if (errno == EINVAL) {
		flow->can_splice = 0;
		return 0;
	} else {
		flow->open = 0;
	}
	return 1;
}

static void fill(struct flow *flow)
{
	size_t max = FLOW_BUFFER;
	ssize_t got;

	if (flow->left >= 0 && (size_t)flow->left < max)
		max = (size_t)flow->left;
	got = read(flow->from, flow->buffer, max);
	flow->ready = 0;
	if (got > 0) {
		flow->start = 0;
		flow->end = (size_t)got;
		flow->last = (unsigned char)flow->buffer[got - 1];
	} else if (got == 0) {
		flow->open = 0;
	} else if (errno == EIO && flow->from == 0 && isatty(0) && tcgetpgrp(0) != getpgrp()) {
		flow->paused = 1;
	} else if (errno != EAGAIN && errno != EINTR) {
		flow->open = 0;
	}
}

static void drain(struct flow *flow)
{
	size_t count = flow->end - flow->start;
	ssize_t put;

	if (flow->to_pipe && count > 4096)
		count = 4096;
	put = write(flow->to, flow->buffer + flow->start, count);
	if (put > 0) {
		flow->start += (size_t)put;
		carried(flow, (size_t)put);
	} else if (put < 0 && errno != EAGAIN && errno != EINTR) {
		flow->open = 0;
	}
}

void flow_carry(struct flow *flow, const struct pollfd p[2])
{
	if (!flow->open)
		return;
	if (p[0].fd >= 0 && p[0].revents)
		flow->ready = 1;
	if (p[1].fd >= 0 && p[1].revents & (POLLERR | POLLHUP | POLLNVAL)) {
		/* Nobody will read what we write. */
		flow->open = 0;
		return;
	}
	if (p[1].fd < 0 || !(p[1].revents & POLLOUT))
		return;
	if (flow->end == flow->start && flow->can_splice && carry_spliced(flow))
		return;
	if (!flow->buffer && !(flow->buffer = malloc(FLOW_BUFFER))) {
		flow->open = 0;
		return;
	}
	if (flow->end == flow->start)
		fill(flow);
	if (flow->end > flow->start)
		drain(flow);
}

void flow_finish(struct flow *flow)
{
	int waiting = 0;

	if (!flow->open)
		return;
	if (ioctl(flow->from, FIONREAD, &waiting) < 0)
		waiting = 0;
	flow->left = waiting + (long long)(flow->end - flow->start);
	flow->ready = waiting > 0;
	if (flow->left == 0)
		flow->open = 0;
}

/* One direction of a relayed stream. */
#ifndef VZ_FLOW_H
#define VZ_FLOW_H

#include <poll.h>
#include <stddef.h>

#define FLOW_BUFFER 65536

struct flow {
	int from, to;
	int open;
	int ready;	/* from has something, so it is to that we wait for */
	int can_splice; /* at least one end is a pipe */
	int to_pipe;	/* a pipe that may block when more than a page is written */
	int paused;	/* from is a terminal that is not ours at the moment */
	long long left; /* bytes to carry before it ends; -1: until the end of from */
	size_t start, end; /* what the buffer holds */
	unsigned char last; /* the last byte carried, to a terminal */
	char *buffer;	/* FLOW_BUFFER bytes, made when needed */
};

void flow_open(struct flow *flow, int from, int to);

/* What to wait for: fills two entries, for from and to. */
void flow_poll(const struct flow *flow, struct pollfd p[2]);

/* Carries what it can. Clears open at the end of from, or when to takes no more. */
void flow_carry(struct flow *flow, const struct pollfd p[2]);

/* From now on carries only what is in the pipe already. */
void flow_finish(struct flow *flow);

#endif

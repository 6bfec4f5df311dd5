/* Messages between the launcher's own processes. */
#ifndef VZ_CHANNEL_H
#define VZ_CHANNEL_H

#include <sys/types.h>

enum message_type {
	MSG_FAILED = 1, /* step, value = errno, text */
	MSG_PID,	/* value = pid of the inner process; from the host process of a fork plan */
	MSG_STDIO,	/* descriptors of the inner process's other ends */
	MSG_READY,	/* at the gate; value = pid when it comes from the host process */
	MSG_EXEC,	/* about to exec, step */
	MSG_LISTENER,	/* a descriptor: the listener of its system call filter */
	MSG_LAUNCHED,	/* value = pid; the host process is about to become the monitor */
	MSG_GO,		/* downwards: go on */
	MSG_KILL,	/* downwards: give up */
};

struct message {
	int type;
	int step;
	int value;
	char text[160];
	int fds[3]; /* -1 where there is none; not sent as data */
};

/* A pair of connected ends, both close-on-exec. */
int channel_make(int ends[2]);

int channel_send(int end, const struct message *message);

/* Simple message without text or descriptors. */
int channel_tell(int end, int type, int step, int value);

/* 1: a message; 0: the other side is gone; -1: error. */
int channel_receive(int end, struct message *message);

/* Whether all holders of the other end are gone. */
int channel_orphaned(int end);

#endif

/* Calls that a seccomp filter has stopped, and the socket by which more listeners come. */
#ifndef VZ_UGID_LISTENER_H
#define VZ_UGID_LISTENER_H

#include <linux/seccomp.h>
#include <stdint.h>

/* The kernel says how long its struct is; ours has room for later ones. */
#define LISTENER_CALL 256

union listener_call {
	struct seccomp_notif notif;
	uint64_t room[LISTENER_CALL / 8];
};

/* Whether this kernel's structs fit into ours. */
int listener_fits(void);

/* Takes a call that waits; it does not block, as nobody else takes any. Returns 0 or an error. */
long listener_take(int listener, union listener_call *call);

/* Whether the call is still waiting: its thread then lives and can do nothing. */
int listener_waits(int listener, uint64_t id);

/* Ends it: 0, or an error, negative. */
void listener_answer(int listener, uint64_t id, long error);

struct listener_packet {
	char kind;	 /* see monitor_fds.h */
	uint32_t number; /* that came with it */
	int fd;		 /* that came with it; -1 */
};

/* Receives from the socket, from root of the host alone. Returns 0 or an error. */
long listener_receive(struct listener_packet *packet);

#endif

/*
 * A container's call of quotactl(2) or quotactl_fd(2): what it asks for and whether its caller may.
 * Nothing here makes a system call, or needs libc.
 */
#ifndef VZ_UGID_CALL_H
#define VZ_UGID_CALL_H

#include <linux/quota.h>
#include <linux/seccomp.h>
#include <stdint.h>

/* How many ids a container has, from 0 as it sees them. */
#define UGID_IDS 65536

struct ugid_call {
	uint32_t command; /* such as Q_GETQUOTA; the type is not in it */
	uint32_t type;	  /* USRQUOTA or GRPQUOTA */
	uint32_t id;	  /* as the container numbers its ids */
	uint64_t where;	  /* address of the device's name, or a descriptor */
	uint64_t address; /* of what is given or asked for */
	int by_descriptor;
	int narrow; /* a 32-bit program: its struct if_dqblk is four bytes shorter */
};

/* Who makes the call, in the host's ids. */
struct ugid_caller {
	uint32_t euid, egid;
	int in_group;	       /* one of its groups is the one that was looked for */
	uint64_t capabilities; /* the effective ones */
	int at_home;	       /* in the container's user namespace, not in one within */
};

/* Understands a call that a filter has stopped. Returns 0 or an error, negative. */
int ugid_decode(const struct seccomp_data *data, struct ugid_call *call);

/*
 * Whether the caller may, and whether the id is one of the container's.
 * base: the host's id of the container's id 0, of this type. Returns 0 or an error, negative.
 */
int ugid_check(const struct ugid_call *call, const struct ugid_caller *caller, uint32_t base);

/* A reader of /proc/PID/status, fed in pieces of any size. */
struct ugid_status {
	struct ugid_caller caller;
	uint32_t group; /* to look for */
	int seen;
	char key[8];
	int length; /* of the key; -1: after its colon */
	int field, digits;
	uint64_t value;
};

void ugid_status_begin(struct ugid_status *status, uint32_t group);
void ugid_status_feed(struct ugid_status *status, const char *text, long count);
/* Whether all that was wanted has been there. */
int ugid_status_complete(const struct ugid_status *status);

#endif

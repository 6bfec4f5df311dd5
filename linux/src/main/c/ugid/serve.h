/*
 * Quota of users and groups inside a container: the monitor makes the calls that the kernel refuses
 * to a user namespace, after looking at each of them. See kernel-notes/second-level-quota.md.
 */
#ifndef VZ_UGID_SERVE_H
#define VZ_UGID_SERVE_H

#include <stdint.h>

/* The longest name of a device. */
#define UGID_DEVICE 256

struct ugid {
	int epoll;	      /* becomes readable when there is something to do; -1: never */
	uint32_t base[2];     /* the host's ids of the container's user 0 and group 0 */
	uint32_t most;	      /* ids that may have limits */
	int64_t limited;      /* ids that have; -1: not counted yet */
	int64_t counted;      /* when that was */
	const char *device;   /* as the container calls the device of its root */
	unsigned name_length; /* of that, with its end */
	uint32_t major, minor; /* of the file system */
	uint64_t home;	       /* inode of the container's user namespace */
	int64_t window, used;  /* since when our work is measured, and what had been worked by then */
	int resting;
};

/*
 * Begins. words: the host's ids of user 0 and group 0, how many ids may have limits, the device.
 * Returns 0, or -1 if there is nothing to serve or the words are no such.
 */
int ugid_begin(struct ugid *ugid, char **words, int count);

/* Looks at what has come: at most one call of each listener's. */
void ugid_turn(struct ugid *ugid);

/* For how long calls are to wait, nanoseconds, so that a container has no more than its share. */
int64_t ugid_rest(struct ugid *ugid);

#endif

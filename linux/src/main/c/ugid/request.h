/* A call that is being answered, in the monitor. */
#ifndef VZ_UGID_REQUEST_H
#define VZ_UGID_REQUEST_H

#include <linux/quota.h>
#include <linux/seccomp.h>

#include "call.h"
#include "serve.h"

struct request {
	struct ugid *ugid;
	struct ugid_call call;
	int process; /* directory of the caller's in /proc */
	int memory;  /* its memory; both stay what they are when it has ended */
};

/* Finds out who calls and whether he may; if so, makes the call. Returns what it gives. */
long ugid_answer(struct ugid *ugid, int listener, const struct seccomp_notif *notif);

/* Makes a call that has been found to be allowed. */
long ugid_act(struct request *r);

/* Likewise, one of those that xfs brought with it. */
long ugid_act_xfs(struct request *r);

/* Reads and writes what the caller has given the address of. Return 0 or -EFAULT. */
long ugid_fetch(const struct request *r, void *to, unsigned size);
long ugid_store(const struct request *r, const void *from, unsigned size);

/* The kernel's call, with the host's id, on the file system of the container's private area. */
long ugid_kernel(uint32_t command, uint32_t type, uint32_t id, void *data);

/* The next id from a number on that the kernel knows of, both the host's. */
long ugid_find(uint32_t type, uint32_t id, struct if_nextdqblk *found);

/*
 * Sets limits, if no more ids have some then than may.
 * wanted: for the kernel. gives: whether there is a limit among what is set. Returns 0 or an error.
 */
long ugid_set(struct request *r, void *wanted, int gives);

#endif

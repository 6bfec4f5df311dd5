/* The kernel's side of a call, and how many ids have limits. See request.h. */
#include <asm/errno.h>

#include "../bare.h"
#include "../monitor_fds.h"
#include "block.h"
#include "clock.h"
#include "next.h"
#include "request.h"

#ifndef __NR_quotactl_fd
#define __NR_quotactl_fd 443
#endif

/* Counting goes over all ids that have files, so not at every call. */
#define COUNT_AGAIN (10 * SECOND)

long ugid_kernel(uint32_t command, uint32_t type, uint32_t id, void *data)
{
	return CALL(quotactl_fd, MONITOR_AREA, command << SUBCMDSHIFT | type, id, data, 0);
}

static long ask_next(void *context, uint32_t id, struct if_nextdqblk *found)
{
	return ugid_kernel(Q_GETNEXTQUOTA, *(const uint32_t *)context, id, found);
}

long ugid_find(uint32_t type, uint32_t id, struct if_nextdqblk *found)
{
	return ugid_next(ask_next, &type, id, found);
}

/* How many users and groups of the container have limits. */
static int64_t count_limited(const struct ugid *ugid)
{
	int64_t count = 0;

	for (uint32_t type = 0; type < 2; type++) {
		uint32_t base = ugid->base[type], id = 0;
		struct if_nextdqblk next;

		while (id < UGID_IDS && ugid_find(type, base + id, &next) == 0 &&
		       next.dqb_id - base < UGID_IDS) {
			/* Both begin with the same members. */
			count += ugid_limited((const struct if_dqblk *)&next);
			id = next.dqb_id - base + 1;
		}
	}
	return count;
}

static long make_room(struct ugid *ugid)
{
	int64_t now = clock_now(CLOCK_MONOTONIC);

	/* The host may have taken limits away meanwhile. */
	if (ugid->limited < 0 || (ugid->limited >= ugid->most && now - ugid->counted > COUNT_AGAIN)) {
		ugid->limited = count_limited(ugid);
		ugid->counted = now;
	}
	return ugid->limited < ugid->most ? 0 : -EDQUOT;
}

/* Whether an id of the host's has limits: 0, 1 or an error. */
static long is_limited(uint32_t type, uint32_t id)
{
	struct if_dqblk block;
	long error = ugid_kernel(Q_GETQUOTA, type, id, &block);

	/* xfs has no entry for an id that nothing was ever counted for. */
	if (error)
		return error == -ENOENT ? 0 : error;
	return ugid_limited(&block);
}

long ugid_set(struct request *r, void *wanted, int gives)
{
	struct ugid *ugid = r->ugid;
	uint32_t id = ugid->base[r->call.type] + r->call.id;
	long had = is_limited(r->call.type, id), has, error;

	if (had < 0)
		return had;
	if (gives && !had && (error = make_room(ugid)) < 0)
		return error;
	error = ugid_kernel(r->call.command, r->call.type, id, wanted);
	/* Asked, not reckoned: xfs ignores a hard limit below the soft one without a word. */
	if (!error && ugid->limited >= 0 && (has = is_limited(r->call.type, id)) >= 0)
		ugid->limited += has - had;
	return error;
}

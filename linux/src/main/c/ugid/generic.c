/* The calls that all file systems have, see request.h. */
#include <asm/errno.h>
#include <stddef.h>

#include "block.h"
#include "request.h"

static long set_quota(struct request *r)
{
	struct if_dqblk wanted;
	long error;

	wanted.dqb_valid = 0;
	error = ugid_fetch(r, &wanted, ugid_block_size(&r->call));
	if (!error)
		error = ugid_strip(&wanted);
	return error ? error : ugid_set(r, &wanted, ugid_gives(&wanted));
}

static long next_quota(struct request *r, uint32_t base)
{
	struct if_nextdqblk next;
	long error = ugid_find(r->call.type, base + r->call.id, &next);

	if (error)
		return error;
	next.dqb_id -= base;
	return next.dqb_id < UGID_IDS ? ugid_store(r, &next, sizeof next) : -ENOENT;
}

long ugid_act(struct request *r)
{
	uint32_t type = r->call.type, base = r->ugid->base[type], format;
	struct if_dqinfo info, wanted;
	struct if_dqblk block;
	long error;

	switch (r->call.command) {
	case Q_SYNC:
		error = ugid_kernel(Q_SYNC, type, 0, NULL);
		/* Without a name it is for all file systems: some, as xfs, need none of it. */
		return r->call.by_descriptor || r->call.where ? error : 0;
	case Q_GETFMT:
		error = ugid_kernel(Q_GETFMT, type, 0, &format);
		return error ? error : ugid_store(r, &format, sizeof format);
	case Q_QUOTAON:
	case Q_XQUOTAON:
		/* xfs knows no format. */
		error = ugid_kernel(Q_GETINFO, type, 0, &info);
		return error ? error : -EEXIST;
	case Q_GETINFO:
		error = ugid_kernel(Q_GETINFO, type, 0, &info);
		return error ? error : ugid_store(r, &info, sizeof info);
	case Q_SETINFO:
		error = ugid_fetch(r, &wanted, sizeof wanted);
		if (!error)
			error = ugid_kernel(Q_GETINFO, type, 0, &info);
		return error ? error : ugid_same_info(&info, &wanted);
	case Q_GETQUOTA:
		error = ugid_kernel(Q_GETQUOTA, type, base + r->call.id, &block);
		return error ? error : ugid_store(r, &block, ugid_block_size(&r->call));
	case Q_SETQUOTA:
		return set_quota(r);
	case Q_GETNEXTQUOTA:
		return next_quota(r, base);
	default:
		return ugid_act_xfs(r);
	}
}

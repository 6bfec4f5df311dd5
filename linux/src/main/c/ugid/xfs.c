/* The calls that xfs brought with it and the kernel answers for other file systems as well. */
#include <asm/errno.h>
#include <stddef.h>

#include "block.h"
#include "request.h"

static long get_state(struct request *r)
{
	unsigned char narrow[UGID_NARROW_STATE];
	struct fs_quota_stat state;
	long error = ugid_kernel(Q_XGETQSTAT, r->call.type, 0, &state);

	if (error)
		return error;
	state.qs_flags &= UGID_STATES;
	if (!r->call.narrow)
		return ugid_store(r, &state, sizeof state);
	ugid_narrow_state(&state, narrow);
	return ugid_store(r, narrow, sizeof narrow);
}

static long get_later_state(struct request *r)
{
	struct fs_quota_statv state;
	/* The version that is wanted, which the kernel looks at. */
	long error = ugid_fetch(r, &state, sizeof state.qs_version);

	if (!error)
		error = ugid_kernel(Q_XGETQSTATV, r->call.type, 0, &state);
	if (error)
		return error;
	state.qs_flags &= UGID_STATES;
	state.qs_pquota.qfs_ino = 0;
	state.qs_pquota.qfs_nblks = 0;
	state.qs_pquota.qfs_nextents = 0;
	return ugid_store(r, &state, sizeof state);
}

static long get_quota(struct request *r, uint32_t id)
{
	struct fs_disk_quota quota;
	long error = ugid_kernel(Q_XGETQUOTA, r->call.type, id, &quota);

	if (error)
		return error;
	quota.d_id = id - r->ugid->base[r->call.type];
	return ugid_store(r, &quota, sizeof quota);
}

static long next_quota(struct request *r, uint32_t base)
{
	struct if_nextdqblk next;
	long error = ugid_find(r->call.type, base + r->call.id, &next);

	if (error)
		return error;
	return next.dqb_id - base < UGID_IDS ? get_quota(r, next.dqb_id) : -ENOENT;
}

static long set_limits(struct request *r, uint32_t id)
{
	struct fs_disk_quota wanted;
	struct if_dqinfo info;
	long error = ugid_fetch(r, &wanted, sizeof wanted);

	if (!error)
		error = ugid_strip_xfs(&wanted);
	/* The times of id 0 are not its own, but how long all may exceed their soft limits. */
	if (!error && r->call.id == 0 && wanted.d_fieldmask & FS_DQ_TIMER_MASK) {
		error = ugid_kernel(Q_GETINFO, r->call.type, 0, &info);
		if (!error)
			error = ugid_same_times(&info, &wanted);
	}
	if (error || !(wanted.d_fieldmask & (FS_DQ_LIMIT_MASK | FS_DQ_TIMER_MASK)))
		return error;
	wanted.d_id = id;
	return ugid_set(r, &wanted, ugid_gives_xfs(&wanted));
}

long ugid_act_xfs(struct request *r)
{
	uint32_t base = r->ugid->base[r->call.type];

	switch (r->call.command) {
	case Q_XQUOTASYNC:
		return ugid_kernel(Q_XQUOTASYNC, r->call.type, 0, NULL);
	case Q_XGETQSTAT:
		return get_state(r);
	case Q_XGETQSTATV:
		return get_later_state(r);
	case Q_XGETQUOTA:
		return get_quota(r, base + r->call.id);
	case Q_XGETNEXTQUOTA:
		return next_quota(r, base);
	case Q_XSETQLIM:
		return set_limits(r, base + r->call.id);
	default:
		return -EINVAL;
	}
}

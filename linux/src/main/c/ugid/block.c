/* See block.h. */
#include "block.h"

#include <asm/errno.h>
#include <stddef.h>

unsigned ugid_block_size(const struct ugid_call *call)
{
	return call->narrow ? offsetof(struct if_dqblk, dqb_valid) + 4 : sizeof(struct if_dqblk);
}

int ugid_limited(const struct if_dqblk *block)
{
	return block->dqb_bhardlimit || block->dqb_bsoftlimit || block->dqb_ihardlimit ||
	       block->dqb_isoftlimit;
}

int ugid_strip(struct if_dqblk *wanted)
{
	if (wanted->dqb_valid && !(wanted->dqb_valid & ~(uint32_t)QIF_USAGE))
		return -EPERM;
	wanted->dqb_valid &= QIF_LIMITS | QIF_TIMES;
	return 0;
}

int ugid_strip_xfs(struct fs_disk_quota *wanted)
{
	unsigned mask = wanted->d_fieldmask;
	unsigned realtime = FS_DQ_RTBSOFT | FS_DQ_RTBHARD | FS_DQ_RTBTIMER;

	if (mask & FS_DQ_ACCT_MASK && !(mask & ~(unsigned)(FS_DQ_ACCT_MASK | FS_DQ_BIGTIME)))
		return -EPERM;
	if (mask & FS_DQ_WARNS_MASK || (mask & FS_DQ_RTBSOFT && wanted->d_rtb_softlimit) ||
	    (mask & FS_DQ_RTBHARD && wanted->d_rtb_hardlimit))
		return -EINVAL;
	wanted->d_fieldmask = (uint16_t)(mask & ~(FS_DQ_ACCT_MASK | realtime));
	return 0;
}

int ugid_gives(const struct if_dqblk *wanted)
{
	return (wanted->dqb_valid & QIF_BLIMITS && (wanted->dqb_bhardlimit || wanted->dqb_bsoftlimit)) ||
	       (wanted->dqb_valid & QIF_ILIMITS && (wanted->dqb_ihardlimit || wanted->dqb_isoftlimit));
}

int ugid_gives_xfs(const struct fs_disk_quota *wanted)
{
	unsigned mask = wanted->d_fieldmask;

	return (mask & FS_DQ_BHARD && wanted->d_blk_hardlimit) ||
	       (mask & FS_DQ_BSOFT && wanted->d_blk_softlimit) ||
	       (mask & FS_DQ_IHARD && wanted->d_ino_hardlimit) ||
	       (mask & FS_DQ_ISOFT && wanted->d_ino_softlimit);
}

int ugid_same_info(const struct if_dqinfo *now, const struct if_dqinfo *wanted)
{
	uint32_t given = wanted->dqi_valid;

	if ((given & IIF_BGRACE && wanted->dqi_bgrace != now->dqi_bgrace) ||
	    (given & IIF_IGRACE && wanted->dqi_igrace != now->dqi_igrace) ||
	    (given & IIF_FLAGS && (wanted->dqi_flags ^ now->dqi_flags) & 0xffff))
		return -EPERM;
	return 0;
}

/* 40 bits with a sign, if the struct says that it has so many. */
static uint64_t time_of(const struct fs_disk_quota *wanted, int32_t low, int8_t high)
{
	return wanted->d_fieldmask & FS_DQ_BIGTIME ? (uint64_t)(int64_t)high << 32 | (uint32_t)low
						   : (uint64_t)(int64_t)low;
}

int ugid_same_times(const struct if_dqinfo *now, struct fs_disk_quota *wanted)
{
	unsigned mask = wanted->d_fieldmask;

	if ((mask & FS_DQ_BTIMER &&
	     time_of(wanted, wanted->d_btimer, wanted->d_btimer_hi) != now->dqi_bgrace) ||
	    (mask & FS_DQ_ITIMER &&
	     time_of(wanted, wanted->d_itimer, wanted->d_itimer_hi) != now->dqi_igrace))
		return -EPERM;
	wanted->d_fieldmask = (uint16_t)(mask & ~(unsigned)FS_DQ_TIMER_MASK);
	return 0;
}

static unsigned char *put(unsigned char *at, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		*at++ = (unsigned char)(value >> 8 * i);
	return at;
}

static unsigned char *put_file(unsigned char *at, const fs_qfilestat_t *file)
{
	at = put(at, file->qfs_ino, 8);
	at = put(at, file->qfs_nblks, 8);
	return put(at, file->qfs_nextents, 4);
}

void ugid_narrow_state(const struct fs_quota_stat *state, unsigned char *narrow)
{
	unsigned char *at = put(narrow, (uint8_t)state->qs_version, 2);

	at = put(at, state->qs_flags, 2);
	at = put(at, 0, 4);
	at = put_file(at, &state->qs_uquota);
	at = put_file(at, &state->qs_gquota);
	at = put(at, state->qs_incoredqs, 4);
	at = put(at, (uint32_t)state->qs_btimelimit, 4);
	at = put(at, (uint32_t)state->qs_itimelimit, 4);
	at = put(at, (uint32_t)state->qs_rtbtimelimit, 4);
	at = put(at, state->qs_bwarnlimit, 2);
	put(at, state->qs_iwarnlimit, 2);
}

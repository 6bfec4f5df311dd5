/*
 * What quotactl(2) hands over, of all file systems and in xfs's own manner, which the kernel
 * understands for all of them too. Nothing here makes a system call, or needs libc.
 */
#ifndef VZ_UGID_BLOCK_H
#define VZ_UGID_BLOCK_H

#include <linux/dqblk_xfs.h>
#include <linux/quota.h>

#include "call.h"

/* Projects are how the host limits the container: inside no state of theirs is known. */
#define UGID_STATES (FS_QUOTA_UDQ_ACCT | FS_QUOTA_UDQ_ENFD | FS_QUOTA_GDQ_ACCT | FS_QUOTA_GDQ_ENFD)

/* Bytes of a struct fs_quota_stat on i386, where 64 bits are aligned to four bytes. */
#define UGID_NARROW_STATE 68

/* The bytes of a struct if_dqblk of the caller's. */
unsigned ugid_block_size(const struct ugid_call *call);

/* Whether an id has any limit. */
int ugid_limited(const struct if_dqblk *block);

/*
 * Leaves of what is to be set only what may be: use is counted by the kernel and nobody else.
 * Returns 0, or -EPERM if nothing is left.
 */
int ugid_strip(struct if_dqblk *wanted);

/*
 * The same of xfs's struct. Limits of its real-time part, which no tool sets by itself and nobody
 * here counts, may be set to none, which then is not done. -EINVAL for others and for numbers of
 * warnings, which kernels have given up.
 */
int ugid_strip_xfs(struct fs_disk_quota *wanted);

/* Whether there is any limit among what is to be set. */
int ugid_gives(const struct if_dqblk *wanted);
int ugid_gives_xfs(const struct fs_disk_quota *wanted);

/* Grace times are the whole file system's: they may be set to what they are. 0 or -EPERM. */
int ugid_same_info(const struct if_dqinfo *now, const struct if_dqinfo *wanted);

/* Likewise of xfs, whose times of id 0 are they; takes them out of what is to be set. */
int ugid_same_times(const struct if_dqinfo *now, struct fs_disk_quota *wanted);

/* How i386 lays a struct fs_quota_stat out. */
void ugid_narrow_state(const struct fs_quota_stat *state, unsigned char *narrow);

#endif

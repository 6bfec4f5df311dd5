/*
 * Limits of disk use: the file system's own quota by quotactl_fd(2), Linux 5.14, which ext4, f2fs and xfs
 * answer alike; and btrfs's groups of subvolumes. See kernel-notes/quota.md.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/btrfs.h>
#include <linux/btrfs_tree.h>
#include <linux/quota.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "kernel.h"
#include "ugid/next.h"
#include "vzlaunch.h"
#include "words.h"

#define PROJECT 2 /* PRJQUOTA, which not all versions of the header have */
#define MOST_KB (LLONG_MAX >> 10)

static int parse_type(const char *word, int *type)
{
	static const char *const names[] = {"user", "group", "project"};

	for (int i = 0; i <= PROJECT; i++) {
		if (strcmp(word, names[i]) == 0) {
			*type = i;
			return 0;
		}
	}
	errno = EINVAL;
	return -1;
}

static int finish(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

/* What the kernel's words do not say. */
static int explain(struct run *run, int result)
{
	if (result < 0 && errno == ESRCH)
		run->why = "quota of this kind is not on";
	return result;
}

static int quota_call(int fd, unsigned command, int type, unsigned id, void *data)
{
	return sys_quotactl_fd(fd, (unsigned)QCMD(command, type), id, data);
}

/* Reads an id's entry; xfs has none for an id that nothing was ever counted for. */
static int get(int fd, int type, unsigned id, struct if_dqblk *block)
{
	memset(block, 0, sizeof *block);
	return quota_call(fd, Q_GETQUOTA, type, id, block) < 0 && errno != ENOENT ? -1 : 0;
}

/*
 * New limits start the grace time anew for whoever is above the soft one, unless a time is given
 * with them: a container that starts itself again would never see its end. So a clock that runs is
 * given back as it was; below the soft limit the kernel clears it whatever we say.
 */
static int limit(int fd, int type, unsigned id, const unsigned long long limits[4])
{
	struct if_dqblk block;

	if (get(fd, type, id, &block) < 0)
		return -1;
	if (block.dqb_bsoftlimit == limits[0] && block.dqb_bhardlimit == limits[1] &&
	    block.dqb_isoftlimit == limits[2] && block.dqb_ihardlimit == limits[3])
		return 0;
	block.dqb_bsoftlimit = limits[0];
	block.dqb_bhardlimit = limits[1];
	block.dqb_isoftlimit = limits[2];
	block.dqb_ihardlimit = limits[3];
	block.dqb_valid = QIF_LIMITS;
	if (block.dqb_btime)
		block.dqb_valid |= QIF_BTIME;
	if (block.dqb_itime)
		block.dqb_valid |= QIF_ITIME;
	return quota_call(fd, Q_SETQUOTA, type, id, &block);
}

/* quota PATH TYPE ID BSOFT BHARD ISOFT IHARD: KB and inodes, 0 is no limit */
int step_quota(struct run *run, char **w, int count)
{
	unsigned long long limits[4];
	unsigned id;
	int type, fd;

	(void)count;
	if (parse_type(w[1], &type) < 0 || parse_id(w[2], &id) < 0)
		return -1;
	for (int i = 0; i < 4; i++)
		if (parse_number(w[3 + i], i < 2 ? MOST_KB : LLONG_MAX, &limits[i]) < 0)
			return -1;
	fd = open(w[0], O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -1;
	return finish(fd, explain(run, limit(fd, type, id, limits)));
}

/* quota-after-gate ...: for the host process, when the gate has been passed; see host.c */
int step_quota_after_gate(struct run *run, char **w, int count)
{
	(void)run, (void)w, (void)count;
	return 0;
}

/*
 * quota-clock PATH TYPE ID BTIME ITIME: when the grace ends, seconds since 1970. 0 is left to the
 * kernel, which starts and stops the clock itself: xfs would make 1970 of it.
 */
int step_quota_clock(struct run *run, char **w, int count)
{
	unsigned long long times[2];
	struct if_dqblk block = {.dqb_valid = 0};
	unsigned id;
	int type, fd;

	(void)count;
	if (parse_type(w[1], &type) < 0 || parse_id(w[2], &id) < 0 ||
	    parse_number(w[3], LLONG_MAX, &times[0]) < 0 ||
	    parse_number(w[4], LLONG_MAX, &times[1]) < 0)
		return -1;
	block.dqb_btime = times[0];
	block.dqb_itime = times[1];
	block.dqb_valid = (times[0] ? QIF_BTIME : 0) | (times[1] ? QIF_ITIME : 0);
	fd = open(w[0], O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -1;
	return finish(fd, explain(run, quota_call(fd, Q_SETQUOTA, type, id, &block)));
}

/* quota-grace PATH TYPE BLOCKS INODES: seconds that soft limits may be exceeded, of the file system */
int step_quota_grace(struct run *run, char **w, int count)
{
	unsigned long long grace[2];
	struct if_dqinfo info;
	int type, fd, result;

	(void)count;
	if (parse_type(w[1], &type) < 0 || parse_number(w[2], UINT_MAX, &grace[0]) < 0 ||
	    parse_number(w[3], UINT_MAX, &grace[1]) < 0)
		return -1;
	fd = open(w[0], O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -1;
	memset(&info, 0, sizeof info);
	result = quota_call(fd, Q_GETINFO, type, 0, &info);
	if (result == 0 && (info.dqi_bgrace != grace[0] || info.dqi_igrace != grace[1])) {
		info.dqi_bgrace = grace[0];
		info.dqi_igrace = grace[1];
		info.dqi_valid = IIF_BGRACE | IIF_IGRACE;
		result = quota_call(fd, Q_SETINFO, type, 0, &info);
	}
	return finish(fd, explain(run, result));
}

struct next_of {
	int fd;
	int type;
};

static long ask_next(void *context, uint32_t id, struct if_nextdqblk *found)
{
	const struct next_of *of = context;

	memset(found, 0, sizeof *found);
	return quota_call(of->fd, Q_GETNEXTQUOTA, of->type, id, found) < 0 ? -errno : 0;
}

static int list(int fd, int type, unsigned first, unsigned last)
{
	struct next_of of = {fd, type};
	struct if_nextdqblk next;
	struct if_dqinfo info;

	memset(&info, 0, sizeof info);
	if (quota_call(fd, Q_GETINFO, type, 0, &info) < 0)
		return -1;
	dprintf(1, "grace %llu %llu %x\n", (unsigned long long)info.dqi_bgrace,
		(unsigned long long)info.dqi_igrace, info.dqi_flags);
	for (unsigned long long id = first; id <= last; id = (unsigned long long)next.dqb_id + 1) {
		long error = ugid_next(ask_next, &of, (uint32_t)id, &next);

		if (error) {
			errno = (int)-error;
			return error == -ENOENT ? 0 : -1;
		}
		if (next.dqb_id > last)
			return 0;
		if (dprintf(1, "%u %llu %llu %llu %llu %llu %llu %llu %llu\n", next.dqb_id,
			    (unsigned long long)next.dqb_curspace,
			    (unsigned long long)next.dqb_curinodes,
			    (unsigned long long)next.dqb_bsoftlimit,
			    (unsigned long long)next.dqb_bhardlimit,
			    (unsigned long long)next.dqb_isoftlimit,
			    (unsigned long long)next.dqb_ihardlimit,
			    (unsigned long long)next.dqb_btime,
			    (unsigned long long)next.dqb_itime) < 0)
			return -1;
	}
	return 0;
}

/*
 * quota-list PATH TYPE FIRST LAST: to standard output, "grace BLOCKS INODES FLAGS" and one line for each id
 * that there is: ID BYTES INODES BSOFT BHARD ISOFT IHARD BTIME ITIME
 */
int step_quota_list(struct run *run, char **w, int count)
{
	unsigned first, last;
	int type, fd;

	(void)count;
	if (parse_type(w[1], &type) < 0 || parse_id(w[2], &first) < 0 || parse_id(w[3], &last) < 0)
		return -1;
	fd = open(w[0], O_PATH | O_CLOEXEC);
	if (fd < 0)
		return -1;
	return finish(fd, explain(run, list(fd, type, first, last)));
}

/* qgroup PATH KB: what a subvolume of btrfs may hold; 0 is no limit */
int step_qgroup(struct run *run, char **w, int count)
{
	struct btrfs_ioctl_qgroup_limit_args args;
	unsigned long long kb;
	struct stat st;
	int fd;

	(void)count;
	if (parse_number(w[1], MOST_KB, &kb) < 0)
		return -1;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0 || st.st_ino != BTRFS_FIRST_FREE_OBJECTID) {
		run->why = "no subvolume"; /* the limit would be that of the one above */
		errno = EINVAL;
		return finish(fd, -1);
	}
	memset(&args, 0, sizeof args); /* qgroupid 0: that of the subvolume itself */
	args.lim.flags = BTRFS_QGROUP_LIMIT_MAX_RFER;
	args.lim.max_rfer = kb ? kb << 10 : ~0ULL;
	if (ioctl(fd, BTRFS_IOC_QGROUP_LIMIT, &args) == 0)
		return finish(fd, 0);
	if (errno == ENOTCONN)
		run->why = "quota of btrfs is not enabled";
	return finish(fd, -1);
}

/* subvolume PATH: to standard output, the number of the btrfs subvolume whose root a directory is */
int step_subvolume(struct run *run, char **w, int count)
{
	struct btrfs_ioctl_ino_lookup_args args;
	int fd;

	(void)run, (void)count;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	memset(&args, 0, sizeof args);
	args.objectid = BTRFS_FIRST_FREE_OBJECTID;
	if (ioctl(fd, BTRFS_IOC_INO_LOOKUP, &args) < 0)
		return finish(fd, -1);
	return finish(fd, dprintf(1, "%llu\n", (unsigned long long)args.treeid) < 0 ? -1 : 0);
}

/* What the monitor makes of a container's quota calls. */
#include <errno.h>
#include <linux/audit.h>
#include <linux/dqblk_xfs.h>
#include <string.h>

#include "ugid/block.h"
#include "ugid/call.h"
#include "ugid/next.h"
#include "unit.h"

#define BASE 100000
/* As QCMD of the kernel's header, which shifts into the sign. */
#define COMMAND(command, type) ((uint32_t)(command) << SUBCMDSHIFT | (type))

static struct seccomp_data made(uint32_t arch, int number, uint64_t a, uint64_t b, uint64_t c)
{
	struct seccomp_data data = {.nr = number, .arch = arch, .args = {a, b, c, 0x7000, 0, 0}};

	return data;
}

static void decoding(void)
{
	struct seccomp_data data = made(AUDIT_ARCH_X86_64, 179, COMMAND(Q_GETQUOTA, USRQUOTA), 0x5000, 7);
	struct ugid_call call;

	CHECK(ugid_decode(&data, &call) == 0);
	CHECK(call.command == Q_GETQUOTA && call.type == USRQUOTA && call.id == 7);
	CHECK(call.where == 0x5000 && call.address == 0x7000 && !call.by_descriptor && !call.narrow);
	CHECK(ugid_block_size(&call) == 72);

	data = made(AUDIT_ARCH_AARCH64, 443, 5, COMMAND(Q_SETQUOTA, GRPQUOTA), 8);
	CHECK(ugid_decode(&data, &call) == 0);
	CHECK(call.command == Q_SETQUOTA && call.type == GRPQUOTA && call.id == 8);
	CHECK(call.where == 5 && call.by_descriptor);
	data = made(AUDIT_ARCH_AARCH64, 60, COMMAND(Q_SYNC, 0), 0, 0);
	CHECK(ugid_decode(&data, &call) == 0);

	/* What the kernel does not look at does not matter. */
	data = made(AUDIT_ARCH_I386, 131, 0xffffffff00000000ULL | COMMAND(Q_GETNEXTQUOTA, 1),
		    0xdead00005000ULL, 0xff00000009ULL);
	data.args[3] |= 0xdead00000000ULL;
	CHECK(ugid_decode(&data, &call) == 0);
	CHECK(call.command == Q_GETNEXTQUOTA && call.type == GRPQUOTA && call.id == 9);
	CHECK(call.where == 0x5000 && call.address == 0x7000 && call.narrow);
	CHECK(ugid_block_size(&call) == 68);

	data = made(AUDIT_ARCH_X86_64, 131, 0, 0, 0);
	CHECK(ugid_decode(&data, &call) == -ENOSYS);
	data = made(AUDIT_ARCH_ARM, 131, 0, 0, 0);
	CHECK(ugid_decode(&data, &call) == -ENOSYS);
	for (unsigned type = 2; type < 256; type++) {
		data = made(AUDIT_ARCH_X86_64, 179, COMMAND(Q_GETQUOTA, type), 1, 1);
		CHECK(ugid_decode(&data, &call) == -EINVAL);
	}
}

static int checked(uint32_t command, uint32_t type, uint32_t id, const struct ugid_caller *caller)
{
	struct ugid_call call = {.command = command, .type = type, .id = id};

	return ugid_check(&call, caller, BASE);
}

static void permission(void)
{
	static const uint32_t all[] = {Q_GETQUOTA,  Q_SETQUOTA,	     Q_GETNEXTQUOTA, Q_SETINFO,
				       Q_QUOTAON,   Q_QUOTAOFF,	     Q_XQUOTAON,     Q_XQUOTAOFF,
				       Q_XGETQUOTA, Q_XSETQLIM,	     Q_XQUOTARM,     Q_XGETNEXTQUOTA,
				       0,	    XQM_CMD(0),	     0x80000a,	     ~0U};
	struct ugid_caller root = {BASE, BASE, 0, ~0ULL, 1}, user = {BASE + 1000, BASE + 100, 0, 0, 1};
	/* Has all capabilities in a namespace of its own, within the container's. */
	struct ugid_caller nested = {BASE + 1000, BASE + 100, 1, ~0ULL, 0};
	struct ugid_caller weak = {BASE, BASE, 0, ~(1ULL << 21), 1};

	for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
		CHECK(checked(all[i], USRQUOTA, 5, &user) == -EPERM);
		CHECK(checked(all[i], USRQUOTA, 5, &nested) == -EPERM);
		CHECK(checked(all[i], GRPQUOTA, 5, &weak) == -EPERM);
	}
	CHECK(checked(Q_SYNC, USRQUOTA, 0, &user) == 0);
	CHECK(checked(Q_GETFMT, USRQUOTA, 0, &user) == 0);
	CHECK(checked(Q_GETINFO, GRPQUOTA, 0, &nested) == 0);
	CHECK(checked(Q_XGETQSTATV, USRQUOTA, 0, &user) == 0);
	CHECK(checked(Q_XGETQSTAT, USRQUOTA, 0, &user) == 0);
	CHECK(checked(Q_XQUOTASYNC, GRPQUOTA, 0, &user) == 0);

	CHECK(checked(Q_GETQUOTA, USRQUOTA, 1000, &user) == 0);
	CHECK(checked(Q_XGETQUOTA, USRQUOTA, 1000, &user) == 0);
	CHECK(checked(Q_XGETQUOTA, USRQUOTA, 1001, &user) == -EPERM);
	CHECK(checked(Q_XGETQUOTA, GRPQUOTA, 100, &nested) == -EPERM);
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 1000, &user) == -EPERM);
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 100, &user) == 0);
	CHECK(checked(Q_GETQUOTA, USRQUOTA, 1000, &nested) == -EPERM);
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 7, &nested) == -EPERM);
	user.in_group = 1;
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 7, &user) == 0);
	CHECK(checked(Q_GETQUOTA, USRQUOTA, 7, &user) == -EPERM);
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 70000, &user) == -EPERM);
	/* The sum of the ids wraps around to the caller's own. */
	user.euid = 4;
	CHECK(checked(Q_GETQUOTA, USRQUOTA, 4U - BASE, &user) == -EPERM);

	CHECK(checked(Q_GETQUOTA, USRQUOTA, 0, &root) == 0);
	CHECK(checked(Q_SETQUOTA, USRQUOTA, 65535, &root) == 0);
	CHECK(checked(Q_SETQUOTA, USRQUOTA, 65536, &root) == -EINVAL);
	CHECK(checked(Q_SETQUOTA, GRPQUOTA, ~0U, &root) == -EINVAL);
	CHECK(checked(Q_GETQUOTA, GRPQUOTA, 0U - BASE, &root) == -EINVAL);
	CHECK(checked(Q_GETNEXTQUOTA, USRQUOTA, 65535, &root) == 0);
	CHECK(checked(Q_GETNEXTQUOTA, USRQUOTA, 65536, &root) == -ENOENT);
	CHECK(checked(Q_SETINFO, USRQUOTA, 0, &root) == 0);
	CHECK(checked(Q_QUOTAON, USRQUOTA, 4, &root) == 0);
	CHECK(checked(Q_QUOTAOFF, USRQUOTA, 0, &root) == -EPERM);
	CHECK(checked(Q_XGETQUOTA, USRQUOTA, 0, &root) == 0);
	CHECK(checked(Q_XGETQUOTA, USRQUOTA, 65536, &root) == -EINVAL);
	CHECK(checked(Q_XSETQLIM, GRPQUOTA, 65535, &root) == 0);
	CHECK(checked(Q_XSETQLIM, GRPQUOTA, 65536, &root) == -EINVAL);
	CHECK(checked(Q_XSETQLIM, GRPQUOTA, 0U - BASE, &root) == -EINVAL);
	CHECK(checked(Q_XGETNEXTQUOTA, USRQUOTA, 65535, &root) == 0);
	CHECK(checked(Q_XGETNEXTQUOTA, USRQUOTA, 65536, &root) == -ENOENT);
	CHECK(checked(Q_XQUOTAON, USRQUOTA, 0, &root) == 0);
	CHECK(checked(Q_XQUOTAOFF, USRQUOTA, 0, &root) == -EPERM);
	CHECK(checked(Q_XQUOTARM, USRQUOTA, 0, &root) == -EPERM);
	CHECK(checked(XQM_CMD(10), USRQUOTA, 0, &root) == -EINVAL);
	CHECK(checked(0x80000a, USRQUOTA, 0, &root) == -EINVAL);
}

static void setting(void)
{
	struct if_dqblk now = {.dqb_curspace = 9}, wanted = {.dqb_bhardlimit = 3, .dqb_isoftlimit = 4};
	struct if_dqinfo is = {.dqi_bgrace = 7, .dqi_igrace = 8, .dqi_flags = 0x10000}, will = is;

	CHECK(!ugid_limited(&now) && ugid_limited(&wanted));
	wanted.dqb_valid = QIF_USAGE;
	CHECK(ugid_strip(&wanted) == -EPERM);
	wanted.dqb_valid = QIF_ALL;
	CHECK(ugid_strip(&wanted) == 0 && wanted.dqb_valid == (QIF_LIMITS | QIF_TIMES));
	wanted.dqb_valid = ~0U;
	CHECK(ugid_strip(&wanted) == 0 && wanted.dqb_valid == (QIF_LIMITS | QIF_TIMES));
	CHECK(ugid_gives(&wanted));
	wanted.dqb_valid = QIF_ILIMITS | QIF_TIMES;
	CHECK(ugid_gives(&wanted));
	wanted.dqb_isoftlimit = 0;
	CHECK(!ugid_gives(&wanted));
	wanted.dqb_valid = QIF_BLIMITS;
	CHECK(ugid_gives(&wanted));

	will.dqi_valid = IIF_ALL;
	will.dqi_flags = 0;
	CHECK(ugid_same_info(&is, &will) == 0);
	will.dqi_igrace = 9;
	CHECK(ugid_same_info(&is, &will) == -EPERM);
	will.dqi_valid = IIF_BGRACE;
	CHECK(ugid_same_info(&is, &will) == 0);
	will.dqi_valid = IIF_FLAGS;
	will.dqi_flags = 1;
	CHECK(ugid_same_info(&is, &will) == -EPERM);
}

static int stripped(unsigned mask, struct fs_disk_quota *wanted)
{
	wanted->d_fieldmask = (uint16_t)mask;
	return ugid_strip_xfs(wanted);
}

static void setting_as_xfs(void)
{
	struct if_dqinfo is = {.dqi_bgrace = 7, .dqi_igrace = (1ULL << 32) + 8};
	struct fs_disk_quota wanted = {.d_blk_hardlimit = 3};

	CHECK(stripped(FS_DQ_LIMIT_MASK | FS_DQ_TIMER_MASK | FS_DQ_ACCT_MASK | FS_DQ_BIGTIME, &wanted) == 0);
	CHECK(wanted.d_fieldmask == (FS_DQ_ISOFT | FS_DQ_IHARD | FS_DQ_BSOFT | FS_DQ_BHARD |
				     FS_DQ_BTIMER | FS_DQ_ITIMER | FS_DQ_BIGTIME));
	CHECK(stripped(0, &wanted) == 0 && wanted.d_fieldmask == 0);
	CHECK(stripped(FS_DQ_BCOUNT, &wanted) == -EPERM);
	CHECK(stripped(FS_DQ_ACCT_MASK | FS_DQ_BIGTIME, &wanted) == -EPERM);
	for (unsigned warns = FS_DQ_BWARNS; warns <= FS_DQ_RTBWARNS; warns <<= 1)
		CHECK(stripped(FS_DQ_BHARD | warns, &wanted) == -EINVAL);
	wanted.d_rtb_hardlimit = wanted.d_rtb_softlimit = 1;
	CHECK(stripped(FS_DQ_RTBSOFT, &wanted) == -EINVAL);
	CHECK(stripped(FS_DQ_BHARD | FS_DQ_RTBHARD, &wanted) == -EINVAL);
	CHECK(stripped(FS_DQ_BHARD, &wanted) == 0);

	CHECK(ugid_gives_xfs(&wanted));
	wanted.d_fieldmask = FS_DQ_BSOFT | FS_DQ_ISOFT | FS_DQ_IHARD | FS_DQ_TIMER_MASK;
	CHECK(!ugid_gives_xfs(&wanted));
	wanted.d_ino_softlimit = 1;
	CHECK(ugid_gives_xfs(&wanted));

	wanted.d_btimer = 7;
	wanted.d_itimer = 8;
	wanted.d_itimer_hi = 1;
	wanted.d_fieldmask = FS_DQ_BHARD | FS_DQ_BTIMER;
	CHECK(ugid_same_times(&is, &wanted) == 0 && wanted.d_fieldmask == FS_DQ_BHARD);
	wanted.d_fieldmask = FS_DQ_BTIMER | FS_DQ_ITIMER;
	CHECK(ugid_same_times(&is, &wanted) == -EPERM);
	wanted.d_fieldmask = FS_DQ_BTIMER | FS_DQ_ITIMER | FS_DQ_BIGTIME;
	CHECK(ugid_same_times(&is, &wanted) == 0 && wanted.d_fieldmask == FS_DQ_BIGTIME);
	wanted.d_btimer_hi = -1;
	wanted.d_fieldmask = FS_DQ_BTIMER | FS_DQ_BIGTIME;
	CHECK(ugid_same_times(&is, &wanted) == -EPERM);
	wanted.d_btimer = -1;
	wanted.d_fieldmask = FS_DQ_BTIMER;
	CHECK(ugid_same_times(&is, &wanted) == -EPERM);
}

/* As the kernel has it for its own translation, fs/quota/compat.h. */
struct __attribute__((packed, aligned(4))) narrow_state {
	int8_t version, before_flags;
	uint16_t flags;
	int8_t pad[4];
	struct __attribute__((packed, aligned(4))) {
		uint64_t inode, blocks;
		uint32_t extents;
	} user, group;
	uint32_t incore;
	int32_t block_time, inode_time, realtime;
	uint16_t block_warnings, inode_warnings;
};

static void states_of_32_bits(void)
{
	struct fs_quota_stat state = {.qs_version = 1,
				      .qs_flags = 0x3f,
				      .qs_uquota = {1ULL << 40 | 5, 6, 7},
				      .qs_gquota = {8, 9, 1U << 31},
				      .qs_incoredqs = 10,
				      .qs_btimelimit = 604800,
				      .qs_itimelimit = -1,
				      .qs_rtbtimelimit = 13,
				      .qs_bwarnlimit = 14,
				      .qs_iwarnlimit = 0xfff0};
	union {
		struct narrow_state state;
		unsigned char bytes[UGID_NARROW_STATE];
	} narrow;

	CHECK(sizeof narrow.state == UGID_NARROW_STATE);
	memset(&narrow, 0xee, sizeof narrow);
	ugid_narrow_state(&state, narrow.bytes);
	CHECK(narrow.state.version == 1 && narrow.state.flags == 0x3f);
	CHECK(narrow.state.user.inode == (1ULL << 40 | 5) && narrow.state.user.blocks == 6);
	CHECK(narrow.state.user.extents == 7 && narrow.state.group.inode == 8);
	CHECK(narrow.state.group.blocks == 9 && narrow.state.group.extents == 1U << 31);
	CHECK(narrow.state.incore == 10 && narrow.state.block_time == 604800);
	CHECK(narrow.state.inode_time == -1 && narrow.state.realtime == 13);
	CHECK(narrow.state.block_warnings == 14 && narrow.state.inode_warnings == 0xfff0);
	CHECK(narrow.state.before_flags == 0 && narrow.state.pad[0] == 0 && narrow.state.pad[3] == 0);
}

static const char status_of[] = "Name:\tUid:\t0\\nCapEff:\tffff\n"
				"Umask:\t0022\n"
				"TracerPid:\t0\n"
				"Uid:\t101000\t101001\t5\t6\n"
				"Gid:\t100100\t100101\t7\t8\n"
				"Groups:\t100004 100024 \n"
				"NStgid:\t1\n"
				"CapInh:\t00000000ffffffff\n"
				"CapEff:\t0000000000200fff\n"
				"CapBnd:\t000001ffffffffff\n";

static void status_text_of_a_caller(void)
{
	static const char odd[] = "Uid\n:\nUidUidUidUid:\t1 2\n\n::::\nGid:";
	struct ugid_status status;
	long length = sizeof status_of - 1;

	for (long piece = 1; piece <= length; piece++) {
		ugid_status_begin(&status, 100024);
		for (long at = 0; at < length; at += piece)
			ugid_status_feed(&status, status_of + at,
					 length - at < piece ? length - at : piece);
		CHECK(ugid_status_complete(&status));
		CHECK(status.caller.euid == 101001 && status.caller.egid == 100101);
		CHECK(status.caller.in_group && status.caller.capabilities == 0x200fff);
	}
	for (uint32_t other = 100002; other < 100010; other++) {
		ugid_status_begin(&status, other);
		ugid_status_feed(&status, status_of, length);
		CHECK(status.caller.in_group == (other == 100004));
	}
	/* Without its end nothing is known of capabilities. */
	ugid_status_begin(&status, 1);
	ugid_status_feed(&status, status_of, strstr(status_of, "\nCapEff") - status_of);
	CHECK(!ugid_status_complete(&status));
	ugid_status_begin(&status, 1);
	ugid_status_feed(&status, odd, sizeof odd);
	CHECK(!ugid_status_complete(&status));
}

/* The kernel's tree of ids, with what is wrong in its search. */
struct tree {
	const uint32_t *ids;
	int count;
};

static int is_below(const struct tree *tree, uint32_t prefix, int digits)
{
	for (int i = 0; i < tree->count; i++)
		if (digits == 32 ? 1 : tree->ids[i] >> digits == prefix)
			return 1;
	return 0;
}

static int find_next_id(const struct tree *tree, uint64_t *id, uint32_t prefix, int digits)
{
	for (unsigned i = *id >> (digits - 8) & 255; i < 256; i++) {
		uint32_t entry = prefix << 8 | i;

		if (!is_below(tree, entry, digits - 8)) {
			*id += 1ULL << (digits - 8);
			continue;
		}
		if (digits == 8 || find_next_id(tree, id, entry, digits - 8) == 0)
			return 0;
	}
	return -ENOENT;
}

static long ask_tree(void *context, uint32_t id, struct if_nextdqblk *found)
{
	uint64_t at = id;
	int error = find_next_id(context, &at, 0, 32);

	found->dqb_id = (uint32_t)at;
	return error;
}

static void the_next_id_is_the_next(void)
{
	static const uint32_t ids[] = {0,      77,     101000, 101001, 101300, 105001, 131071, 131072,
				       131700, 165536, 170000, 200000, 16777216, 16777300};
	static const uint32_t from[] = {0,	1,	78,	 100000, 101000, 101002, 101255, 101301,
					105002, 131000, 131073,	 140000, 165536, 165537, 200001, 16777217};
	struct tree tree = {ids, sizeof ids / sizeof *ids};
	struct if_nextdqblk found;
	int missed = 0;

	for (unsigned i = 0; i < sizeof from / sizeof *from; i++) {
		int next = 0;

		while (next < tree.count && ids[next] < from[i])
			next++;
		missed += ask_tree(&tree, from[i], &found) == 0 && found.dqb_id != ids[next];
		CHECK(ugid_next(ask_tree, &tree, from[i], &found) == 0);
		CHECK(found.dqb_id == ids[next]);
	}
	CHECK(missed > 0);
	CHECK(ugid_next(ask_tree, &tree, 16777301, &found) == -ENOENT);
}

void test_ugid(void)
{
	the_next_id_is_the_next();
	decoding();
	permission();
	setting();
	setting_as_xfs();
	states_of_32_bits();
	status_text_of_a_caller();
}

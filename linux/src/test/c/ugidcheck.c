/*
 * Calls quotactl(2) in a container as a hostile guest would, or once.
 *
 *   ugidcheck call COMMAND TYPE ID DEVICE   prints the errno, 0 for success; - is no device; COMMAND is get, set (a hard
 *                                           limit of 4 MB), next (and what was found), sync, format, info,
 *                                           grace, on, off; of xfs xget (and whose it is), xset, xnext,
 *                                           xgrace, xwarns, xcount, xrealtime, xon, xoff, xrm, xsync, state,
 *                                           statev (and bits of what is on)
 *   ugidcheck narrow DEVICE                 the state as a 32-bit program asks for it: errno, what is on, the
 *                                           grace time, and whether nothing beyond was written
 *   ugidcheck wild SECONDS DEVICE           wild calls from several threads; prints how many
 *   ugidcheck rate SECONDS DEVICE           sensible calls, one after another; prints how many a second
 *   ugidcheck nested COMMAND TYPE ID DEVICE as call, from a user namespace of its own
 *   ugidcheck listen                        asks for a filter's listener; prints the errno
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/dqblk_xfs.h>
#include <linux/filter.h>
#include <linux/quota.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define THREADS 6

static char device[256]; /* where a 32-bit call can name it */
static char *edge;	   /* the last byte before memory that is not there */
static char *changing;	   /* comes and goes */
static volatile int stop;
static unsigned long calls[THREADS], successes[THREADS];

static long quota(unsigned command, unsigned type, const void *special, unsigned id, void *data)
{
	return syscall(SYS_quotactl, (uint32_t)command << 8 | (type & 0xff), special, id, data);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Limits, times and the like, that a name of a command stands for. */
static const struct command {
	const char *name;
	unsigned command;
	unsigned fields; /* of xfs's struct */
} commands[] = {{"get", Q_GETQUOTA, 0},
		{"set", Q_SETQUOTA, 0},
		{"next", Q_GETNEXTQUOTA, 0},
		{"sync", Q_SYNC, 0},
		{"format", Q_GETFMT, 0},
		{"info", Q_GETINFO, 0},
		{"grace", Q_SETINFO, 0},
		{"on", Q_QUOTAON, 0},
		{"off", Q_QUOTAOFF, 0},
		{"xget", Q_XGETQUOTA, 0},
		{"xset", Q_XSETQLIM, FS_DQ_LIMIT_MASK},
		{"xgrace", Q_XSETQLIM, FS_DQ_TIMER_MASK},
		{"xwarns", Q_XSETQLIM, FS_DQ_BWARNS},
		{"xcount", Q_XSETQLIM, FS_DQ_BCOUNT},
		{"xrealtime", Q_XSETQLIM, FS_DQ_RTBHARD},
		{"xnext", Q_XGETNEXTQUOTA, 0},
		{"xon", Q_XQUOTAON, 0},
		{"xoff", Q_XQUOTAOFF, 0},
		{"xrm", Q_XQUOTARM, 0},
		{"xsync", Q_XQUOTASYNC, 0},
		{"state", Q_XGETQSTAT, 0},
		{"statev", Q_XGETQSTATV, 0},
		{NULL, 0, 0}};

union data {
	struct if_dqblk block;
	struct if_nextdqblk next;
	struct if_dqinfo info;
	struct fs_disk_quota quota;
	struct fs_quota_stat state;
	struct fs_quota_statv later;
	uint32_t number;
	char room[1024];
};

static void fill(union data *data, const struct command *command)
{
	memset(data, 0, sizeof *data);
	switch (command->command) {
	case Q_SETQUOTA:
		data->block.dqb_bhardlimit = 4096;
		data->block.dqb_valid = QIF_BLIMITS;
		return;
	case Q_SETINFO:
		data->info.dqi_bgrace = 4711;
		data->info.dqi_valid = IIF_BGRACE;
		return;
	case Q_XSETQLIM:
		data->quota.d_version = FS_DQUOT_VERSION;
		data->quota.d_fieldmask = (uint16_t)command->fields;
		data->quota.d_btimer = 4711;
		data->quota.d_blk_hardlimit = 8192;
		data->quota.d_rtb_hardlimit = command->fields == FS_DQ_RTBHARD;
		return;
	case Q_XGETQSTATV:
		data->later.qs_version = FS_QSTATV_VERSION1;
		return;
	default:
		data->number = FS_QUOTA_UDQ_ENFD; /* to be switched on or off */
	}
}

static int once(char **w)
{
	const struct command *command = commands;
	union data data;

	while (command->name && strcmp(command->name, w[0]) != 0)
		command++;
	if (!command->name)
		return 2;
	fill(&data, command);
	errno = 0;
	if (quota(command->command, (unsigned)atoi(w[1]), strcmp(w[3], "-") ? w[3] : NULL,
		  (unsigned)strtoul(w[2], NULL, 0), &data) == 0) {
		if (command->command == Q_GETNEXTQUOTA)
			printf("%u ", data.next.dqb_id);
		if (command->command == Q_XGETQUOTA || command->command == Q_XGETNEXTQUOTA)
			printf("%u ", data.quota.d_id);
		if (command->command == Q_XGETQSTAT)
			printf("%x ", data.state.qs_flags);
		if (command->command == Q_XGETQSTATV)
			printf("%x ", data.later.qs_flags);
	}
	printf("%d\n", errno);
	return 0;
}

static uint64_t pick(unsigned *seed)
{
	static const uint64_t odd[] = {0,	   1,	       4095,	   4096,       0xffff,
				       0x10000,	   0x10001,    0x7fffffff, 0x80000000, 0xffffffff,
				       0xfffe7960, /* minus a usual base */
				       0x100000000ULL, 0x7ffffffff000ULL, 0xffff800000000000ULL,
				       0xffffffffff600000ULL, ~0ULL, 100000, 165536, 200000};
	uint64_t wide = (uint64_t)rand_r(seed) << 33 ^ (uint64_t)rand_r(seed) << 11 ^
			(uint64_t)rand_r(seed);

	switch (rand_r(seed) % 6) {
	case 0:
		return wide;
	case 1:
		return wide & 0xffff;
	case 2:
		return (uint64_t)(uintptr_t)edge - wide % 100;
	case 3:
		return (uint64_t)(uintptr_t)changing + wide % 64;
	default:
		return odd[wide % (sizeof odd / sizeof *odd)];
	}
}

static uint64_t a_command(unsigned *seed)
{
	static const unsigned all[] = {
		Q_SYNC,	    Q_QUOTAON,	 Q_QUOTAOFF,  Q_GETFMT,	    Q_GETINFO,	  Q_SETINFO,
		Q_GETQUOTA, Q_SETQUOTA,	 Q_GETNEXTQUOTA, Q_XQUOTAON, Q_XQUOTAOFF, Q_XGETQUOTA,
		Q_XSETQLIM, Q_XGETQSTAT, Q_XQUOTARM,  Q_XQUOTASYNC, Q_XGETQSTATV, Q_XGETNEXTQUOTA};
	unsigned type = rand_r(seed) % 4 ? (unsigned)rand_r(seed) % 3 : (unsigned)rand_r(seed) & 0xff;

	if (rand_r(seed) % 8 == 0)
		return pick(seed);
	return (uint32_t)all[(unsigned)rand_r(seed) % (sizeof all / sizeof *all)] << 8 | type;
}

/* Mostly the right device, so that the rest is looked at. */
static uint64_t a_device(unsigned *seed)
{
	static const char *const others[] = {"/dev/vda", "/dev/vdc", "/dev/null", "/", "", "/dev/../dev/vdb",
					     "/proc/self/root", "vdb"};

	if (rand_r(seed) % 4)
		return (uint64_t)(uintptr_t)device;
	if (rand_r(seed) % 2)
		return (uint64_t)(uintptr_t)others[rand_r(seed) % 8];
	return pick(seed);
}

static long narrow(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
#ifdef __x86_64__
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(131L), "b"(a), "c"(b), "d"(c), "S"(d)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
#else
	return syscall(SYS_quotactl, a, b, c, d);
#endif
}

static int narrow_state(void)
{
	static unsigned char data[128];
	uint32_t time;
	long result;

	memset(data, 0xee, sizeof data);
	result = narrow((uint32_t)Q_XGETQSTAT << 8, (uintptr_t)device, 0, (uintptr_t)data);
	memcpy(&time, data + 52, sizeof time);
	printf("%ld %x %u %s\n", -result, data[2], time, data[68] == 0xee ? "no more" : "more");
	return 0;
}

/* Often what makes sense, so that the rest is looked at. */
static void make_up(char *data, size_t size, unsigned *seed)
{
	union data *as = (union data *)data;

	for (size_t i = 0; i < size; i++)
		data[i] = (char)rand_r(seed);
	if (rand_r(seed) % 2)
		return;
	fill(as, &commands[(unsigned)rand_r(seed) % (sizeof commands / sizeof *commands - 1)]);
	if (rand_r(seed) % 2) {
		as->quota.d_fieldmask &= (uint16_t)rand_r(seed);
		as->quota.d_blk_softlimit = pick(seed);
		as->quota.d_ino_softlimit = (uint64_t)rand_r(seed) % 3;
		as->quota.d_ino_hardlimit = pick(seed);
	}
}

static void *wild(void *argument)
{
	unsigned long number = (unsigned long)(uintptr_t)argument;
	unsigned seed = (unsigned)number + 1;
	/* Where a 32-bit call can name it. */
	static _Alignas(8) char all_data[THREADS][1024];
	char *data = all_data[number];

	while (!stop) {
		uint64_t command = a_command(&seed), special = a_device(&seed), id = pick(&seed);
		uint64_t address = rand_r(&seed) % 3 ? (uint64_t)(uintptr_t)data : pick(&seed);
		long result;

		make_up(data, sizeof all_data[number], &seed);
		switch (rand_r(&seed) % 4) {
		case 0:
			result = syscall(443, rand_r(&seed) % 3 ? (uint64_t)rand_r(&seed) % 8 : pick(&seed), command,
					 id, address);
			break;
		case 1:
			result = narrow(command, special, id, address);
			break;
		default:
			result = syscall(SYS_quotactl, command, special, id, address);
		}
		calls[number]++;
		successes[number] += result == 0;
	}
	return NULL;
}

static void *changes(void *argument)
{
	while (!stop) {
		munmap(changing, 4096);
		mmap(changing, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		mprotect(changing, 4096, PROT_READ | PROT_WRITE);
	}
	return argument;
}

/* Children that are killed while they call, so that their numbers go to others. */
static void *dies(void *argument)
{
	while (!stop) {
		pid_t child = fork();
		struct timespec moment = {0, 300000};

		if (child == 0) {
			struct if_dqblk block;
			while (1)
				quota(Q_GETQUOTA, 0, device, 0, &block);
		}
		nanosleep(&moment, NULL);
		if (child > 0) {
			kill(child, SIGKILL);
			waitpid(child, NULL, 0);
		}
	}
	return argument;
}

static int wildly(int seconds)
{
	pthread_t threads[THREADS + 2];
	unsigned long all = 0, well = 0;
	double start = now();

	edge = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memset(edge, 'x', 4096);
	munmap(edge + 4096, 4096);
	edge += 4095;
	changing = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	for (unsigned long i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, wild, (void *)i);
	pthread_create(&threads[THREADS], NULL, changes, NULL);
	pthread_create(&threads[THREADS + 1], NULL, dies, NULL);
	sleep((unsigned)seconds);
	stop = 1;
	for (int i = 0; i < THREADS + 2; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < THREADS; i++) {
		all += calls[i];
		well += successes[i];
	}
	printf("%lu calls, %lu of them succeeded, in %.1f s\n", all, well, now() - start);
	return 0;
}

static int rate(int seconds)
{
	struct if_dqblk block;
	double start = now();
	unsigned long count = 0;

	while (now() - start < seconds) {
		quota(Q_GETQUOTA, 0, device, 0, &block);
		count++;
	}
	printf("%.0f\n", (double)count / (now() - start));
	return 0;
}

static int listen_too(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {1, &allow};

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	errno = 0;
	syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	printf("%d\n", errno);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "listen") == 0)
		return listen_too();
	if (argc == 6 && strcmp(argv[1], "call") == 0)
		return once(argv + 2);
	if (argc == 6 && strcmp(argv[1], "nested") == 0)
		return unshare(CLONE_NEWUSER) < 0 ? 1 : once(argv + 2);
	if (argc < 3)
		return 2;
	snprintf(device, sizeof device, "%s", argv[argc - 1]);
	if (argc == 3 && strcmp(argv[1], "narrow") == 0)
		return narrow_state();
	if (argc != 4)
		return 2;
	return strcmp(argv[1], "wild") == 0 ? wildly(atoi(argv[2])) : rate(atoi(argv[2]));
}

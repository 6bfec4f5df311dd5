/*
 * Tries to break out of a container, and says what came of each try: a line "NAME ok" or "NAME
 * ERRNO". The same program on the host is the control that a success would be seen.
 *
 *   probe tries MARKER PID DEVICE   the tries below; MARKER is a file of the host, PID a process of
 *                                   the host, DEVICE a node of a disk of the host (MAJOR:MINOR)
 *   probe open FILE...              opens files for writing; nothing is written
 *   probe call NAME:ABI:NUMBER...   makes system calls with senseless arguments
 *   probe writable DIRECTORY...     names files below that open for writing; nothing is written
 *   probe listen NAME / connect NAME   an abstract socket
 *   probe shm KEY / shmat KEY       a SysV shared memory segment: make one, look for one
 *   probe owner FILE                the owner of the user namespace that FILE is
 *   probe sti                       types into the terminal that standard input is
 *   probe as ID PROGRAM...          as an ordinary user
 *   probe procs LIMIT COUNT         starts COUNT processes under RLIMIT_NPROC LIMIT, says how many
 *                                   there are, and keeps them until standard input ends
 *   probe setcap FILE / getcap FILE a file capability: gives one, says of what kind it is
 *   probe hold FILE                 sleeps with FILE open
 *   probe fork COUNT                keeps COUNT processes forking for ever, deaf to signals
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/nsfs.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

static const char *marker, *work = "/tmp";
static pid_t outsider;
static dev_t disk;

/* 0 for success, else -1 and errno, as a system call. */
static int open_close(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

static char *in_work(const char *name)
{
	static char path[4][128];
	static int turn;
	char *here = path[turn++ % 4];

	snprintf(here, sizeof path[0], "%s/%s", work, name);
	return here;
}

static int node_then_read(const char *name, mode_t type, dev_t device)
{
	char byte;
	int fd, result;

	unlink(name);
	if (mknod(name, type | 0600, device) < 0)
		return -1;
	fd = open(name, O_RDONLY | O_NONBLOCK);
	result = fd < 0 ? -1 : read(fd, &byte, 1) < 0 ? -1 : 0;
	if (fd >= 0)
		close(fd);
	unlink(name);
	return result;
}

static int own_tmpfs(void)
{
	mkdir(in_work("own"), 0700);
	return mount("tmpfs", in_work("own"), "tmpfs", 0, "size=64k");
}

static int mknod_disk(void) { return node_then_read(in_work("disk"), S_IFBLK, disk); }
static int mknod_mem(void) { return node_then_read(in_work("mem"), S_IFCHR, makedev(1, 1)); }

static int mknod_in_tmpfs(void)
{
	return own_tmpfs() < 0 ? -1 : node_then_read(in_work("own/disk"), S_IFBLK, disk);
}

/* A node that lies on the container's disk already: an archive or an administrator put it there. */
static int open_disk_node(void) { return open_close("/planted-disk", O_RDONLY); }
static int open_kmsg_node(void) { return open_close("/planted-kmsg", O_RDONLY); }

static int mount_disk_node(void)
{
	mkdir(in_work("mnt"), 0700);
	return mount("/planted-disk", in_work("mnt"), "ext4", MS_RDONLY, NULL);
}

static int mount_overlay_of_proc(void) { return mount("none", "/proc/sys", "debugfs", 0, NULL); }
static int mount_debugfs(void) { return mount("none", in_work(""), "debugfs", 0, NULL); }
static int mount_tracefs(void) { return mount("none", in_work(""), "tracefs", 0, NULL); }
static int mount_securityfs(void) { return mount("none", in_work(""), "securityfs", 0, NULL); }
static int mount_configfs(void) { return mount("none", in_work(""), "configfs", 0, NULL); }
static int mount_devtmpfs(void) { return mount("none", in_work(""), "devtmpfs", 0, NULL); }

static int write_after_unmasking(const char *path)
{
	umount2(path, MNT_DETACH);
	mount(NULL, path, NULL, MS_REMOUNT | MS_BIND, NULL);
	mount(NULL, "/sys", NULL, MS_REMOUNT, NULL);
	return open_close(path, O_WRONLY);
}

static int sysrq(void) { return write_after_unmasking("/proc/sysrq-trigger"); }
static int core_pattern(void) { return write_after_unmasking("/proc/sys/kernel/core_pattern"); }
static int modprobe(void) { return write_after_unmasking("/proc/sys/kernel/modprobe"); }
static int uevent_helper(void) { return write_after_unmasking("/sys/kernel/uevent_helper"); }
static int uevent(void) { return write_after_unmasking("/sys/devices/system/cpu/uevent"); }

static int kcore(void)
{
	umount2("/proc/kcore", MNT_DETACH);
	/* The mask is the null device: reading it is no success. */
	int fd = open("/proc/kcore", O_RDONLY);
	struct stat st;
	int result = fd < 0 || fstat(fd, &st) < 0 ? -1 : 0;

	if (result == 0 && !S_ISREG(st.st_mode)) {
		errno = EACCES;
		result = -1;
	}
	if (fd >= 0)
		close(fd);
	return result;
}

/* A fresh user, mount, cgroup and pid namespace, whose root we are. */
static int nested(int flags)
{
	char map[64];
	unsigned uid = getuid(), gid = getgid();
	int fd;

	if (unshare(CLONE_NEWUSER | CLONE_NEWNS | flags) < 0)
		return -1;
	fd = open("/proc/self/setgroups", O_WRONLY);
	if (fd >= 0 && write(fd, "deny", 4) != 4)
		return -1;
	close(fd);
	fd = open("/proc/self/uid_map", O_WRONLY);
	snprintf(map, sizeof map, "0 %u 1", uid);
	if (fd < 0 || write(fd, map, strlen(map)) < 0)
		return -1;
	close(fd);
	fd = open("/proc/self/gid_map", O_WRONLY);
	snprintf(map, sizeof map, "0 %u 1", gid);
	if (fd < 0 || write(fd, map, strlen(map)) < 0)
		return -1;
	close(fd);
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

static const char *const hierarchies[] = {"cpu",    "cpuacct", "cpuset", "memory",
					  "devices", "freezer", "blkio",  "pids", "name=systemd"};

/* Mounts each v1 hierarchy and tries a file of it. */
static int cgroup_file(const char *file, int agent)
{
	int last = ENOENT;

	for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
		char path[256], data[128];
		const char *own = in_work("own");

		mkdir(own, 0700);
		snprintf(data, sizeof data, "%s%s", hierarchies[i], agent ? ",release_agent=/x" : "");
		if (strncmp(hierarchies[i], "name=", 5) == 0)
			snprintf(data, sizeof data, "none,%s%s", hierarchies[i],
				 agent ? ",release_agent=/x" : "");
		if (mount("cgroup", own, "cgroup", 0, data) < 0) {
			last = errno;
			continue;
		}
		if (agent)
			return 0; /* the kernel took a release agent from us */
		snprintf(path, sizeof path, "%s/%s", own, file);
		if (open_close(path, O_WRONLY) == 0)
			return 0;
		last = errno;
		umount2(own, MNT_DETACH);
	}
	errno = last;
	return -1;
}

static int release_agent_here(void) { return cgroup_file("release_agent", 0); }
static int release_agent_option(void) { return cgroup_file("", 1); }

static int release_agent_nested(void)
{
	return nested(CLONE_NEWCGROUP) < 0 ? -1 : cgroup_file("release_agent", 0);
}

static int release_agent_option_nested(void)
{
	return nested(CLONE_NEWCGROUP) < 0 ? -1 : cgroup_file("", 1);
}

static int raise_pids(void) { return cgroup_file("pids.max", 0); }
static int raise_memory(void) { return cgroup_file("memory.limit_in_bytes", 0); }
static int raise_cpu(void) { return cgroup_file("cpu.shares", 0); }
static int allow_devices(void) { return cgroup_file("devices.allow", 0); }
static int thaw_others(void) { return cgroup_file("freezer.state", 0); }

static int raise_nested(void)
{
	return nested(CLONE_NEWCGROUP) < 0 ? -1 : cgroup_file("devices.allow", 0);
}

/* The group above ours in the unified hierarchy is the host's. */
static int leave_cgroup(void)
{
	static const char *const above[] = {"/sys/fs/cgroup/unified/../cgroup.procs",
					    "/sys/fs/cgroup/systemd/../cgroup.procs",
					    "/sys/fs/cgroup/../cgroup.procs",
					    "/sys/fs/cgroup/pids/cgroup.procs"};

	for (int i = 0; i < 4; i++)
		if (open_close(above[i], O_WRONLY) == 0)
			return 0;
	return -1;
}

static int kill_outsider(void) { return kill(outsider, SIGKILL); }
static int ptrace_outsider(void) { return (int)ptrace(PTRACE_SEIZE, outsider, 0, 0); }
static int pidfd_outsider(void) { return (int)syscall(SYS_pidfd_open, outsider, 0); }

static int read_outsider(void)
{
	char byte;
	struct iovec here = {&byte, 1}, there = {&outsider, 1};

	return process_vm_readv(outsider, &here, 1, &there, 1, 0) < 0 ? -1 : 0;
}

static int open_marker(void) { return open_close(marker, O_RDONLY); }

/* By way of every process that can be seen: its root, its directory, its descriptors. */
static int marker_by_proc(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	char path[4352];

	while (proc && (entry = readdir(proc))) {
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		snprintf(path, sizeof path, "/proc/%s/root%s", entry->d_name, marker);
		if (open_close(path, O_RDONLY) == 0)
			return 0;
		snprintf(path, sizeof path, "/proc/%s/cwd/../../../../../../../..%s", entry->d_name,
			 marker);
		if (open_close(path, O_RDONLY) == 0)
			return 0;
		for (int fd = 0; fd < 64; fd++) {
			snprintf(path, sizeof path, "/proc/%s/fd/%d/../../../../../../../..%s",
				 entry->d_name, fd, marker);
			if (open_close(path, O_RDONLY) == 0)
				return 0;
		}
	}
	if (proc)
		closedir(proc);
	errno = ENOENT;
	return -1;
}

static int chroot_out(void)
{
	int fd = open("/", O_RDONLY | O_DIRECTORY);
	const char *inner = in_work("inner");

	mkdir(inner, 0700);
	if (fd < 0 || chroot(inner) < 0 || fchdir(fd) < 0)
		return -1;
	for (int i = 0; i < 64; i++)
		if (chdir("..") < 0)
			return -1;
	if (chroot(".") < 0)
		return -1;
	return open_marker();
}

static int pivot_out(void)
{
	if (nested(0) < 0)
		return -1;
	if (mount("/", "/", NULL, MS_BIND | MS_REC, NULL) < 0 || chdir("/") < 0 ||
	    syscall(SYS_pivot_root, ".", ".") < 0)
		return -1;
	for (int i = 0; i < 64; i++)
		umount2(".", MNT_DETACH);
	if (chdir("/..") < 0)
		return -1;
	return open_marker();
}

static int umount_root(void)
{
	for (int i = 0; i < 8; i++)
		umount2("/", MNT_DETACH);
	return open_marker();
}

/* Move a tree over a mask, so that what is under it shows. */
static int move_mask(void)
{
	mkdir(in_work("mnt"), 0700);
	mount("/proc/sysrq-trigger", in_work("mnt"), NULL, MS_MOVE, NULL);
	return open_close("/proc/sysrq-trigger", O_WRONLY);
}

static int shocker(void)
{
	struct {
		struct file_handle handle;
		unsigned char bytes[8];
	} root = {{.handle_bytes = 8, .handle_type = 1}, {2, 0, 0, 0, 0, 0, 0, 0}};
	int mount_fd = open("/etc", O_RDONLY), fd;

	fd = (int)syscall(SYS_open_by_handle_at, mount_fd, &root, O_RDONLY);
	return fd < 0 ? -1 : 0;
}

static int proc_anew(void)
{
	int status;
	pid_t child;

	if (nested(CLONE_NEWPID) < 0)
		return -1;
	child = fork();
	if (child == 0) {
		mkdir(in_work("mnt"), 0700);
		if (mount("proc", in_work("mnt"), "proc", 0, NULL) < 0)
			_exit(errno);
		_exit(open_close(in_work("mnt/sysrq-trigger"), O_WRONLY) == 0 ? 0 : errno);
	}
	waitpid(child, &status, 0);
	errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
	return errno ? -1 : 0;
}

static int sysfs_anew(void)
{
	if (nested(CLONE_NEWNET) < 0)
		return -1;
	mkdir(in_work("mnt"), 0700);
	if (mount("sysfs", in_work("mnt"), "sysfs", 0, NULL) < 0)
		return -1;
	return open_close(in_work("mnt/kernel/uevent_helper"), O_WRONLY);
}

static int hostname_of_nested(void)
{
	/* Capabilities in a nested namespace must not count in ours. */
	return nested(0) < 0 ? -1 : sethostname("broken", 6);
}

static int raise_hard_limit(void)
{
	struct {
		unsigned long long soft, hard;
	} limit;

	if (syscall(SYS_prlimit64, 0, 7, NULL, &limit) < 0)
		return -1;
	limit.hard += 1000;
	return (int)syscall(SYS_prlimit64, 0, 7, &limit, NULL);
}

static int raise_namespaces(void)
{
	return open_close("/proc/sys/user/max_user_namespaces", O_WRONLY);
}

static int host_pts(void)
{
	/* The slave of our console lies in the host's devpts: nothing beside it may be reached. */
	return open_close("/dev/console/../0", O_RDWR);
}

static int reboot_kexec(void)
{
	/* LINUX_REBOOT_CMD_KEXEC: in a pid namespace not even this reaches the host. */
	return (int)syscall(SYS_reboot, 0xfee1dead, 672274793, 0x45584543, 0);
}

static int ctrl_alt_del(void)
{
	return (int)syscall(SYS_reboot, 0xfee1dead, 672274793, 0x00000000, 0);
}

static const struct {
	const char *name;
	int (*attempt)(void);
} tries[] = {
	{"mknod-disk", mknod_disk},
	{"mknod-mem", mknod_mem},
	{"mknod-in-tmpfs", mknod_in_tmpfs},
	{"open-disk-node", open_disk_node},
	{"open-kmsg-node", open_kmsg_node},
	{"mount-disk-node", mount_disk_node},
	{"mount-on-proc-sys", mount_overlay_of_proc},
	{"mount-debugfs", mount_debugfs},
	{"mount-tracefs", mount_tracefs},
	{"mount-securityfs", mount_securityfs},
	{"mount-configfs", mount_configfs},
	{"mount-devtmpfs", mount_devtmpfs},
	{"sysrq-trigger", sysrq},
	{"core_pattern", core_pattern},
	{"modprobe", modprobe},
	{"uevent_helper", uevent_helper},
	{"uevent", uevent},
	{"kcore", kcore},
	{"release_agent", release_agent_here},
	{"release_agent-option", release_agent_option},
	{"release_agent-nested", release_agent_nested},
	{"release_agent-option-nested", release_agent_option_nested},
	{"pids.max", raise_pids},
	{"memory.limit", raise_memory},
	{"cpu.shares", raise_cpu},
	{"devices.allow", allow_devices},
	{"devices.allow-nested", raise_nested},
	{"freezer.state", thaw_others},
	{"leave-cgroup", leave_cgroup},
	{"kill-outsider", kill_outsider},
	{"ptrace-outsider", ptrace_outsider},
	{"pidfd-outsider", pidfd_outsider},
	{"read-outsider", read_outsider},
	{"open-marker", open_marker},
	{"marker-by-proc", marker_by_proc},
	{"chroot-out", chroot_out},
	{"pivot-out", pivot_out},
	{"umount-root", umount_root},
	{"move-mask", move_mask},
	{"shocker", shocker},
	{"proc-anew", proc_anew},
	{"sysfs-anew", sysfs_anew},
	{"hostname-of-nested", hostname_of_nested},
	{"raise-hard-limit", raise_hard_limit},
	{"raise-namespaces", raise_namespaces},
	{"host-pts", host_pts},
	{"reboot-kexec", reboot_kexec},
	{"ctrl-alt-del", ctrl_alt_del},
};

static void tell(const char *name, int error)
{
	printf("%s %s\n", name, error == 0 ? "ok" : strerrorname_np(error) ?: "unknown");
	fflush(stdout);
}

/* Each in a process of its own, with mounts of its own where we may have them. */
static int try_all(void)
{
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		int status = 0;
		pid_t child = fork();

		if (child == 0) {
			alarm(20);
			if (unshare(CLONE_NEWNS) == 0)
				mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
			_exit(tries[i].attempt() == 0 ? 0 : errno);
		}
		waitpid(child, &status, 0);
		if (WIFSIGNALED(status))
			printf("%s signal-%d\n", tries[i].name, WTERMSIG(status));
		else
			tell(tries[i].name, WEXITSTATUS(status));
		fflush(stdout);
	}
	return 0;
}

static long call_i386(long number)
{
#ifdef __x86_64__
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(-1L), "c"(-1L), "d"(-1L), "S"(-1L), "D"(-1L)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
#else
	(void)number;
	return -ENOSYS;
#endif
}

/* Arguments that no kernel takes, so that nothing happens where nothing stops us. */
static int call(char **words)
{
	for (; *words; words++) {
		char name[64], abi[16];
		unsigned long number;
		long result;

		if (sscanf(*words, "%63[^:]:%15[^:]:%lu", name, abi, &number) != 3)
			return 2;
		if (strcmp(abi, "i386") == 0) {
			result = call_i386((long)number);
			errno = result < 0 && result > -4096 ? (int)-result : 0;
		} else {
			if (strcmp(abi, "x32") == 0)
				number |= 0x40000000;
			result = syscall((long)number, -1L, -1L, -1L, -1L, -1L, -1L);
			errno = result == -1 ? errno : 0;
		}
		printf("%s:%s ", name, abi);
		tell("", errno);
	}
	return 0;
}

static void walk(const char *directory, int depth)
{
	DIR *handle = depth < 12 ? opendir(directory) : NULL;
	struct dirent *entry;
	char path[4096];
	struct stat st;

	while (handle && (entry = readdir(handle))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (depth == 0 && entry->d_name[0] >= '0' && entry->d_name[0] <= '9')
			continue; /* processes */
		snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
		if (lstat(path, &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode))
			walk(path, depth + 1);
		else if (S_ISREG(st.st_mode) && open_close(path, O_WRONLY) == 0)
			puts(path);
	}
	if (handle)
		closedir(handle);
}

static int abstract_socket(const char *name, int listening)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(address.sun_path + 1, name, strlen(name));
	if (!listening)
		return connect(fd, (struct sockaddr *)&address, length);
	if (bind(fd, (struct sockaddr *)&address, length) < 0 || listen(fd, 1) < 0)
		return -1;
	tell("listening", 0);
	pause();
	return 0;
}

static int fork_for_ever(int count)
{
	for (int i = 1; i < 32; i++)
		signal(i, SIG_IGN);
	for (int i = 0; i < count; i++) {
		if (fork() == 0) {
			/* Each generation ends as soon as its child lives. */
			while (1) {
				pid_t child = fork();
				if (child > 0)
					_exit(0);
				usleep(2000);
			}
		}
	}
	tell("forking", 0);
	while (1)
		pause();
}

static int as_user(unsigned id, char **program)
{
	if (setgroups(0, NULL) < 0 || setresgid(id, id, id) < 0 || setresuid(id, id, id) < 0)
		return 3;
	execv(program[0], program);
	return 4;
}

static int processes(rlim_t limit, int count)
{
	struct rlimit processes = {limit, limit};
	pid_t children[1000];
	int made = 0;
	char byte;

	setrlimit(RLIMIT_NPROC, &processes);
	while (made < count && made < 1000 && (children[made] = fork()) > 0)
		made++;
	if (made < count && children[made] == 0) {
		pause();
		_exit(0);
	}
	printf("%d\n", made);
	fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	for (int i = 0; i < made; i++)
		kill(children[i], SIGKILL);
	return 0;
}

/* CAP_DAC_OVERRIDE, permitted and effective, as struct vfs_cap_data of revision 2. */
static int set_capability(const char *file)
{
	static const unsigned words[5] = {0x02000001, 1U << 1, 0, 0, 0};

	return setxattr(file, "security.capability", words, sizeof words, 0);
}

static int get_capability(const char *file)
{
	unsigned words[6] = {0};
	ssize_t length = getxattr(file, "security.capability", words, sizeof words);

	if (length < 0)
		return -1;
	printf("revision %u of %u\n", words[0] >> 24, words[5]);
	return 0;
}

static int simple(const char *what, char **words)
{
	int fd, type = 'x', result = -1;
	uid_t owner = 0;

	if (strcmp(what, "listen") == 0 || strcmp(what, "connect") == 0) {
		result = abstract_socket(words[0], what[0] == 'l');
	} else if (strcmp(what, "shm") == 0) {
		result = shmget(atoi(words[0]), 4096, IPC_CREAT | IPC_EXCL | 0666) < 0 ? -1 : 0;
	} else if (strcmp(what, "shmat") == 0) {
		result = shmget(atoi(words[0]), 0, 0) < 0 ? -1 : 0;
	} else if (strcmp(what, "shmrm") == 0) {
		result = shmctl(shmget(atoi(words[0]), 0, 0), IPC_RMID, NULL);
	} else if (strcmp(what, "owner") == 0) {
		fd = open(words[0], O_RDONLY);
		result = fd < 0 ? -1 : ioctl(fd, NS_GET_OWNER_UID, &owner);
		if (result == 0)
			printf("%u\n", owner);
	} else if (strcmp(what, "setcap") == 0) {
		result = set_capability(words[0]);
	} else if (strcmp(what, "getcap") == 0) {
		result = get_capability(words[0]);
	} else if (strcmp(what, "sti") == 0) {
		result = ioctl(0, TIOCSTI, &type);
	} else if (strcmp(what, "hold") == 0) {
		fd = open(words[0], O_RDONLY);
		tell("holding", fd < 0 ? errno : 0);
		pause();
	}
	tell(what, result < 0 ? errno : 0);
	return result < 0;
}

int main(int argc, char **argv)
{
	unsigned major, minor;

	if (argc < 2)
		return 2;
	if (strcmp(argv[1], "tries") == 0 && argc == 5) {
		marker = argv[2];
		outsider = atoi(argv[3]);
		if (sscanf(argv[4], "%u:%u", &major, &minor) != 2)
			return 2;
		disk = makedev(major, minor);
		return try_all();
	}
	if (strcmp(argv[1], "call") == 0)
		return call(argv + 2);
	if (strcmp(argv[1], "writable") == 0) {
		for (int i = 2; i < argc; i++)
			walk(argv[i], 0);
		return 0;
	}
	if (strcmp(argv[1], "open") == 0) {
		for (int i = 2; i < argc; i++)
			tell(argv[i], open_close(argv[i], O_WRONLY) < 0 ? errno : 0);
		return 0;
	}
	if (strcmp(argv[1], "as") == 0 && argc > 3)
		return as_user((unsigned)atoi(argv[2]), argv + 3);
	if (strcmp(argv[1], "procs") == 0 && argc == 4)
		return processes((rlim_t)atoi(argv[2]), atoi(argv[3]));
	if (strcmp(argv[1], "fork") == 0 && argc == 3)
		return fork_for_ever(atoi(argv[2]));
	return simple(argv[1], argv + 2);
}

/*
 * System calls that libc has no function for, or that Debian 12's libc does not know yet. The
 * numbers are the same on all architectures that we build for.
 */
#ifndef VZ_KERNEL_H
#define VZ_KERNEL_H

#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#define VZ_CLOSE_RANGE_CLOEXEC 4U

static inline int sys_openat2(int dir, const char *path, int flags, unsigned mode,
			      unsigned long long resolve)
{
	struct open_how how = {
		.flags = (unsigned long long)flags, .mode = mode, .resolve = resolve};

	return (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
}

static inline pid_t sys_clone3(struct clone_args *args)
{
	return (pid_t)syscall(SYS_clone3, args, sizeof *args);
}

static inline int sys_pidfd_open(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0);
}

static inline int sys_pidfd_signal(int pidfd, int number)
{
	return (int)syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0);
}

static inline int sys_close_range(unsigned first, unsigned last, unsigned flags)
{
	return (int)syscall(SYS_close_range, first, last, flags);
}

/* The numbers and flags of open_tree(2) and move_mount(2): Linux 5.2, glibc 2.36. */
#ifndef SYS_open_tree
#define SYS_open_tree 428
#define SYS_move_mount 429
#endif

/* A copy of a directory's mount and of those below it, not yet to be found anywhere. */
static inline int sys_open_tree_copy(int dir)
{
	return (int)syscall(SYS_open_tree, dir, "",
			    0x1U /* OPEN_TREE_CLONE */ | 02000000U /* OPEN_TREE_CLOEXEC */ |
				    0x1000U /* AT_EMPTY_PATH */ | 0x8000U /* AT_RECURSIVE */);
}

/* A copy of the mount that a path is on, seen from there, without those below it. */
static inline int sys_open_tree_clone(const char *path)
{
	return (int)syscall(SYS_open_tree, AT_FDCWD, path,
			    0x1U /* OPEN_TREE_CLONE */ | 02000000U /* OPEN_TREE_CLOEXEC */ |
				    0x100U /* AT_SYMLINK_NOFOLLOW */);
}

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

/*
 * Linux 5.12: a mount becomes private and gets attributes; with a user namespace, owners on it are
 * seen as that one maps them.
 */
static inline int sys_shift_mount(int mount, int users, unsigned long attributes)
{
	const unsigned long long attr[4] = {
		attributes | (users < 0 ? 0U : 0x100000U /* MOUNT_ATTR_IDMAP */), 0,
		1U << 18 /* MS_PRIVATE */, users < 0 ? 0 : (unsigned long long)users};

	return (int)syscall(SYS_mount_setattr, mount, "", 0x1000U /* AT_EMPTY_PATH */, attr,
			    sizeof attr);
}

/*
 * Linux 5.12: a mount and those below it become private (nothing is passed on to those they were
 * copied from), and read-only, nosuid, nodev, noexec.
 */
static inline int sys_restrict_mounts(int mount)
{
	const unsigned long long attr[4] = {
		0xfU /* MOUNT_ATTR_RDONLY | NOSUID | NODEV | NOEXEC */, 0, 1U << 18 /* MS_PRIVATE */, 0};

	return (int)syscall(SYS_mount_setattr, mount, "",
			    0x1000U /* AT_EMPTY_PATH */ | 0x8000U /* AT_RECURSIVE */, attr,
			    sizeof attr);
}

/* Puts it on top of a directory. */
static inline int sys_move_mount(int tree, int dir)
{
	return (int)syscall(SYS_move_mount, tree, "", dir, "",
			    0x4U /* MOVE_MOUNT_F_EMPTY_PATH */ |
				    0x40U /* MOVE_MOUNT_T_EMPTY_PATH */);
}

#ifndef SYS_quotactl_fd
#define SYS_quotactl_fd 443
#endif

/* Linux 5.14. The file system is that of an open file; O_PATH suffices. */
static inline int sys_quotactl_fd(int fd, unsigned command, unsigned id, void *data)
{
	return (int)syscall(SYS_quotactl_fd, fd, command, id, data);
}

/* Linux 6.17: struct file_attr and its two calls. */
struct vz_file_attr {
	unsigned long long fa_xflags;
	unsigned fa_extsize, fa_nextents, fa_projid, fa_cowextsize;
};

static inline int sys_file_getattr(int dir, const char *name, struct vz_file_attr *attr)
{
	return (int)syscall(468, dir, name, attr, sizeof *attr, 0x100 /* AT_SYMLINK_NOFOLLOW */);
}

static inline int sys_file_setattr(int dir, const char *name, const struct vz_file_attr *attr)
{
	return (int)syscall(469, dir, name, attr, sizeof *attr, 0x100 /* AT_SYMLINK_NOFOLLOW */);
}

static inline int sys_pivot_root(const char *new_root, const char *put_old)
{
	return (int)syscall(SYS_pivot_root, new_root, put_old);
}

#endif

/* Mounts, on the host and inside. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

/* statfs(2) tells a mount's flags; these are the ones a remount in a user namespace must keep. */
static unsigned long mount_flags_of(int fd)
{
	static const struct {
		unsigned long st, ms;
	} kept[] = {
		{0x0001, MS_RDONLY}, {0x0002, MS_NOSUID},   {0x0004, MS_NODEV},
		{0x0008, MS_NOEXEC}, {0x0400, MS_NOATIME},  {0x0800, MS_NODIRATIME},
		{0x1000, MS_RELATIME},
	};
	struct statfs fs;
	unsigned long flags = 0;

	if (fstatfs(fd, &fs) < 0)
		return 0;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if ((unsigned long)fs.f_flags & kept[i].st)
			flags |= kept[i].ms;
	return flags;
}

/* The name by which mount(2) takes an open file. */
static const char *fd_path(int fd, char path[32])
{
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return path;
}

/* mount(2) on a target that is looked up anew, for each call must see the mount made before. */
static int mount_on(struct run *run, const char *source, const char *target, const char *type,
		    unsigned long flags, const void *data, int keep_flags)
{
	char path[32];
	int fd, result, error;

	if (!run->root || !run->inside)
		fd = -1;
	else if ((fd = open_path(run, target, O_PATH)) < 0)
		return -1;
	if (keep_flags) {
		int any = fd >= 0 ? fd : open(target, O_PATH | O_CLOEXEC);
		if (any < 0)
			return -1;
		flags |= mount_flags_of(any);
		if (any != fd)
			close(any);
	}
	result = mount(source, fd >= 0 ? fd_path(fd, path) : target, type, flags, data);
	error = errno;
	if (fd >= 0)
		close(fd);
	errno = error;
	return result;
}

/* Binds, then sets further flags: the first call ignores them. */
int bind_path(struct run *run, const char *source, const char *target, unsigned long flags)
{
	unsigned long bind = flags & (MS_BIND | MS_REC), rest = flags & ~bind;
	char path[32];
	int fd, result, error;

	fd = open_path(run, source, O_PATH);
	if (fd < 0)
		return -1;
	/* Without a root to protect from, /proc may be missing: use the plain path. */
	result = mount_on(run, run->inside && run->root ? fd_path(fd, path) : source, target, NULL,
			  bind, NULL, 0);
	error = errno;
	close(fd);
	errno = error;
	if (result < 0 || !rest)
		return result;
	return mount_on(run, NULL, target, NULL, MS_BIND | MS_REMOUNT | rest, NULL, 1);
}

/*
 * Binds the root onto itself. Its path is of no use to see the new mount: the container's root is
 * an unprivileged user of the host, who must not be able to pass through the directories above, or
 * any user of the host could run a setuid program that lies in it.
 */
static int bind_root(struct run *run)
{
	int tree = sys_open_tree_copy(run->root_fd), error;

	if (tree < 0)
		return -1;
	if (sys_move_mount(tree, run->root_fd) < 0) {
		error = errno;
		close(tree);
		errno = error;
		return -1;
	}
	close(run->root_fd);
	run->root_fd = tree;
	return 0;
}

static int is_root(const struct run *run, const char *path)
{
	return run->inside && run->root && path && strcmp(path, run->root) == 0;
}

static const char *or_null(const char *word)
{
	return strcmp(word, "-") == 0 ? NULL : word;
}

/* mount SRC TARGET FSTYPE FLAGS DATA */
int step_mount(struct run *run, char **w, int count)
{
	const char *source = or_null(w[0]), *target = w[1], *type = or_null(w[2]);
	struct mount_flags f;

	(void)count;
	if (parse_mount_flags(w[3], &f) < 0)
		return -1;
	if (f.bind && !f.remount) {
		if (!source) {
			errno = EINVAL;
			return -1;
		}
		if (run->root_fd >= 0 && is_root(run, source) && is_root(run, target) &&
		    f.bind == (MS_BIND | MS_REC) && !f.flags) {
			if (bind_root(run) < 0)
				return -1;
		} else {
			if (bind_path(run, source, target, f.bind | f.flags) < 0)
				return -1;
			if (is_root(run, target))
				root_forget(run);
		}
	} else if (f.remount) {
		if (mount_on(run, NULL, target, NULL, MS_REMOUNT | (f.bind & MS_BIND) | f.flags,
			     or_null(w[4]), f.bind != 0) < 0)
			return -1;
	} else if (type) {
		if (mount_on(run, source ? source : "none", target, type, f.flags, or_null(w[4]),
			     0) < 0)
			return -1;
		if (is_root(run, target))
			root_forget(run);
	} else if (!f.propagation) {
		errno = EINVAL;
		return -1;
	}
	if (f.propagation)
		return mount_on(run, NULL, target, NULL, f.propagation, NULL, 0);
	return 0;
}

/* umount TARGET FLAGS */
int step_umount(struct run *run, char **w, int count)
{
	char name[NAME_MAX + 1];
	int parent, flags = UMOUNT_NOFOLLOW, result, error;

	(void)count;
	if (strcmp(w[1], "detach") == 0)
		flags |= MNT_DETACH;
	else if (strcmp(w[1], "-") != 0) {
		errno = EINVAL;
		return -1;
	}
	if (!run->inside || !run->root)
		return umount2(w[0], flags);
	parent = open_parent(run, w[0], name, sizeof name);
	if (parent < 0)
		return -1;
	result = fchdir(parent) < 0 ? -1 : umount2(name, flags);
	error = errno;
	close(parent);
	if (chdir("/") < 0)
		return -1;
	errno = error;
	return result;
}

/* pivot PATH: no directory for the old root is needed, see pivot_root(2), NOTES. */
int step_pivot(struct run *run, char **w, int count)
{
	int root = root_open(run), gone;

	(void)w, (void)count;
	gone = root < 0 ? -1 : fchdir(root);
	close(root);
	root_forget(run);
	if (gone < 0 || sys_pivot_root(".", ".") < 0 || umount2(".", MNT_DETACH) < 0 ||
	    chdir("/") < 0)
		return -1;
	run->root = NULL;
	return 0;
}

/* mask PATH */
int step_mask(struct run *run, char **w, int count)
{
	char null[PATH_MAX];
	struct stat st;
	int fd, good;

	(void)count;
	fd = open_path(run, w[0], O_PATH);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
	if (fstat(fd, &st) < 0) {
		close(fd);
		return -1;
	}
	close(fd);
	if (S_ISDIR(st.st_mode))
		return mount_on(run, "none", w[0], "tmpfs",
				MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC,
				"size=4k,nr_inodes=2,mode=755", 0);
	/* The container's own node if there is one: a checkpoint then sees no foreign mount. */
	snprintf(null, sizeof null, "%s/dev/null", run->root ? run->root : "");
	fd = open_path(run, null, O_PATH | O_NOFOLLOW);
	good = fd >= 0 && is_device(fd, 1, 3);
	if (fd >= 0)
		close(fd);
	if (!good && !run->root) {
		run->why = "/dev/null is not the null device";
		errno = ENODEV;
		return -1;
	}
	return bind_path(run, good ? null : "/dev/null", w[0], MS_BIND);
}

/* readonly PATH */
int step_readonly(struct run *run, char **w, int count)
{
	int fd;

	(void)count;
	fd = open_path(run, w[0], O_PATH);
	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
	close(fd);
	return bind_path(run, w[0], w[0], MS_BIND | MS_REC | MS_RDONLY);
}

/* bind-console PATH */
int step_bind_console(struct run *run, char **w, int count)
{
	char name[NAME_MAX + 1];
	struct stat here, there;
	int parent, fd;

	(void)count;
	if (run->console.slave < 0) {
		run->why = "the plan opened no console";
		errno = ENOTTY;
		return -1;
	}
	parent = open_parent(run, w[0], name, sizeof name);
	if (parent < 0)
		return -1;
	fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	close(parent);
	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST)
		return -1;
	/* By its name: our descriptor belongs to the host's mount namespace, and can't be bound. */
	if (stat(run->console.path, &here) < 0 || fstat(run->console.slave, &there) < 0)
		return -1;
	if (here.st_rdev != there.st_rdev) {
		run->why = "the console is not in /dev/pts";
		errno = ENODEV;
		return -1;
	}
	run->console.inside = w[0];
	return bind_path(run, run->console.path, w[0], MS_BIND);
}

/* unmounted PATH: fails with EBUSY if it is a mount point. That it is missing is fine. */
int step_unmounted(struct run *run, char **w, int count)
{
	struct statx st;

	(void)run, (void)count;
	if (statx(AT_FDCWD, w[0], AT_NO_AUTOMOUNT, STATX_TYPE, &st) < 0)
		return errno == ENOENT ? 0 : -1;
	if (!(st.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)) /* before Linux 5.8 */
		errno = EOPNOTSUPP;
	else if (st.stx_attributes & STATX_ATTR_MOUNT_ROOT)
		errno = EBUSY;
	else
		return 0;
	return -1;
}

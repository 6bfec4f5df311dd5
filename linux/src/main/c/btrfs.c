/*
 * Subvolumes of btrfs, with those that a guest has made inside them: a snapshot of the kernel's has
 * an empty directory in the place of each, and one that has others in it is not deleted. What lies
 * in a subvolume is a guest's: nothing is followed and its root never left.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/btrfs_tree.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "vzlaunch.h"

#define DEEPEST 64 /* a descriptor or two for each level */

static int finish(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

static int beneath(int dir, const char *path)
{
	return sys_openat2(dir, *path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0,
			   RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS |
				   RESOLVE_NO_XDEV);
}

/* Opens the directory above a path of the host's; *name is what follows. */
static int parent_of(const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');
	char *above;
	int fd;

	if (!slash || !slash[1] || strlen(slash + 1) > BTRFS_SUBVOL_NAME_MAX) {
		errno = EINVAL;
		return -1;
	}
	*name = slash + 1;
	above = strndup(path, slash == path ? 1 : (size_t)(slash - path));
	if (!above)
		return -1;
	fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(above);
	return fd;
}

/* Opens a subvolume by its name. */
static int open_subvolume(int parent, const char *name)
{
	int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		return finish(fd, -1);
	if (st.st_ino != BTRFS_FIRST_FREE_OBJECTID) {
		errno = EINVAL;
		return finish(fd, -1);
	}
	return fd;
}

static int set_readonly(int fd, int readonly)
{
	__u64 flags;

	if (ioctl(fd, BTRFS_IOC_SUBVOL_GETFLAGS, &flags) < 0)
		return -1;
	if (!(flags & BTRFS_SUBVOL_RDONLY) == !readonly)
		return 0;
	flags ^= BTRFS_SUBVOL_RDONLY;
	return ioctl(fd, BTRFS_IOC_SUBVOL_SETFLAGS, &flags);
}

static int is_readonly(int fd)
{
	__u64 flags;

	if (ioctl(fd, BTRFS_IOC_SUBVOL_GETFLAGS, &flags) < 0)
		return -1;
	return (flags & BTRFS_SUBVOL_RDONLY) != 0;
}

/* What is done with each subvolume in another: the path of its directory, empty or with a slash at
 * the end, and its name there. */
typedef int nested_function(int outer, const char *path, const char *name, int copy, int depth);

/* Linux 4.18. Returns how many there were, or -1. */
static int each_nested(int outer, nested_function *work, int copy, int depth)
{
	struct btrfs_ioctl_get_subvol_rootref_args *refs;
	struct btrfs_ioctl_ino_lookup_user_args *where;
	int more = 1, found = 0, result = 0, error;

	if (depth > DEEPEST) {
		errno = ELOOP;
		return -1;
	}
	refs = calloc(1, sizeof *refs);
	where = calloc(1, sizeof *where);
	if (!refs || !where)
		result = -1;
	while (result == 0 && more) {
		more = 0;
		if (ioctl(outer, BTRFS_IOC_GET_SUBVOL_ROOTREF, refs) < 0) {
			more = errno == EOVERFLOW; /* as many as fit; the next ones come next */
			if (!more)
				result = -1;
		}
		for (int i = 0; result == 0 && i < refs->num_items; i++) {
			memset(where, 0, sizeof *where);
			where->treeid = refs->rootref[i].treeid;
			where->dirid = refs->rootref[i].dirid;
			found++;
			if (work && (ioctl(outer, BTRFS_IOC_INO_LOOKUP_USER, where) < 0 ||
				     work(outer, where->path, where->name, copy, depth) < 0))
				result = -1;
		}
	}
	error = errno;
	free(refs);
	free(where);
	errno = error;
	return result < 0 ? -1 : found;
}

static int snapshot(int from, int parent, const char *name, int readonly, int depth);

/* The kernel's empty directory makes way for a snapshot. */
static int copy_nested(int outer, const char *path, const char *name, int copy, int depth)
{
	int from_dir = beneath(outer, path), to_dir = -1, from = -1, result = -1, readonly, error;

	if (from_dir >= 0)
		to_dir = beneath(copy, path);
	if (to_dir >= 0)
		from = open_subvolume(from_dir, name);
	if (from >= 0 && (readonly = is_readonly(from)) >= 0 &&
	    unlinkat(to_dir, name, AT_REMOVEDIR) == 0)
		result = snapshot(from, to_dir, name, readonly, depth + 1);
	error = errno;
	if (from >= 0)
		close(from);
	if (to_dir >= 0)
		close(to_dir);
	if (from_dir >= 0)
		close(from_dir);
	errno = error;
	return result;
}

static int snapshot(int from, int parent, const char *name, int readonly, int depth)
{
	struct btrfs_ioctl_vol_args_v2 args;
	int nested = each_nested(from, NULL, -1, depth), to, result;

	if (nested < 0)
		return -1;
	memset(&args, 0, sizeof args);
	args.fd = from;
	args.flags = readonly && !nested ? BTRFS_SUBVOL_RDONLY : 0;
	strncpy(args.name, name, sizeof args.name - 1);
	if (ioctl(parent, BTRFS_IOC_SNAP_CREATE_V2, &args) < 0)
		return -1;
	if (!nested)
		return 0;
	to = open_subvolume(parent, name);
	if (to < 0)
		return -1;
	result = each_nested(from, copy_nested, to, depth);
	if (result >= 0 && readonly)
		result = set_readonly(to, 1);
	return finish(to, result);
}

/* snapshot FROM TO ro|-: FROM's nested subvolumes stay as they are while this is done */
int step_snapshot(struct run *run, char **w, int count)
{
	const char *name;
	int readonly = strcmp(w[2], "ro") == 0, from, parent, result;

	(void)count;
	if (!readonly && strcmp(w[2], "-") != 0) {
		errno = EINVAL;
		return -1;
	}
	from = open_subvolume(AT_FDCWD, w[0]);
	if (from < 0) {
		if (errno == EINVAL)
			run->why = "no subvolume";
		return -1;
	}
	parent = parent_of(w[1], &name);
	if (parent < 0)
		return finish(from, -1);
	result = snapshot(from, parent, name, readonly, 0);
	return finish(from, finish(parent, result < 0 ? -1 : 0));
}

static int delete(int parent, const char *name, int depth);

static int delete_nested(int outer, const char *path, const char *name, int copy, int depth)
{
	int dir = beneath(outer, path);

	(void)copy;
	return dir < 0 ? -1 : finish(dir, delete(dir, name, depth + 1));
}

static int delete(int parent, const char *name, int depth)
{
	struct btrfs_ioctl_vol_args args;
	int fd = open_subvolume(parent, name), nested;

	if (fd < 0)
		return -1;
	/* Nothing can be taken out of a read-only one, which a guest may have made. */
	nested = each_nested(fd, NULL, -1, depth);
	if (nested > 0 && set_readonly(fd, 0) < 0)
		nested = -1;
	if (nested > 0)
		nested = each_nested(fd, delete_nested, -1, depth);
	if (finish(fd, nested) < 0)
		return -1;
	memset(&args, 0, sizeof args);
	strncpy(args.name, name, sizeof args.name - 1);
	return ioctl(parent, BTRFS_IOC_SNAP_DESTROY, &args);
}

/* subvolume-delete PATH: with all that are in it */
int step_subvolume_delete(struct run *run, char **w, int count)
{
	const char *name;
	int parent = parent_of(w[0], &name);

	(void)run, (void)count;
	return parent < 0 ? -1 : finish(parent, delete(parent, name, 0));
}

/* subvolume-create PATH */
int step_subvolume_create(struct run *run, char **w, int count)
{
	struct btrfs_ioctl_vol_args args;
	const char *name;
	int parent = parent_of(w[0], &name);

	(void)count;
	if (parent < 0)
		return -1;
	memset(&args, 0, sizeof args);
	strncpy(args.name, name, sizeof args.name - 1);
	if (ioctl(parent, BTRFS_IOC_SUBVOL_CREATE, &args) == 0)
		return finish(parent, 0);
	if (errno == ENOTTY)
		run->why = "not on btrfs";
	return finish(parent, -1);
}

/* subvolume-readonly PATH */
int step_subvolume_readonly(struct run *run, char **w, int count)
{
	int fd = open_subvolume(AT_FDCWD, w[0]);

	(void)run, (void)count;
	return fd < 0 ? -1 : finish(fd, set_readonly(fd, 1));
}

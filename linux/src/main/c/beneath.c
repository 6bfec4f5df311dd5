/*
 * Files below the root of a stopped container, whose owner may have put anything there: no symbolic
 * link is ever followed and the root never left.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

static int parent_beneath(const char *root, const char *relative, const char **name)
{
	char parent[PATH_MAX];
	const char *slash = strrchr(relative, '/');
	size_t length = slash ? (size_t)(slash - relative) : 0;
	int rootfd, fd, error;

	*name = slash ? slash + 1 : relative;
	if (!**name || strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0 ||
	    length >= sizeof parent) {
		errno = EINVAL;
		return -1;
	}
	memcpy(parent, relative, length);
	parent[length] = 0;
	rootfd = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (rootfd < 0)
		return -1;
	fd = sys_openat2(rootfd, length ? parent : ".", O_PATH | O_DIRECTORY | O_CLOEXEC, 0,
			 RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
	error = errno;
	close(rootfd);
	errno = error;
	return fd;
}

/* Owner first, for changing it clears set-id bits. The file is held open, so it is the one. */
static int correct(int parent, const char *name, mode_t type, dev_t device, unsigned mode,
		   unsigned uid, unsigned gid)
{
	char path[32];
	struct stat st;
	int fd = openat(parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC), result = -1, error;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		goto out;
	errno = EEXIST;
	if ((st.st_mode & S_IFMT) != type || ((S_ISCHR(type) || S_ISBLK(type)) && st.st_rdev != device))
		goto out;
	if ((st.st_uid != uid || st.st_gid != gid) &&
	    fchownat(fd, "", uid, gid, AT_EMPTY_PATH) < 0)
		goto out;
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	result = S_ISLNK(type) ? 0 : chmod(path, mode);
out:
	error = errno;
	close(fd);
	errno = error;
	return result;
}

/* mkdir-beneath ROOT REL MODE UID GID */
int step_mkdir_beneath(struct run *run, char **w, int count)
{
	unsigned mode, uid, gid;
	const char *name;
	int parent, result, error;

	(void)run, (void)count;
	if (parse_mode(w[2], &mode) < 0 || parse_id(w[3], &uid) < 0 || parse_id(w[4], &gid) < 0)
		return -1;
	parent = parent_beneath(w[0], w[1], &name);
	if (parent < 0)
		return -1;
	result = mkdirat(parent, name, 0700);
	if (result < 0 && errno == EEXIST) {
		result = correct(parent, name, S_IFDIR, 0, mode, uid, gid);
		if (result < 0 && errno == EEXIST && unlinkat(parent, name, 0) == 0)
			result = mkdirat(parent, name, 0700);
	}
	if (result == 0)
		result = correct(parent, name, S_IFDIR, 0, mode, uid, gid);
	error = errno;
	close(parent);
	errno = error;
	return result;
}

/* mknod-beneath ROOT REL c|b|p MAJ MIN MODE UID GID */
int step_mknod_beneath(struct run *run, char **w, int count)
{
	unsigned long long major, minor;
	unsigned mode, uid, gid;
	mode_t type;
	dev_t device = 0;
	const char *name;
	int parent, result, error;

	(void)run, (void)count;
	type = strcmp(w[2], "c") == 0	? S_IFCHR
	       : strcmp(w[2], "b") == 0 ? S_IFBLK
	       : strcmp(w[2], "p") == 0 ? S_IFIFO
					: 0;
	if (!type) {
		errno = EINVAL;
		return -1;
	}
	if (parse_number(w[3], 0xfff, &major) < 0 || parse_number(w[4], 0xfffff, &minor) < 0 ||
	    parse_mode(w[5], &mode) < 0 || parse_id(w[6], &uid) < 0 || parse_id(w[7], &gid) < 0)
		return -1;
	if (type != S_IFIFO)
		device = makedev((unsigned)major, (unsigned)minor);
	parent = parent_beneath(w[0], w[1], &name);
	if (parent < 0)
		return -1;
	result = correct(parent, name, type, device, mode, uid, gid);
	if (result < 0 && (errno == ENOENT || errno == EEXIST)) {
		result = errno == EEXIST ? unlinkat(parent, name, 0) : 0;
		if (result == 0)
			result = mknodat(parent, name, type | 0600, device);
		if (result == 0)
			result = correct(parent, name, type, device, mode, uid, gid);
	}
	error = errno;
	close(parent);
	errno = error;
	return result;
}

/* symlink-beneath ROOT REL TARGET UID GID */
int step_symlink_beneath(struct run *run, char **w, int count)
{
	char target[PATH_MAX];
	unsigned uid, gid;
	const char *name;
	ssize_t length;
	int parent, result = 0, error;

	(void)run, (void)count;
	if (parse_id(w[3], &uid) < 0 || parse_id(w[4], &gid) < 0)
		return -1;
	parent = parent_beneath(w[0], w[1], &name);
	if (parent < 0)
		return -1;
	length = readlinkat(parent, name, target, sizeof target - 1);
	if (length >= 0)
		target[length] = 0;
	if (length < 0 || strcmp(target, w[2]) != 0) {
		if (unlinkat(parent, name, 0) < 0 && errno != ENOENT)
			result = -1;
		else
			result = symlinkat(w[2], parent, name);
	}
	if (result == 0)
		result = correct(parent, name, S_IFLNK, 0, 0, uid, gid);
	error = errno;
	close(parent);
	errno = error;
	return result;
}

/*
 * Looking up paths that belong to a container. Before pivot its root is a directory of ours that a
 * stranger has filled: a symbolic link in it must not lead to the host's files, so such paths are
 * looked up as if the root were changed already. After pivot, or after setns, it is.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "kernel.h"
#include "vzlaunch.h"

/* The part of a path below the root that pivot will take; NULL if it is not below it. */
static const char *below_root(const struct run *run, const char *path)
{
	size_t length;

	if (!run->inside || !run->root)
		return NULL;
	length = strlen(run->root);
	while (length && run->root[length - 1] == '/')
		length--;
	if (strncmp(path, run->root, length) != 0 || (path[length] != '/' && path[length]))
		return NULL;
	path += length;
	while (*path == '/')
		path++;
	return path;
}

/* The directory that pivot will take. */
int root_open(const struct run *run)
{
	if (run->root_fd >= 0)
		return fcntl(run->root_fd, F_DUPFD_CLOEXEC, 3);
	return open(run->root, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* From now on its path says what it is. */
void root_forget(struct run *run)
{
	if (run->root_fd >= 0)
		close(run->root_fd);
	run->root_fd = -1;
}

/* Opens with O_PATH or other flags, never by way of a magic link such as /proc/PID/fd/N. */
int open_path(struct run *run, const char *path, int flags)
{
	const char *below = below_root(run, path);
	int root, fd, error;

	flags |= O_CLOEXEC;
	if (!below)
		return sys_openat2(AT_FDCWD, path, flags, 0, RESOLVE_NO_MAGICLINKS);
	root = root_open(run);
	if (root < 0)
		return -1;
	fd = sys_openat2(root, *below ? below : ".", flags, 0,
			 RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	error = errno;
	close(root);
	errno = error;
	return fd;
}

/* Opens the directory that holds a path's last component, which goes to name. */
int open_parent(struct run *run, const char *path, char *name, size_t size)
{
	char parent[PATH_MAX];
	size_t end = strlen(path), start;

	while (end > 1 && path[end - 1] == '/')
		end--;
	start = end;
	while (start && path[start - 1] != '/')
		start--;
	if (end == start || end - start >= size || start + 1 >= sizeof parent) {
		errno = EINVAL;
		return -1;
	}
	memcpy(name, path + start, end - start);
	name[end - start] = 0;
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		errno = EINVAL;
		return -1;
	}
	memcpy(parent, start ? path : ".", start ? start : 1);
	parent[start ? start : 1] = 0;
	return open_path(run, parent, O_PATH | O_DIRECTORY);
}

int is_device(int fd, unsigned major, unsigned minor)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return 0;
	if (S_ISCHR(st.st_mode) && st.st_rdev == makedev(major, minor))
		return 1;
	errno = ENODEV;
	return 0;
}

/*
 * The project id of a container's tree: what the file system counts it by. A directory hands it on to
 * all that is made in it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

#define DEEPEST 1000

struct walk {
	unsigned project;
	int by_name; /* file_setattr(2) is there */
};

static int finish(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

/* Sets the id of an open file; a directory's is inherited. Nothing is written if it is right. */
static int set(int fd, unsigned project, int directory)
{
	struct fsxattr attr;
	unsigned flag = directory ? FS_XFLAG_PROJINHERIT : 0;

	if (ioctl(fd, FS_IOC_FSGETXATTR, &attr) < 0)
		return -1;
	if (attr.fsx_projid == project && (attr.fsx_xflags & flag) == flag)
		return 0;
	attr.fsx_projid = project;
	attr.fsx_xflags |= flag;
	return ioctl(fd, FS_IOC_FSSETXATTR, &attr);
}

/* Fails with EEXIST if a directory is of somebody else's project. Returns 1 if it is ours. */
static int is_ours(struct run *run, int fd, unsigned project)
{
	struct fsxattr attr;

	if (ioctl(fd, FS_IOC_FSGETXATTR, &attr) < 0)
		return -1;
	if (attr.fsx_projid != 0 && attr.fsx_projid != project) {
		snprintf(run->words, sizeof run->words, "the directory belongs to project %u",
			 attr.fsx_projid);
		run->why = run->words;
		errno = EEXIST;
		return -1;
	}
	return attr.fsx_projid == project && (attr.fsx_xflags & FS_XFLAG_PROJINHERIT);
}

/* project PATH ID: of a directory that is empty still */
int step_project(struct run *run, char **w, int count)
{
	unsigned project;
	int fd, ours;

	(void)count;
	if (parse_id(w[1], &project) < 0)
		return -1;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ours = is_ours(run, fd, project);
	return finish(fd, ours ? (ours < 0 ? -1 : 0) : set(fd, project, 1));
}

/* Linux 6.17: also of symbolic links and device nodes, which cannot be opened for an ioctl. */
static int set_by_name(int dir, const char *name, unsigned project)
{
	struct vz_file_attr attr;

	if (sys_file_getattr(dir, name, &attr) < 0)
		return -1;
	if (attr.fa_projid == project)
		return 0;
	attr.fa_projid = project;
	return sys_file_setattr(dir, name, &attr);
}

/*
 * A file that is no directory. It is opened only when it is known to be a regular one, for a device
 * or FIFO might do something then, and by the very file that was looked at.
 */
static int set_file(struct walk *walk, int dir, const char *name)
{
	char path[32];
	struct stat st;
	int handle, fd;

	if (walk->by_name) {
		if (set_by_name(dir, name, walk->project) == 0)
			return 0;
		/* The kernel is older; or the file system cannot do it for this kind of file. */
		if (errno != ENOSYS && errno != EOPNOTSUPP && errno != ENOTTY)
			return -1;
		walk->by_name = errno != ENOSYS;
	}
	handle = openat(dir, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (handle < 0)
		return -1;
	if (fstat(handle, &st) < 0 || !S_ISREG(st.st_mode))
		return finish(handle, 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", handle);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return finish(handle, -1);
	return finish(handle, finish(fd, set(fd, walk->project, 0)));
}

static int walk_tree(struct walk *walk, int dir, int depth);

static int is_directory(int dir, const struct dirent *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dir, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static int set_entry(struct walk *walk, int dir, const struct dirent *entry, int depth)
{
	int child;

	if (!is_directory(dir, entry)) {
		/* One that cannot be changed cannot grow either. */
		return set_file(walk, dir, entry->d_name) < 0 && errno != EPERM ? -1 : 0;
	}
	child = sys_openat2(dir, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW, 0,
			    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
	if (child < 0)
		return -1;
	return finish(child, walk_tree(walk, child, depth + 1));
}

/* A directory's own id last: one that has it is done. */
static int walk_tree(struct walk *walk, int dir, int depth)
{
	struct dirent *entry;
	int copy = depth > DEEPEST ? -1 : fcntl(dir, F_DUPFD_CLOEXEC, 3), result = 0, error;
	DIR *stream = copy < 0 ? NULL : fdopendir(copy);

	if (!stream) {
		if (depth > DEEPEST)
			errno = ELOOP;
		return copy < 0 ? -1 : finish(copy, -1);
	}
	while (result == 0 && (errno = 0, entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
		    set_entry(walk, dir, entry, depth) < 0 && errno != ENOENT)
			result = -1;
	}
	if (!entry && errno)
		result = -1;
	error = errno;
	closedir(stream);
	errno = error;
	return result < 0 ? -1 : set(dir, walk->project, 1);
}

/*
 * project-tree PATH ID needed|all: of everything in a tree that is no mount of its own. "needed": unless
 * its root has it, which then all that was made since has, too.
 */
int step_project_tree(struct run *run, char **w, int count)
{
	struct walk walk = {.by_name = 1};
	int fd, ours, all = strcmp(w[2], "all") == 0;

	(void)count;
	if (parse_id(w[1], &walk.project) < 0)
		return -1;
	if (!all && strcmp(w[2], "needed") != 0) {
		errno = EINVAL;
		return -1;
	}
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	ours = is_ours(run, fd, walk.project);
	if (ours < 0 || (ours && !all))
		return finish(fd, ours < 0 ? -1 : 0);
	return finish(fd, walk_tree(&walk, fd, 0));
}

/* project-drop PATH ID: what is made there from now on belongs to no project */
int step_project_drop(struct run *run, char **w, int count)
{
	unsigned project;
	struct fsxattr attr;
	int fd;

	(void)run, (void)count;
	if (parse_id(w[1], &project) < 0)
		return -1;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	if (ioctl(fd, FS_IOC_FSGETXATTR, &attr) < 0)
		return finish(fd, -1);
	if (attr.fsx_projid != project)
		return finish(fd, 0);
	attr.fsx_projid = 0;
	attr.fsx_xflags &= ~(unsigned)FS_XFLAG_PROJINHERIT;
	return finish(fd, ioctl(fd, FS_IOC_FSSETXATTR, &attr));
}

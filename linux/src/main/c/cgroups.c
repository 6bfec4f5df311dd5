/* Making and joining a cgroup, of either version. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "devicebpf.h"
#include "vzlaunch.h"
#include "words.h"

static int write_pid(const char *directory, const char *leaf, pid_t pid)
{
	char path[PATH_MAX], text[24];
	int fd, length, error;

	if (snprintf(path, sizeof path, "%s%s/cgroup.procs", directory, leaf) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	length = snprintf(text, sizeof text, "%d\n", (int)pid);
	error = write(fd, text, (size_t)length) < 0 ? errno : 0;
	close(fd);
	errno = error;
	return error ? -1 : 0;
}

/* pid 0 is the caller. */
int cgroup_join(const char *path, pid_t pid)
{
	char leaf[PATH_MAX];

	if (write_pid(path, "", pid) == 0)
		return 0;
	/* v2: a cgroup with controllers enabled for its children takes no processes itself. */
	if (errno != EBUSY)
		return -1;
	if (snprintf(leaf, sizeof leaf, "%s/vz-exec", path) >= (int)sizeof leaf)
		return -1;
	if (mkdir(leaf, 0755) < 0 && errno != EEXIST)
		return -1;
	return write_pid(path, "/vz-exec", pid);
}

/* cgroup PATH */
int step_cgroup(struct run *run, char **w, int count)
{
	(void)count;
	return cgroup_join(w[0], run->inner > 0 ? run->inner : 0);
}

/* cgroup-make PATH: one that is there already is somebody's, and an error. */
int step_cgroup_make(struct run *run, char **w, int count)
{
	(void)run, (void)count;
	return mkdir(w[0], 0755);
}

/* write PATH TEXT: into a control file, by one write(2). */
int step_write(struct run *run, char **w, int count)
{
	size_t length = strlen(w[1]);
	int fd, error;

	(void)run, (void)count;
	fd = open(w[0], O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return -1;
	error = write(fd, w[1], length) == (ssize_t)length ? 0 : errno ? errno : EIO;
	close(fd);
	errno = error;
	return error ? -1 : 0;
}

/* chown PATH UID GID: of a control file or its directory. */
int step_chown(struct run *run, char **w, int count)
{
	unsigned uid, gid;

	(void)run, (void)count;
	if (parse_id(w[1], &uid) < 0 || parse_id(w[2], &gid) < 0)
		return -1;
	return lchown(w[0], uid, gid);
}

/* device-bpf CGROUP HEX */
int step_device_bpf(struct run *run, char **w, int count)
{
	(void)run, (void)count;
	return device_bpf(w[0], w[1]);
}

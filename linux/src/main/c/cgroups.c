/* Joining a cgroup, of either version. */
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

/* device-bpf CGROUP HEX */
int step_device_bpf(struct run *run, char **w, int count)
{
	(void)run, (void)count;
	return device_bpf(w[0], w[1]);
}

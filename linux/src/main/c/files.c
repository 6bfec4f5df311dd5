/* Directories, links and small files made by name. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vzlaunch.h"
#include "words.h"

static int finish(int fd, int result)
{
	int error = errno;

	close(fd);
	errno = error;
	return result;
}

/* mkdir PATH MODE */
int step_mkdir(struct run *run, char **w, int count)
{
	char name[NAME_MAX + 1];
	struct stat st;
	unsigned mode;
	int parent;

	(void)count;
	if (parse_mode(w[1], &mode) < 0)
		return -1;
	parent = open_parent(run, w[0], name, sizeof name);
	if (parent < 0)
		return -1;
	if (mkdirat(parent, name, mode) == 0)
		return finish(parent, fchmodat(parent, name, mode, 0));
	if (errno != EEXIST)
		return finish(parent, -1);
	close(parent);
	parent = open_path(run, w[0], O_PATH);
	if (parent < 0)
		return -1;
	if (fstat(parent, &st) < 0 || !S_ISDIR(st.st_mode)) {
		errno = EEXIST;
		return finish(parent, -1);
	}
	return finish(parent, 0);
}

/* symlink TARGET PATH */
int step_symlink(struct run *run, char **w, int count)
{
	char name[NAME_MAX + 1], target[PATH_MAX];
	ssize_t length;
	int parent;

	(void)count;
	parent = open_parent(run, w[1], name, sizeof name);
	if (parent < 0)
		return -1;
	if (symlinkat(w[0], parent, name) == 0)
		return finish(parent, 0);
	if (errno != EEXIST)
		return finish(parent, -1);
	length = readlinkat(parent, name, target, sizeof target - 1);
	if (length >= 0) {
		target[length] = 0;
		if (strcmp(target, w[0]) == 0)
			return finish(parent, 0);
	}
	if (unlinkat(parent, name, 0) < 0)
		return finish(parent, -1);
	return finish(parent, symlinkat(w[0], parent, name));
}

/* file PATH MODE CONTENT: a FIFO or terminal in its place must neither block us nor become ours. */
int step_file(struct run *run, char **w, int count)
{
	char name[NAME_MAX + 1];
	size_t length = strlen(w[2]), done = 0;
	struct stat st;
	unsigned mode;
	int parent, fd;

	(void)count;
	if (parse_mode(w[1], &mode) < 0)
		return -1;
	parent = open_parent(run, w[0], name, sizeof name);
	if (parent < 0)
		return -1;
	fd = openat(parent, name,
		    O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, mode);
	finish(parent, 0);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		return finish(fd, -1);
	if (!S_ISREG(st.st_mode)) {
		run->why = "not a regular file";
		errno = EINVAL;
		return finish(fd, -1);
	}
	if (st.st_size)
		return finish(fd, 0);
	while (done < length) {
		ssize_t written = write(fd, w[2] + done, length - done);
		if (written < 0) {
			int error = errno;
			if (ftruncate(fd, 0) < 0)
				run->why = "cannot write, and a part remains";
			errno = error;
			return finish(fd, -1);
		}
		done += (size_t)written;
	}
	return finish(fd, fchmod(fd, mode));
}

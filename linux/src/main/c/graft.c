/* A mount of the host's put into a running container, in place of what is mounted there. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "vzlaunch.h"

/* In a process of its own: setns takes the root directory along, and more steps may follow. */
static int put(int process, int tree, const char *target)
{
	int place;

	if (setns(process, CLONE_NEWNS) < 0)
		return errno;
	/* What is there may be a file system whose server is gone: it must not be opened. */
	if (umount2(target, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL)
		return tree < 0 && (errno == ENOENT || errno == ENOTDIR) ? 0 : errno;
	if (tree < 0)
		return 0;
	place = open(target, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (place < 0 || sys_move_mount(tree, place) < 0)
		return errno;
	return 0;
}

static int copy(const char *path)
{
	int tree, source = open(path, O_PATH | O_CLOEXEC);

	if (source < 0)
		return -1;
	tree = sys_open_tree_copy(source);
	close(source);
	/* Else what the container mounts below would be mounted on the host, too. */
	if (tree >= 0 && sys_restrict_mounts(tree) < 0) {
		close(tree);
		return -1;
	}
	return tree;
}

/* graft PID STARTTIME SOURCE TARGET; a source - puts nothing there */
int step_graft(struct run *run, char **w, int count)
{
	int process, status, tree = -1;
	pid_t child;

	(void)count;
	process = open_process(run, w);
	if (process < 0)
		return -1;
	if (strcmp(w[2], "-") != 0) {
		tree = copy(w[2]);
		if (tree < 0)
			return -1;
	}
	child = fork();
	if (child < 0)
		return -1;
	if (child == 0)
		_exit(put(process, tree, w[3]));
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	if (tree >= 0)
		close(tree);
	close(process);
	errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
	return errno ? -1 : 0;
}

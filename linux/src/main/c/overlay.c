/* Layers: a directory that many containers read, seen with the ids of one, below its own files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

static int write_map(pid_t pid, const char *kind, unsigned outside, unsigned count)
{
	char path[40], line[48];
	int fd, length, done;

	snprintf(path, sizeof path, "/proc/%d/%cid_map", (int)pid, kind[0]);
	length = snprintf(line, sizeof line, "0 %u %u\n", outside, count);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	done = (int)write(fd, line, (size_t)length);
	close(fd);
	return done == length ? 0 : -1;
}

/* A user namespace exists only as that of a process: one that lives until we have opened it. */
static int user_namespace(unsigned uid, unsigned gid, unsigned count)
{
	struct clone_args args = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
	pid_t parent = getpid(), child = sys_clone3(&args);
	char path[40];
	int fd = -1, error;

	if (child < 0)
		return -1;
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		while (getppid() == parent)
			pause();
		_exit(0);
	}
	if (write_map(child, "uid", uid, count) == 0 && write_map(child, "gid", gid, count) == 0) {
		snprintf(path, sizeof path, "/proc/%d/ns/user", (int)child);
		fd = open(path, O_RDONLY | O_CLOEXEC);
	}
	error = errno;
	kill(child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
	errno = error;
	return fd;
}

/* A read-only copy of the mount of a directory, without those below it, with shifted ids. */
static int shifted_tree(struct run *run, const char *path, unsigned uid, unsigned gid,
			unsigned count)
{
	int tree = sys_open_tree_clone(path), users, done, error;

	if (tree < 0)
		return -1;
	/* Ids that are not shifted need no map, and the kernel takes none that maps all to itself. */
	users = uid ? user_namespace(uid, gid, count) : -1;
	done = uid && users < 0 ? -1 : sys_shift_mount(tree, users);
	error = errno;
	if (done < 0 && uid && users >= 0 && error == EINVAL)
		run->why = "the file system cannot shift ids (Linux 5.12; tmpfs 6.3)";
	if (users >= 0)
		close(users);
	if (done < 0) {
		close(tree);
		errno = error;
		return -1;
	}
	return tree;
}

static int is_mounted(const char *path)
{
	struct statx st;

	return statx(AT_FDCWD, path, AT_NO_AUTOMOUNT | AT_SYMLINK_NOFOLLOW, STATX_TYPE, &st) == 0 &&
	       (st.stx_attributes & STATX_ATTR_MOUNT_ROOT);
}

/*
 * overlay LOWER PLACE TARGET UID GID COUNT DATA
 *
 * LOWER is put on PLACE with its ids shifted, overlayfs is mounted, and PLACE is freed again: the
 * overlay keeps a mount of its own. What a launcher that was killed left at PLACE goes first.
 */
int step_overlay(struct run *run, char **w, int count)
{
	int tree, place, result, error;
	unsigned uid, gid, ids;

	(void)count;
	if (parse_id(w[3], &uid) < 0 || parse_id(w[4], &gid) < 0 || parse_id(w[5], &ids) < 0)
		return -1;
	while (is_mounted(w[1]))
		if (umount2(w[1], MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
			return -1;
	tree = shifted_tree(run, w[0], uid, gid, ids);
	if (tree < 0)
		return -1;
	place = open(w[1], O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
	result = place < 0 ? -1 : sys_move_mount(tree, place);
	error = errno;
	if (place >= 0)
		close(place);
	close(tree);
	if (result == 0) {
		result = mount("overlay", w[2], "overlay", 0, w[6]);
		error = errno;
		umount2(w[1], MNT_DETACH | UMOUNT_NOFOLLOW);
		if (result < 0 && error == EINVAL && uid)
			run->why = "overlayfs takes no shifted layer before Linux 5.19";
	}
	errno = error;
	return result;
}

/* Mounts on which files are seen with other owners than on disk: those of a container. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

/* The flags of mount(2) that mount_setattr(2) has at the same bits: ro, nosuid, nodev, noexec. */
#define ATTRIBUTES (MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)

static int write_map(pid_t pid, const char *kind, unsigned outside, const struct shift *shift)
{
	char path[40], lines[96];
	int fd, length, done;

	snprintf(path, sizeof path, "/proc/%d/%cid_map", (int)pid, kind[0]);
	length = snprintf(lines, sizeof lines, "0 %u %u\n", outside, shift->count);
	if (shift->host)
		length += snprintf(lines + length, sizeof lines - (size_t)length, "%u 0 1\n",
				   shift->count);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	done = (int)write(fd, lines, (size_t)length);
	close(fd);
	return done == length ? 0 : -1;
}

/* A user namespace exists only as that of a process: one that lives until we have opened it. */
static int user_namespace(const struct shift *shift)
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
	if (write_map(child, "uid", shift->uid, shift) == 0 &&
	    write_map(child, "gid", shift->gid, shift) == 0) {
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

int shifted_tree(struct run *run, const char *path, const struct shift *shift)
{
	int tree = sys_open_tree_clone(path), users, done, error;

	if (tree < 0)
		return -1;
	/* Ids that are not shifted need no map, and the kernel takes none that maps all to itself. */
	users = shift->uid ? user_namespace(shift) : -1;
	done = shift->uid && users < 0 ? -1 : sys_shift_mount(tree, users, shift->attributes);
	error = errno;
	if (done < 0 && users >= 0 && error == EINVAL)
		run->why = "the file system cannot shift ids (Linux 5.12; btrfs 5.15, tmpfs 6.3)";
	if (users >= 0)
		close(users);
	if (done < 0) {
		close(tree);
		errno = error;
		return -1;
	}
	return tree;
}

/*
 * idmap SOURCE TARGET UID GID COUNT FLAGS
 *
 * A mount of its own is private, and has nothing of what is mounted below SOURCE. If TARGET is
 * SOURCE, it takes the place of the mount there.
 *
 * Whoever makes a file is written down by the number that stands for him on disk, and without one
 * that is EOVERFLOW. So the host's root, who makes device nodes and whose scripts make files, has
 * one too: the first number after the container's.
 */
int step_idmap(struct run *run, char **w, int count)
{
	struct shift shift = {.host = 1};
	struct mount_flags f;
	int tree, place, result, error;

	(void)count;
	if (parse_id(w[2], &shift.uid) < 0 || parse_id(w[3], &shift.gid) < 0 ||
	    parse_id(w[4], &shift.count) < 0 || parse_mount_flags(w[5], &f) < 0)
		return -1;
	if (f.bind || f.remount || f.propagation || (f.flags & ~(unsigned long)ATTRIBUTES)) {
		errno = EINVAL;
		return -1;
	}
	shift.attributes = f.flags;
	tree = shifted_tree(run, w[0], &shift);
	if (tree < 0)
		return -1;
	if (strcmp(w[0], w[1]) == 0 && umount2(w[1], UMOUNT_NOFOLLOW) < 0)
		place = -1;
	else
		place = open(w[1], O_PATH | O_DIRECTORY | O_CLOEXEC);
	result = place < 0 ? -1 : sys_move_mount(tree, place);
	error = errno;
	if (place >= 0)
		close(place);
	close(tree);
	errno = error;
	return result;
}

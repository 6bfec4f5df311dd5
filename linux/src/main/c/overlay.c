/* Layers: a directory that many containers read, seen with the ids of one, below its own files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "vzlaunch.h"
#include "words.h"

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
	struct shift shift = {.attributes = MS_RDONLY};

	(void)count;
	if (parse_id(w[3], &shift.uid) < 0 || parse_id(w[4], &shift.gid) < 0 ||
	    parse_id(w[5], &shift.count) < 0)
		return -1;
	while (is_mounted(w[1]))
		if (umount2(w[1], MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
			return -1;
	tree = shifted_tree(run, w[0], &shift);
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
		if (result < 0 && error == EINVAL && shift.uid)
			run->why = "overlayfs takes no shifted layer before Linux 5.19";
	}
	errno = error;
	return result;
}

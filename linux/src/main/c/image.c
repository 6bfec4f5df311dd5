/* File systems in image files, on loop devices that vanish with the mount. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vzlaunch.h"
#include "words.h"

#define TRIES 64

#ifndef LOOP_CONFIGURE /* Linux 5.8 */
#define LOOP_CONFIGURE 0x4C0A
struct loop_config {
	__u32 fd;
	__u32 block_size;
	struct loop_info64 info;
	__u64 reserved[8];
};
#endif

static void configure(struct loop_config *config, int file, const char *path, int readonly,
		      unsigned flags)
{
	memset(config, 0, sizeof *config);
	config->fd = (__u32)file;
	config->info.lo_flags = LO_FLAGS_AUTOCLEAR | flags | (readonly ? LO_FLAGS_READ_ONLY : 0);
	snprintf((char *)config->info.lo_file_name, LO_NAME_SIZE, "%s", path);
}

/* Another process may take the free device first: then the next one. */
static int attach(int file, const char *path, int readonly, char *name, size_t size)
{
	int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC), device = -1, error;
	unsigned flags = LO_FLAGS_DIRECT_IO;
	struct loop_config config;

	if (control < 0)
		return -1;
	for (int i = 0; i < TRIES; i++) {
		int number = ioctl(control, LOOP_CTL_GET_FREE);

		if (number < 0)
			break;
		snprintf(name, size, "/dev/loop%d", number);
		device = open(name, (readonly ? O_RDONLY : O_RDWR) | O_CLOEXEC);
		if (device < 0)
			break;
		configure(&config, file, path, readonly, flags);
		if (ioctl(device, LOOP_CONFIGURE, &config) == 0)
			break;
		error = errno;
		close(device);
		device = -1;
		errno = error;
		if (error == EINVAL && flags)
			flags = 0; /* the file system below has no direct I/O, or not in such blocks */
		else if (error != EBUSY)
			break;
	}
	error = errno;
	close(control);
	errno = error;
	return device;
}

/*
 * image FILE TARGET FSTYPE FLAGS DATA
 *
 * The device holds the file as we opened it, with its lock: nobody can attach an image twice, which
 * would destroy it, or write to one that others read.
 */
int step_image(struct run *run, char **w, int count)
{
	int file, device, readonly, result, error;
	struct mount_flags f;
	struct stat st;
	char name[24];

	(void)count;
	if (parse_mount_flags(w[3], &f) < 0)
		return -1;
	readonly = (f.flags & MS_RDONLY) != 0;
	file = open(w[0], (readonly ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0)
		return -1;
	if (fstat(file, &st) == 0 && !S_ISREG(st.st_mode)) {
		run->why = "not a regular file";
		errno = EINVAL;
		device = -1;
	} else if (flock(file, (readonly ? LOCK_SH : LOCK_EX) | LOCK_NB) < 0) {
		run->why = "the image is in use";
		errno = EBUSY;
		device = -1;
	} else
		device = attach(file, w[0], readonly, name, sizeof name);
	error = errno;
	close(file);
	errno = error;
	if (device < 0)
		return -1;
	result = mount(name, w[1], w[2], f.flags, strcmp(w[4], "-") == 0 ? NULL : w[4]);
	error = errno;
	close(device);
	errno = error;
	return result;
}

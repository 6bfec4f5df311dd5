/* What a tree takes of its disk, by looking at every file of it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel.h"
#include "vzlaunch.h"

#define DEEPEST 1000

/* Inodes of files with several names: open addressing, at most half full; 0 is free. */
struct seen {
	ino_t *inodes;
	size_t size, used;
};

struct usage {
	unsigned long long sectors, inodes;
	struct seen seen;
};

static size_t place(const struct seen *seen, ino_t inode)
{
	size_t at = (size_t)(inode * 0x9e3779b97f4a7c15ULL) & (seen->size - 1);

	while (seen->inodes[at] && seen->inodes[at] != inode)
		at = (at + 1) & (seen->size - 1);
	return at;
}

static int grow(struct seen *seen)
{
	struct seen larger = {.size = seen->size ? seen->size * 2 : 1024, .used = seen->used};

	larger.inodes = calloc(larger.size, sizeof *larger.inodes);
	if (!larger.inodes)
		return -1;
	for (size_t i = 0; i < seen->size; i++)
		if (seen->inodes[i])
			larger.inodes[place(&larger, seen->inodes[i])] = seen->inodes[i];
	free(seen->inodes);
	*seen = larger;
	return 0;
}

/* Returns 1 if it is new, 0 if not. */
static int note(struct seen *seen, ino_t inode)
{
	size_t at;

	if (seen->used * 2 >= seen->size && grow(seen) < 0)
		return -1;
	at = place(seen, inode);
	if (seen->inodes[at])
		return 0;
	seen->inodes[at] = inode;
	seen->used++;
	return 1;
}

static int count_file(struct usage *usage, const struct stat *st)
{
	int fresh = S_ISDIR(st->st_mode) || st->st_nlink == 1 ? 1 : note(&usage->seen, st->st_ino);

	if (fresh > 0) {
		usage->inodes++;
		usage->sectors += (unsigned long long)st->st_blocks;
	}
	return fresh < 0 ? -1 : 0;
}

static int count_tree(struct usage *usage, int dir, int depth);

static int count_entry(struct usage *usage, int dir, const char *name, int depth)
{
	struct stat st;
	int child, result, error;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -1;
	if (!S_ISDIR(st.st_mode))
		return count_file(usage, &st);
	child = sys_openat2(dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW, 0,
			    RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
	if (child < 0)
		return errno == ENOENT ? 0 : -1;
	result = count_tree(usage, child, depth + 1);
	error = errno;
	close(child);
	errno = error;
	return result;
}

static int count_tree(struct usage *usage, int dir, int depth)
{
	struct dirent *entry;
	struct stat st;
	int copy, result = 0, error;
	DIR *stream;

	errno = ELOOP;
	if (depth > DEEPEST || fstat(dir, &st) < 0 || count_file(usage, &st) < 0)
		return -1;
	copy = fcntl(dir, F_DUPFD_CLOEXEC, 3);
	stream = copy < 0 ? NULL : fdopendir(copy);
	if (!stream)
		return -1;
	while (result == 0 && (errno = 0, entry = readdir(stream)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			result = count_entry(usage, dir, entry->d_name, depth);
	if (!entry && errno)
		result = -1;
	error = errno;
	closedir(stream);
	errno = error;
	return result;
}

/* tree-usage PATH: to standard output, KB and inodes. A mount inside is an error, EXDEV. */
int step_tree_usage(struct run *run, char **w, int count)
{
	struct usage usage = {0};
	int fd, result, error;

	(void)run, (void)count;
	fd = open(w[0], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	result = count_tree(&usage, fd, 0);
	error = errno;
	free(usage.seen.inodes);
	close(fd);
	errno = error;
	return result < 0 || dprintf(1, "%llu %llu\n", (usage.sectors + 1) / 2, usage.inodes) < 0 ? -1
												  : 0;
}

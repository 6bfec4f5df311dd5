/* vzfsync: waits until files are on the disk, and drops them from memory. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WRONG_CALL = 1, SOME_FAILED = 2 };

static int usage(FILE *stream, int status)
{
	fputs("Usage: vzfsync {-s|-d} [-n] file [file ...]\n"
		"       -s, --sync\t\tdo fsync()\n"
		"       -d, --datasync\t\tdo fdatasync()\n"
		"       -n, --dontneed\t\tdo fadvise(DONTNEED)\n", stream);
	return status;
}

static bool failed(const char *call, const char *file, int error)
{
	fprintf(stderr, "Error %s(%s): %s\n", call, file, strerror(error));
	return false;
}

static bool settle(const char *file, bool sync, bool datasync, bool dontneed)
{
	/* A pipe or a terminal that is named by mistake must not hold us up. */
	int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "Can't open %s: %s\n", file, strerror(errno));
		return false;
	}
	bool good = true;
	if (sync && fsync(fd) < 0)
		good = failed("fsync", file, errno);
	if (datasync && fdatasync(fd) < 0)
		good = failed("fdatasync", file, errno);
	int error = dontneed ? posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) : 0;
	if (error != 0)
		good = failed("fadvise", file, error);
	if (close(fd) < 0)
		good = failed("close", file, errno);
	return good;
}

int main(int argc, char **argv)
{
	static const struct option names[] = {{"help", no_argument, NULL, 'h'},
		{"sync", no_argument, NULL, 's'},
		{"datasync", no_argument, NULL, 'd'},
		{"dontneed", no_argument, NULL, 'n'},
		{NULL, 0, NULL, 0}};
	bool sync = false, datasync = false, dontneed = false;
	int option;
	while ((option = getopt_long(argc, argv, "hsdn", names, NULL)) != -1) {
		switch (option) {
		case 'h': return usage(stdout, 0);
		case 's': sync = true; break;
		case 'd': datasync = true; break;
		case 'n': dontneed = true; break;
		default: return usage(stderr, WRONG_CALL);
		}
	}
	if (optind >= argc)
		return usage(stdout, 0);
	if (sync && datasync) {
		fputs("Options -s and -d can't be used together\n", stderr);
		return usage(stderr, WRONG_CALL);
	}
	if (!sync && !datasync && !dontneed) {
		fputs("No options given\n", stderr);
		return usage(stderr, WRONG_CALL);
	}
	bool good = true;
	for (int i = optind; i < argc; i++)
		good = settle(argv[i], sync, datasync, dontneed) && good;
	return good ? 0 : SOME_FAILED;
}

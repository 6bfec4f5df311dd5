/*
 * devicebpfcheck GROUP HEX... DEVICE-ACCESS...: attaches the programs one after the other, joins
 * the group, and prints for each "r:PATH" or "w:PATH" how opening it went, as an errno.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../main/c/devicebpf.h"

int main(int argc, char **argv) {
	int i = 2;
	char path[4096];
	FILE *procs;
	if (argc < 3) return 2;
	for (; i < argc && strchr(argv[i], ':') == NULL; i++) {
		if (device_bpf(argv[1], argv[i]) < 0) {
			printf("attach %d\n", errno);
			return 1;
		}
	}
	snprintf(path, sizeof path, "%s/cgroup.procs", argv[1]);
	procs = fopen(path, "w");
	if (procs == NULL || fputs("0\n", procs) < 0 || fclose(procs) != 0) {
		perror(path);
		return 1;
	}
	for (; i < argc; i++) {
		int flags = (argv[i][0] == 'w' ? O_WRONLY : O_RDONLY) | O_NONBLOCK | O_NOCTTY;
		int fd = open(argv[i] + 2, flags);
		printf("%s %d\n", argv[i], fd < 0 ? errno : 0);
		if (fd >= 0) close(fd);
	}
	return 0;
}

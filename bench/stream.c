/*
 * For bench/network: stream serve PORT             takes connections, one after the other
 *                    stream flood ADDRESS PORT MS   how many megabytes a second go there
 *                    stream ping ADDRESS PORT N     microseconds for a byte there and back, the median of N
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CHUNK (256 * 1024)

static char buffer[CHUNK];

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int fail(const char *what)
{
	perror(what);
	return 1;
}

/* The first byte says what follows: f, bytes to drop; p, bytes to give back. */
static int serve(unsigned short port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 8) < 0)
		return fail("listen");
	while (1) {
		int peer = accept(fd, NULL, NULL);
		char kind = 0;
		ssize_t length;

		if (peer < 0)
			return fail("accept");
		setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		if (read(peer, &kind, 1) == 1)
			while ((length = read(peer, buffer, sizeof buffer)) > 0)
				if (kind == 'p' && write(peer, buffer, (size_t)length) != length)
					break;
		close(peer);
	}
}

static int reach(const char *host, unsigned short port, char kind)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (inet_pton(AF_INET, host, &address.sin_addr) != 1 ||
	    connect(fd, (struct sockaddr *)&address, sizeof address) < 0 || write(fd, &kind, 1) != 1) {
		perror(host);
		exit(1);
	}
	return fd;
}

static int flood(int fd, double seconds)
{
	double begin = now(), end = begin + seconds, sent = 0;

	while (now() < end) {
		ssize_t length = write(fd, buffer, sizeof buffer);

		if (length < 0)
			return fail("write");
		sent += (double)length;
	}
	printf("%.0f\n", sent / (now() - begin) / 1e6);
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int ping(int fd, int count)
{
	double *times = calloc((size_t)count, sizeof *times);

	for (int i = 0; times && i < count; i++) {
		double begin = now();

		if (write(fd, buffer, 1) != 1 || read(fd, buffer, 1) != 1)
			return fail("ping");
		times[i] = (now() - begin) * 1e6;
	}
	if (!times)
		return 1;
	qsort(times, (size_t)count, sizeof *times, compare);
	printf("%.1f\n", times[count / 2]);
	free(times);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "serve") == 0)
		return serve((unsigned short)atoi(argv[2]));
	if (argc == 5 && strcmp(argv[1], "flood") == 0)
		return flood(reach(argv[2], (unsigned short)atoi(argv[3]), 'f'), atof(argv[4]) / 1e3);
	if (argc == 5 && strcmp(argv[1], "ping") == 0)
		return ping(reach(argv[2], (unsigned short)atoi(argv[3]), 'p'), atoi(argv[4]));
	return 2;
}

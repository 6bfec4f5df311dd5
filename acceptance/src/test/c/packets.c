/*
 * Raw frames: packets send DEVICE HEX...           sends each as it stands
 *             packets listen DEVICE MARK END        prints what follows MARK, up to a zero byte, in
 *                                                   frames that hold it; ends when that is END
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int open_device(const char *device, int protocol)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET};
	int fd = socket(AF_PACKET, SOCK_RAW, htons((unsigned short)protocol));

	address.sll_ifindex = (int)if_nametoindex(device);
	address.sll_protocol = htons((unsigned short)protocol);
	if (fd < 0 || !address.sll_ifindex ||
	    bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		perror(device);
		return -1;
	}
	return fd;
}

static int send_all(int fd, char **hex)
{
	for (; *hex; hex++) {
		unsigned char frame[2048];
		size_t length = 0;
		unsigned byte;

		for (const char *c = *hex; length < sizeof frame && sscanf(c, "%2x", &byte) == 1;
		     c += 2)
			frame[length++] = (unsigned char)byte;
		if (write(fd, frame, length) != (ssize_t)length) {
			perror("send");
			return 1;
		}
	}
	return 0;
}

static int listen_to(int fd, const char *mark, const char *end)
{
	static char frame[65536];

	printf("listening\n");
	fflush(stdout);
	while (1) {
		struct sockaddr_ll from;
		socklen_t size = sizeof from;
		ssize_t length =
			recvfrom(fd, frame, sizeof frame - 1, 0, (struct sockaddr *)&from, &size);
		char *found;

		if (length < 0)
			return 1;
		/* An answer that quotes what came. */
		if (from.sll_pkttype == PACKET_OUTGOING)
			continue;
		frame[length] = 0;
		found = memmem(frame, (size_t)length, mark, strlen(mark));
		if (!found)
			continue;
		found += strlen(mark);
		printf("%s\n", found);
		fflush(stdout);
		if (strcmp(found, end) == 0)
			return 0;
	}
}

int main(int argc, char **argv)
{
	int fd;

	if (argc < 4)
		return 2;
	fd = open_device(argv[2], strcmp(argv[1], "send") == 0 ? 0 : ETH_P_ALL);
	if (fd < 0)
		return 1;
	if (strcmp(argv[1], "send") == 0)
		return send_all(fd, argv + 3);
	return argc == 5 ? listen_to(fd, argv[3], argv[4]) : 2;
}

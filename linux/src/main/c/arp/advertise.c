/* Unsolicited neighbour advertisements, RFC 4861 7.2.6. */
#define _GNU_SOURCE
#include "advertise.h"

#include <errno.h>
#include <net/if.h>
#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct advertisement {
	struct nd_neighbor_advert header;
	struct nd_opt_hdr option;
	unsigned char mac[6];
};

static int fail(const char *what, const char *device)
{
	fprintf(stderr, "ndsend: %s '%s': %s\n", what, device, strerror(errno));
	return -1;
}

static int prepare(int fd, const char *device, struct advertisement *packet, unsigned *index)
{
	struct ifreq request = {0};
	int hops = 255;

	if (strlen(device) >= IFNAMSIZ) {
		errno = ENODEV;
		return -1;
	}
	strcpy(request.ifr_name, device);
	if (ioctl(fd, SIOCGIFHWADDR, &request) < 0)
		return -1;
	*index = if_nametoindex(device);
	memset(packet, 0, sizeof *packet);
	packet->header.nd_na_type = ND_NEIGHBOR_ADVERT;
	/* From a router: the host forwards. */
	packet->header.nd_na_flags_reserved = ND_NA_FLAG_OVERRIDE | ND_NA_FLAG_ROUTER;
	packet->option.nd_opt_type = ND_OPT_TARGET_LINKADDR;
	packet->option.nd_opt_len = 1;
	memcpy(packet->mac, request.ifr_hwaddr.sa_data, 6);
	if (setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &hops, sizeof hops) < 0 ||
	    setsockopt(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, index, sizeof *index) < 0)
		return -1;
	return 0;
}

int advertise(const char *device, const struct in6_addr *addresses, int count)
{
	struct sockaddr_in6 to = {.sin6_family = AF_INET6};
	struct advertisement packet;
	int fd = socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMPV6);

	if (fd < 0)
		return fail("socket for", device);
	if (prepare(fd, device, &packet, &to.sin6_scope_id) < 0) {
		fail("unknown iface", device);
		close(fd);
		return -1;
	}
	inet_pton(AF_INET6, "ff02::1", &to.sin6_addr);
	for (int i = 0; i < count; i++) {
		packet.header.nd_na_target = addresses[i];
		if (sendto(fd, &packet, sizeof packet, 0, (struct sockaddr *)&to, sizeof to) < 0) {
			fail("send on", device);
			close(fd);
			return -1;
		}
	}
	close(fd);
	return 0;
}

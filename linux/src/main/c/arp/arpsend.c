/*
 * arpsend: asks for IPv4 addresses, or announces them, on an Ethernet device; options, messages and
 * exit codes of OpenVZ's program of this name. Called as ndsend it announces IPv6 addresses.
 * Beyond those: fractions of a second for -w, -U without -i announces every -e, of either kind.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/if_ether.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "advertise.h"

enum { EXIT_USAGE = 1, EXIT_SYSTEM = 2, EXIT_FOUND = 3, EXIT_SILENT = 4 };

#define ADDRESSES 1024

static struct {
	char mode; /* U, D, Q or P */
	long count;
	int timeout; /* milliseconds */
	int at_once, verbose;
	int has_src_hw, has_trg_hw, has_src_arp, has_trg_arp, has_src_ip;
	unsigned char src_hw[6], trg_hw[6], src_arp[6], trg_arp[6];
	struct in_addr src_ip;
	struct in_addr targets[ADDRESSES];
	char answered[ADDRESSES];
	struct in6_addr targets6[ADDRESSES];
	int target_count, target6_count;
	const char *device;
	unsigned char device_hw[6];
	int index;
} o = {.count = -1, .timeout = 1000};

static const char *program = "arpsend";

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void say(const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s: ", program);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static int usage(void)
{
	fprintf(stderr,
		"Usage: arpsend <-U -i <src_ip_addr> | -D -e <trg_ip_addr> [-e <trg_ip_addr> ...]"
		" | -Q ... | -P ...> [-c <count>] [-w <timeout>] <interface_name>\n"
		"  -s, --src-hw MAC, -t, --trg-hw MAC      of the frame; broadcast is a MAC\n"
		"  -S, --src-arp MAC, -T, --trg-arp MAC    in the packet\n"
		"  -i, --src-ip IP, -e, --trg-ip IP        in the packet\n"
		"  -o, --at-once                           end with the first answer\n"
		"  -v, --verbose\n");
	return EXIT_USAGE;
}

static int parse_mac(const char *text, unsigned char *mac)
{
	unsigned byte[6];
	char rest;

	if (strcmp(text, "broadcast") == 0) {
		memset(mac, 0xff, 6);
		return 0;
	}
	if (strlen(text) != 17 || sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%c", &byte[0], &byte[1],
					 &byte[2], &byte[3], &byte[4], &byte[5], &rest) != 6)
		return -1;
	for (int i = 0; i < 6; i++)
		mac[i] = (unsigned char)byte[i];
	return 0;
}

static int add_target(const char *text)
{
	if (o.target_count == ADDRESSES || o.target6_count == ADDRESSES)
		return -1;
	if (strchr(text, ':')) {
		if (inet_pton(AF_INET6, text, &o.targets6[o.target6_count]) != 1)
			return -1;
		o.target6_count++;
		return 0;
	}
	if (inet_pton(AF_INET, text, &o.targets[o.target_count]) != 1)
		return -1;
	o.target_count++;
	return 0;
}

static int take(int option)
{
	char *end = NULL;
	double seconds;

	switch (option) {
	case 'U':
	case 'D':
	case 'Q':
	case 'P':
		if (o.mode)
			return -1;
		o.mode = (char)option;
		return 0;
	case 'c':
		o.count = strtol(optarg, &end, 10);
		return *end || end == optarg || o.count < 1 ? -1 : 0;
	case 'w':
		seconds = strtod(optarg, &end);
		o.timeout = seconds >= 0 && seconds < 86400 ? (int)(seconds * 1000) : -1;
		return *end || end == optarg || o.timeout < 0 ? -1 : 0;
	case 's':
		o.has_src_hw = 1;
		return parse_mac(optarg, o.src_hw);
	case 't':
		o.has_trg_hw = 1;
		return parse_mac(optarg, o.trg_hw);
	case 'S':
		o.has_src_arp = 1;
		return parse_mac(optarg, o.src_arp);
	case 'T':
		o.has_trg_arp = 1;
		return parse_mac(optarg, o.trg_arp);
	case 'i':
		if (strchr(optarg, ':') && o.target6_count == 0)
			return add_target(optarg);
		o.has_src_ip = 1;
		return inet_pton(AF_INET, optarg, &o.src_ip) == 1 ? 0 : -1;
	case 'e':
		return add_target(optarg);
	case 'o':
		o.at_once = 1;
		return 0;
	case 'v':
		o.verbose = 1;
		return 0;
	default:
		return -1;
	}
}

static int parse_options(int argc, char **argv)
{
	static const struct option longer[] = {
		{"update", 0, NULL, 'U'},  {"detect", 0, NULL, 'D'},  {"request", 0, NULL, 'Q'},
		{"reply", 0, NULL, 'P'},   {"count", 1, NULL, 'c'},   {"timeout", 1, NULL, 'w'},
		{"src-hw", 1, NULL, 's'},  {"trg-hw", 1, NULL, 't'},  {"src-arp", 1, NULL, 'S'},
		{"trg-arp", 1, NULL, 'T'}, {"src-ip", 1, NULL, 'i'},  {"trg-ip", 1, NULL, 'e'},
		{"at-once", 0, NULL, 'o'}, {"verbose", 0, NULL, 'v'}, {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "UDQPc:w:s:t:S:T:i:e:ov", longer, NULL)) != -1)
		if (take(option) < 0)
			return -1;
	if (optind != argc - 1 || !o.mode)
		return -1;
	o.device = argv[optind];
	if (o.mode == 'U' && !o.has_src_ip && o.target_count + o.target6_count == 0)
		return -1;
	/* With its own address as the only target an announcement is complete. */
	if (o.mode == 'U' && o.has_src_ip && o.target_count == 0)
		o.targets[o.target_count++] = o.src_ip;
	return o.target_count + o.target6_count > 0 ? 0 : -1;
}

static int open_device(int protocol)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET};
	struct ifreq request = {0};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0) {
		say("socket: %s", strerror(errno));
		return -1;
	}
	if (strlen(o.device) >= IFNAMSIZ) {
		say("unknown iface '%s'", o.device);
		return -1;
	}
	strcpy(request.ifr_name, o.device);
	if (ioctl(fd, SIOCGIFINDEX, &request) < 0) {
		say("unknown iface '%s': %s", o.device, strerror(errno));
		return -1;
	}
	o.index = request.ifr_ifindex;
	if (ioctl(fd, SIOCGIFFLAGS, &request) < 0 || !(request.ifr_flags & IFF_UP)) {
		say("iface '%s' is down", o.device);
		return -1;
	}
	if (request.ifr_flags & (IFF_NOARP | IFF_LOOPBACK)) {
		say("iface '%s' is not ARPable", o.device);
		return -1;
	}
	if (request.ifr_flags & IFF_SLAVE) {
		say("iface '%s' is slave", o.device);
		return -1;
	}
	if (ioctl(fd, SIOCGIFHWADDR, &request) < 0 ||
	    request.ifr_hwaddr.sa_family != ARPHRD_ETHER) {
		say("iface '%s' is not ARPable (unknown hardware type)", o.device);
		return -1;
	}
	memcpy(o.device_hw, request.ifr_hwaddr.sa_data, 6);
	address.sll_ifindex = o.index;
	address.sll_protocol = htons((unsigned short)protocol);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		say("bind to '%s': %s", o.device, strerror(errno));
		return -1;
	}
	return fd;
}

struct frame {
	struct ether_header eth;
	struct ether_arp arp;
} __attribute__((packed));

static int send_one(int fd, struct in_addr target)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET, .sll_ifindex = o.index, .sll_halen = 6};
	/* Who asks whether an address is in use must not claim it by that: RFC 5227. */
	struct in_addr source = o.has_src_ip ? o.src_ip : (struct in_addr){0};
	struct frame frame;

	if (o.mode == 'U' && !o.has_src_ip)
		source = target;
	memset(&frame, 0, sizeof frame);
	memcpy(frame.eth.ether_shost, o.has_src_hw ? o.src_hw : o.device_hw, 6);
	memset(frame.eth.ether_dhost, 0xff, 6);
	if (o.has_trg_hw)
		memcpy(frame.eth.ether_dhost, o.trg_hw, 6);
	frame.eth.ether_type = htons(ETHERTYPE_ARP);
	frame.arp.arp_hrd = htons(ARPHRD_ETHER);
	frame.arp.arp_pro = htons(ETHERTYPE_IP);
	frame.arp.arp_hln = 6;
	frame.arp.arp_pln = 4;
	frame.arp.arp_op = htons(o.mode == 'P' ? ARPOP_REPLY : ARPOP_REQUEST);
	memcpy(frame.arp.arp_sha, o.has_src_arp ? o.src_arp : o.device_hw, 6);
	if (o.has_trg_arp)
		memcpy(frame.arp.arp_tha, o.trg_arp, 6);
	memcpy(frame.arp.arp_spa, &source, 4);
	memcpy(frame.arp.arp_tpa, &target, 4);
	memcpy(to.sll_addr, frame.eth.ether_dhost, 6);
	if (sendto(fd, &frame, sizeof frame, 0, (struct sockaddr *)&to, sizeof to) < 0) {
		say("send: %s", strerror(errno));
		return -1;
	}
	return 0;
}

/* Whether a packet is an answer of somebody else's about one of the addresses asked for. */
static int look(const struct frame *frame, size_t length)
{
	char text[INET_ADDRSTRLEN];
	const unsigned char *mac = frame->arp.arp_sha;

	if (length < sizeof *frame || ntohs(frame->arp.arp_op) != ARPOP_REPLY ||
	    memcmp(mac, o.has_src_arp ? o.src_arp : o.device_hw, 6) == 0)
		return 0;
	for (int i = 0; i < o.target_count; i++) {
		if (memcmp(frame->arp.arp_spa, &o.targets[i], 4) != 0)
			continue;
		if (!o.answered[i] || o.verbose)
			say("%s is detected on another computer : %02x:%02x:%02x:%02x:%02x:%02x",
			    inet_ntop(AF_INET, &o.targets[i], text, sizeof text), mac[0], mac[1],
			    mac[2], mac[3], mac[4], mac[5]);
		o.answered[i] = 1;
		return 1;
	}
	return 0;
}

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Reads what comes until the time is up. Returns the number of answers. */
static int listen_until(int fd, long long end)
{
	int answers = 0;

	while (1) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		long long left = end - now();
		union {
			struct frame frame;
			char bytes[2048];
		} packet;
		ssize_t got;

		if (poll(&p, 1, left > 0 ? (int)left : 0) <= 0)
			return answers;
		got = recv(fd, &packet, sizeof packet, MSG_DONTWAIT);
		if (got > 0)
			answers += look(&packet.frame, (size_t)got);
		if (answers && o.at_once)
			return answers;
		if (left <= 0)
			return answers;
	}
}

static int work(void)
{
	int fd = o.target_count ? open_device(ETHERTYPE_ARP) : -1, answers = 0;

	if (o.target_count && fd < 0)
		return EXIT_SYSTEM;
	if (o.mode == 'U' && o.target6_count && advertise(o.device, o.targets6, o.target6_count) < 0)
		return EXIT_SYSTEM;
	for (long i = 0; o.target_count && (o.count < 0 || i < o.count); i++) {
		for (int t = 0; t < o.target_count; t++)
			if (send_one(fd, o.targets[t]) < 0)
				return EXIT_SYSTEM;
		answers += listen_until(fd, now() + o.timeout);
		if (answers && o.at_once)
			break;
	}
	if (o.mode == 'D' || o.mode == 'U')
		return answers ? EXIT_FOUND : 0;
	return o.mode == 'Q' && !answers ? EXIT_SILENT : 0;
}

/*
 * The kernel frees a packet socket after a grace period of RCU, and whoever closes it last waits for
 * that: 25 ms. A child does, while the caller goes on. Nobody waits for the child.
 */
static int leave(int status)
{
	int gone[2];
	char none;

	if (pipe(gone) == 0 && fork() == 0) {
		close(STDIN_FILENO);
		close(STDOUT_FILENO);
		close(STDERR_FILENO);
		close(gone[1]);
		/* It ends when the caller's process has. */
		_exit(read(gone[0], &none, 1) < 0);
	}
	return status;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');
	struct in6_addr address;

	if (strcmp(name ? name + 1 : argv[0], "ndsend") != 0) {
		if (parse_options(argc, argv) < 0)
			return usage();
		return leave(work());
	}
	program = "ndsend";
	if (argc != 3 || inet_pton(AF_INET6, argv[1], &address) != 1) {
		fprintf(stderr, "Usage: ndsend <address> <interface>\n");
		return EXIT_USAGE;
	}
	return advertise(argv[2], &address, 1) < 0 ? EXIT_SYSTEM : 0;
}

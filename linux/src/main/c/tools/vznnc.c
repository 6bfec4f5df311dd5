/* vznnc: makes or awaits one connection at localhost, and becomes a program that talks over it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WRONG_CALL = 1, CANNOT_RUN = 127, NETWORK_ERROR = 220 };

static int usage(const char *why)
{
	if (why != NULL)
		fprintf(stderr, "vznnc: %s\n", why);
	fputs("Usage: vznnc {-l|-c} -p PORT [-f FD] [--] CMD [arg ...]\n", stderr);
	return WRONG_CALL;
}

static int failed(const char *call)
{
	fprintf(stderr, "vznnc: %s(): %s\n", call, strerror(errno));
	return -1;
}

/* A plain number up to the largest that is allowed; -1 for anything else. */
static int number(const char *text, int largest)
{
	char *end;
	errno = 0;
	long value = strtol(text, &end, 10);
	return errno != 0 || end == text || *end != '\0' || value < 0 || value > largest ? -1 : (int)value;
}

/* Waits for a connection. Whoever started this over a network may have gone: then its standard
 * input or output is hung up, and nobody will ever connect. */
static int await(int listening)
{
	struct pollfd watched[] = {
		{.fd = listening, .events = POLLIN}, {.fd = STDIN_FILENO}, {.fd = STDOUT_FILENO}};
	while (poll(watched, sizeof watched / sizeof *watched, -1) < 0) {
		if (errno != EINTR)
			return failed("poll");
	}
	if ((watched[0].revents & POLLIN) == 0) {
		fputs("vznnc: broken pipe!\n", stderr);
		return -1;
	}
	int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
	return connection < 0 ? failed("accept") : connection;
}

static int connection_at(int port, bool listening)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((in_port_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct sockaddr *where = (const struct sockaddr *)&address;
	int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (made < 0)
		return failed("socket");
	int yes = 1;
	if (setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0)
		return failed("setsockopt");
	if (!listening)
		return connect(made, where, sizeof address) < 0 ? failed("connect") : made;
	if (bind(made, where, sizeof address) < 0)
		return failed("bind");
	if (listen(made, 1) < 0)
		return failed("listen");
	int accepted = await(made);
	close(made);
	return accepted;
}

/* Puts the connection where the program looks for it, open across its start. */
static int place(int connection, int descriptor)
{
	if (descriptor == connection)
		return fcntl(connection, F_SETFD, 0) < 0 ? failed("fcntl") : 0;
	if (descriptor >= 0)
		return dup2(connection, descriptor) < 0 ? failed("dup2") : 0;
	return dup2(connection, STDIN_FILENO) < 0 || dup2(connection, STDOUT_FILENO) < 0 ? failed("dup2") : 0;
}

int main(int argc, char **argv)
{
	bool listening = false, connecting = false;
	int port = -1, descriptor = -1, option;
	while ((option = getopt(argc, argv, "+lcp:f:")) != -1) {
		switch (option) {
		case 'l': listening = true; break;
		case 'c': connecting = true; break;
		case 'p':
			if ((port = number(optarg, 65535)) < 0)
				return usage("option -p needs a port, 0 to 65535");
			break;
		case 'f':
			if ((descriptor = number(optarg, 1 << 20)) < 0)
				return usage("option -f needs a descriptor's number");
			break;
		default: return usage(NULL);
		}
	}
	if (listening && connecting)
		return usage("options -l and -c are exclusive");
	if (!listening && !connecting)
		return usage("either -l or -c is required");
	if (port < 0)
		return usage("option -p is required");
	if (optind >= argc)
		return usage(NULL);
	int connection = connection_at(port, listening);
	if (connection < 0 || place(connection, descriptor) < 0)
		return NETWORK_ERROR;
	execvp(argv[optind], argv + optind);
	fprintf(stderr, "vznnc: execvp(): %s\n", strerror(errno));
	return CANNOT_RUN;
}

/* Messages between the launcher's own processes: a sequential-packet socket pair. */
#define _GNU_SOURCE
#include "channel.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int channel_make(int ends[2])
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

int channel_send(int end, const struct message *message)
{
	char control[CMSG_SPACE(sizeof message->fds)];
	struct iovec data = {(void *)message, offsetof(struct message, fds)};
	struct msghdr header = {.msg_iov = &data, .msg_iovlen = 1};
	int count = 0;

	while (count < 3 && message->fds[count] >= 0)
		count++;
	if (count) {
		struct cmsghdr *c;

		memset(control, 0, sizeof control);
		header.msg_control = control;
		header.msg_controllen = CMSG_SPACE(sizeof(int) * (size_t)count);
		c = CMSG_FIRSTHDR(&header);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int) * (size_t)count);
		memcpy(CMSG_DATA(c), message->fds, sizeof(int) * (size_t)count);
	}
	while (sendmsg(end, &header, MSG_NOSIGNAL) < 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

int channel_tell(int end, int type, int step, int value)
{
	struct message message = {
		.type = type, .step = step, .value = value, .fds = {-1, -1, -1}};

	return channel_send(end, &message);
}

int channel_receive(int end, struct message *message)
{
	char control[CMSG_SPACE(sizeof message->fds)];
	struct iovec data = {message, offsetof(struct message, fds)};
	struct msghdr header = {.msg_iov = &data,
				.msg_iovlen = 1,
				.msg_control = control,
				.msg_controllen = sizeof control};
	ssize_t got;

	memset(message, 0, sizeof *message);
	for (int i = 0; i < 3; i++)
		message->fds[i] = -1;
	do
		got = recvmsg(end, &header, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return (int)got;
	if (got != (ssize_t)data.iov_len) {
		errno = EPROTO;
		return -1;
	}
	message->text[sizeof message->text - 1] = 0;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
		size_t length = c->cmsg_len - CMSG_LEN(0);
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
		    length <= sizeof message->fds)
			memcpy(message->fds, CMSG_DATA(c), length);
	}
	return 1;
}

int channel_orphaned(int end)
{
	struct pollfd p = {.fd = end};

	return poll(&p, 1, 0) > 0 && p.revents & (POLLHUP | POLLERR);
}

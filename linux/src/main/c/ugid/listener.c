/* See listener.h. */
#include "listener.h"

#include <asm/errno.h>
#include <asm/ioctl.h>
#include <stddef.h>

#include "../bare.h"
#include "../monitor_fds.h"

#define SOL_SOCKET 1
#define SCM_RIGHTS 1
#define SCM_CREDENTIALS 2
#define MSG_DONTWAIT 0x40
#define MSG_CMSG_CLOEXEC 0x40000000

/* As the kernel has them; libc's headers are not for us. */
struct part {
	void *base;
	size_t length;
};

struct packet_header {
	void *name;
	int name_length;
	struct part *parts;
	size_t part_count;
	void *control;
	size_t control_length;
	unsigned flags;
};

struct control {
	size_t length;
	int level, type;
	int values[3];
};

int listener_fits(void)
{
	struct seccomp_notif_sizes sizes;

	return CALL(seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes, 0, 0) == 0 &&
	       sizes.seccomp_notif <= LISTENER_CALL && sizes.seccomp_notif_resp <= LISTENER_CALL;
}

long listener_take(int listener, union listener_call *call)
{
	/* It must be zero, or the kernel refuses. */
	for (int i = 0; i < LISTENER_CALL / 8; i++)
		call->room[i] = 0;
	return CALL(ioctl, listener, SECCOMP_IOCTL_NOTIF_RECV, call, 0, 0);
}

int listener_waits(int listener, uint64_t id)
{
	return CALL(ioctl, listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id, 0, 0) == 0;
}

void listener_answer(int listener, uint64_t id, long error)
{
	union {
		struct seccomp_notif_resp resp;
		uint64_t room[LISTENER_CALL / 8];
	} answer;

	for (int i = 0; i < LISTENER_CALL / 8; i++)
		answer.room[i] = 0;
	answer.resp.id = id;
	answer.resp.error = (int)error;
	/* Whoever asked may have been killed: nobody minds. */
	CALL(ioctl, listener, SECCOMP_IOCTL_NOTIF_SEND, &answer, 0, 0);
}

long listener_receive(struct listener_packet *packet)
{
	uint64_t space[16];
	char data[8];
	struct part part = {data, sizeof data};
	struct packet_header header;
	int root = 0;
	long got;

	packet->fd = -1;
	header.name = NULL;
	header.name_length = 0;
	header.parts = &part;
	header.part_count = 1;
	header.control = space;
	header.control_length = sizeof space;
	header.flags = 0;
	got = CALL(recvmsg, MONITOR_UGID, &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC, 0, 0);
	if (got < 0)
		return got;
	for (size_t at = 0; at + offsetof(struct control, values) + 4 <= header.control_length;) {
		const struct control *control = (const struct control *)((char *)space + at);

		if (control->level == SOL_SOCKET && control->type == SCM_RIGHTS)
			packet->fd = control->values[0];
		/* Process, user, group; in the host's ids, as we are in its namespace. */
		if (control->level == SOL_SOCKET && control->type == SCM_CREDENTIALS)
			root = control->values[1] == 0;
		if (control->length < offsetof(struct control, values))
			break;
		at += (control->length + 7) & ~(size_t)7;
	}
	if (!root || got < 5) {
		if (packet->fd >= 0)
			CALL(close, packet->fd, 0, 0, 0, 0);
		return -EPERM;
	}
	packet->kind = data[0];
	packet->number = (uint32_t)(unsigned char)data[1] | (uint32_t)(unsigned char)data[2] << 8 |
			 (uint32_t)(unsigned char)data[3] << 16 |
			 (uint32_t)(unsigned char)data[4] << 24;
	return 0;
}

/* See serve.h. What a stranger decides: everything in a call, and all of his process's memory. */
#include "serve.h"

#include <asm/errno.h>
#include <linux/eventpoll.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <stddef.h>

#include "../bare.h"
#include "../monitor_fds.h"
#include "../status_text.h"
#include "clock.h"
#include "listener.h"
#include "request.h"

/* A quarter of a processor, at most. */
#define WINDOW (SECOND / 10)
#define SHARE (WINDOW / 4)

static void serve(struct ugid *ugid, int listener)
{
	union listener_call call;

	if (listener_take(listener, &call) < 0)
		return;
	listener_answer(listener, call.notif.id, ugid_answer(ugid, listener, &call.notif));
}

static int watch(const struct ugid *ugid, int fd)
{
	struct epoll_event event;

	event.events = EPOLLIN;
	event.data = (uint64_t)fd;
	return (int)CALL(epoll_ctl, ugid->epoll, EPOLL_CTL_ADD, fd, &event, 0);
}

static void take_packet(struct ugid *ugid)
{
	struct listener_packet packet;

	if (listener_receive(&packet) < 0)
		return;
	if (packet.kind == UGID_MOST)
		ugid->most = packet.number;
	/* From a process that was entered: it has a filter, and so a listener, of its own. */
	if (packet.fd >= 0 && (packet.kind != UGID_LISTENER || watch(ugid, packet.fd) < 0))
		CALL(close, packet.fd, 0, 0, 0, 0);
}

void ugid_turn(struct ugid *ugid)
{
	struct epoll_event events[8];
	long count = CALL6(epoll_pwait, ugid->epoll, events, 8, 0, 0, 8);
	int64_t now;

	for (long i = 0; i < count; i++) {
		int fd = (int)events[i].data;

		if (fd == MONITOR_UGID)
			take_packet(ugid);
		else if (events[i].events & EPOLLIN)
			serve(ugid, fd);
		else /* all who had the filter have ended */
			CALL(close, fd, 0, 0, 0, 0);
	}
	now = clock_now(CLOCK_MONOTONIC);
	if (now - ugid->window >= WINDOW) {
		ugid->window = now;
		ugid->used = clock_now(CLOCK_PROCESS_CPUTIME_ID);
	} else if (clock_now(CLOCK_PROCESS_CPUTIME_ID) - ugid->used > SHARE) {
		ugid->resting = 1;
	}
}

int64_t ugid_rest(struct ugid *ugid)
{
	int64_t left;

	if (!ugid->resting)
		return 0;
	left = ugid->window + WINDOW - clock_now(CLOCK_MONOTONIC);
	if (left <= 0)
		ugid->resting = 0;
	return left > 0 ? left : 0;
}

static int number(const char *word, uint32_t *value)
{
	unsigned long long parsed;
	const char *rest = parse_decimal(word, &parsed);

	*value = (uint32_t)parsed;
	return rest && !*rest && parsed <= 0xfffffffeU ? 0 : -1;
}

int ugid_begin(struct ugid *ugid, char **words, int count)
{
	struct statx file;
	unsigned length = 0;

	ugid->epoll = -1;
	if (count < 4 || number(words[0], &ugid->base[0]) < 0 ||
	    number(words[1], &ugid->base[1]) < 0 || number(words[2], &ugid->most) < 0)
		return -1;
	while (words[3][length])
		length++;
	if (length == 0 || length >= UGID_DEVICE || !listener_fits())
		return -1;
	ugid->device = words[3];
	ugid->name_length = length + 1;
	ugid->limited = -1;
	ugid->window = ugid->used = ugid->resting = 0;
	if (CALL(statx, MONITOR_AREA, "", AT_EMPTY_PATH, STATX_TYPE, &file) < 0)
		return -1;
	ugid->major = file.stx_dev_major;
	ugid->minor = file.stx_dev_minor;
	if (CALL(statx, MONITOR_HOME, "", AT_EMPTY_PATH, STATX_INO, &file) < 0)
		return -1;
	ugid->home = file.stx_ino;
	ugid->epoll = (int)CALL(epoll_create1, O_CLOEXEC, 0, 0, 0, 0);
	if (ugid->epoll < 0)
		return -1;
	watch(ugid, MONITOR_UGID);
	watch(ugid, MONITOR_FILTER);
	return 0;
}

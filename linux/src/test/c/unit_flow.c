/* Streams carried from one descriptor to another. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel.h"
#include "flow.h"
#include "unit.h"

static void carry_all(struct flow *flow, int rounds)
{
	struct pollfd p[2];

	while (flow->open && rounds-- > 0) {
		flow_poll(flow, p);
		poll(p, 2, 10);
		flow_carry(flow, p);
	}
}

/* Between pipes, by splice; between sockets, by read and write. */
static void carries_to_the_end(int sockets)
{
	char got[32] = "";
	struct flow flow;
	int a[2], b[2];

	CHECK((sockets ? socketpair(AF_UNIX, SOCK_STREAM, 0, a) : pipe(a)) == 0);
	CHECK((sockets ? socketpair(AF_UNIX, SOCK_STREAM, 0, b) : pipe(b)) == 0);
	flow_open(&flow, a[0], b[1]);
	CHECK(flow.can_splice == !sockets);
	CHECK(write(a[1], "hello", 5) == 5);
	close(a[1]);
	carry_all(&flow, 20);
	CHECK(!flow.open);
	CHECK(read(b[0], got, sizeof got) == 5 && strcmp(got, "hello") == 0);
	free(flow.buffer);
	close(a[0]), close(b[0]), close(b[1]);
}

static void stops_when_nobody_reads(void)
{
	struct flow flow;
	int a[2], b[2];

	CHECK(pipe(a) == 0 && pipe(b) == 0);
	flow_open(&flow, a[0], b[1]);
	close(b[0]);
	carry_all(&flow, 20);
	CHECK(!flow.open);
	close(a[0]), close(a[1]), close(b[1]);
}

static void finishes_with_what_is_there(void)
{
	char got[32];
	struct flow flow;
	int a[2], b[2];

	CHECK(pipe(a) == 0 && pipe(b) == 0);
	flow_open(&flow, a[0], b[1]);
	CHECK(write(a[1], "before", 6) == 6);
	flow_finish(&flow);
	CHECK(flow.open && flow.left == 6);
	CHECK(write(a[1], "after", 5) == 5);
	carry_all(&flow, 20);
	CHECK(!flow.open);
	CHECK(read(b[0], got, sizeof got) == 6);
	flow_open(&flow, b[0], a[1]);
	flow_finish(&flow);
	CHECK(!flow.open);
	close(a[0]), close(a[1]), close(b[0]), close(b[1]);
}

/* A full pipe is waited for, not lost. */
static void waits_for_a_slow_reader(void)
{
	static char block[300000], got[300000];
	size_t sent = 0, have = 0;
	struct flow flow;
	struct pollfd p[2];
	int a[2], b[2];

	for (size_t i = 0; i < sizeof block; i++)
		block[i] = (char)(i * 7 >> 3);
	CHECK(pipe2(a, O_NONBLOCK) == 0 && pipe2(b, O_NONBLOCK) == 0);
	flow_open(&flow, a[0], b[1]);
	for (int round = 0; round < 100000 && have < sizeof block; round++) {
		ssize_t n = write(a[1], block + sent, sizeof block - sent);
		sent += n > 0 ? (size_t)n : 0;
		flow_poll(&flow, p);
		poll(p, 2, 0);
		flow_carry(&flow, p);
		n = read(b[0], got + have, sizeof got - have < 777 ? sizeof got - have : 777);
		have += n > 0 ? (size_t)n : 0;
	}
	CHECK(have == sizeof block && memcmp(block, got, have) == 0);
	free(flow.buffer);
	close(a[0]), close(a[1]), close(b[0]), close(b[1]);
}

void test_flow(void)
{
	signal(SIGPIPE, SIG_IGN);
	carries_to_the_end(0);
	carries_to_the_end(1);
	stops_when_nobody_reads();
	finishes_with_what_is_there();
	waits_for_a_slow_reader();
}

void test_channel(void)
{
	struct message message = {.type = MSG_STDIO, .step = 7, .value = 9, .fds = {0, 1, -1}};
	struct message got;
	int ends[2];

	CHECK(channel_make(ends) == 0);
	strcpy(message.text, "why");
	CHECK(channel_send(ends[0], &message) == 0);
	CHECK(channel_tell(ends[0], MSG_GO, 1, 2) == 0);
	CHECK(channel_receive(ends[1], &got) == 1);
	CHECK(got.type == MSG_STDIO && got.step == 7 && got.value == 9);
	CHECK(strcmp(got.text, "why") == 0);
	CHECK(got.fds[0] > 2 && got.fds[1] > 2 && got.fds[2] == -1);
	CHECK(fcntl(got.fds[0], F_GETFD) == FD_CLOEXEC);
	close(got.fds[0]), close(got.fds[1]);
	CHECK(channel_receive(ends[1], &got) == 1 && got.type == MSG_GO && got.fds[0] == -1);
	CHECK(!channel_orphaned(ends[1]));
	close(ends[0]);
	CHECK(channel_receive(ends[1], &got) == 0);
	CHECK(channel_orphaned(ends[1]));
	close(ends[1]);
}

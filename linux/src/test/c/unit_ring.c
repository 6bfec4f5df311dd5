/* The console's ring and the monitor's small texts. */
#include <string.h>

#include "ring.h"
#include "status_text.h"
#include "unit.h"

/* A ring in memory, written and read as the monitor does it in the file. */
static void append(struct ring_header *ring, char *file, const char *text, uint64_t count)
{
	for (uint64_t done = 0; done < count;) {
		uint64_t span = ring_span(ring, ring->written, count - done);
		memcpy(file + ring_offset(ring, ring->written), text + done, span);
		ring->written += span;
		done += span;
	}
}

static uint64_t content(const struct ring_header *ring, const char *file, char *to)
{
	uint64_t length = 0;

	for (uint64_t at = ring_oldest(ring); at < ring->written;) {
		uint64_t span = ring_span(ring, at, ring->written - at);
		memcpy(to + length, file + ring_offset(ring, at), span);
		at += span;
		length += span;
	}
	return length;
}

/* Whatever is written in whatever pieces, the last SIZE bytes are there in their order. */
void test_ring(void)
{
	struct ring_header ring = {.magic = RING_MAGIC, .size = 7};
	char file[sizeof ring + 7] = "", got[7], all[400];
	uint64_t length = 0, here, expected;

	CHECK(sizeof ring == 32);
	CHECK(content(&ring, file, got) == 0);
	for (unsigned i = 0; i < sizeof all; i++)
		all[i] = (char)('a' + i % 26);
	for (unsigned piece = 0; length + piece % 17 < sizeof all; piece++) {
		append(&ring, file, all + length, piece % 17);
		length += piece % 17;
		expected = length < ring.size ? length : ring.size;
		here = content(&ring, file, got);
		CHECK(here == expected);
		CHECK(memcmp(got, all + length - expected, expected) == 0);
	}
	CHECK(ring.written == length);
}

void test_status_text(void)
{
	char text[STATUS_TEXT], path[40];
	unsigned long long number;

	CHECK(status_text(text, 0) == 7 && memcmp(text, "exit 0\n", 7) == 0);
	CHECK(status_text(text, 255 << 8) == 9 && memcmp(text, "exit 255\n", 9) == 0);
	CHECK(status_text(text, 9) == 9 && memcmp(text, "signal 9\n", 9) == 0);
	CHECK(status_text(text, 64 | 0x80) == 10 && memcmp(text, "signal 64\n", 10) == 0);
	CHECK(*parse_decimal("4711 5", &number) == ' ' && number == 4711);
	CHECK(parse_decimal("", &number) == NULL);
	CHECK(parse_decimal(" 1", &number) == NULL);
	CHECK(parse_decimal("99999999999999999999", &number) == NULL);
	stat_path(path, 4194304);
	CHECK(strcmp(path, "/proc/4194304/stat") == 0);
	CHECK(stat_start_time("1 (a b) c) S 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 222 2")
	      == 222);
	CHECK(stat_start_time("1 (a) S 4") == 0);
	CHECK(stat_start_time("") == 0);
}

/*
 * The console's ring file: a header, then SIZE bytes. All output is counted from the console's
 * beginning; byte number N lies at N modulo SIZE. Written by the monitor, read by it and by anyone
 * who wants to know what the console said. Needs no libc, for the monitor has none.
 */
#ifndef VZ_RING_H
#define VZ_RING_H

#include <stdint.h>

#define RING_MAGIC 0x31676e69727a76ULL /* "vzring1" on a little-endian machine */
#define RING_MIN 4096
#define RING_MAX (16 << 20)

struct ring_header {
	uint64_t magic;
	uint64_t size;	  /* of the data after the header */
	uint64_t written; /* bytes of output since the console's beginning */
	uint64_t reserved;
};

/* The oldest byte that is still there. */
static inline uint64_t ring_oldest(const struct ring_header *ring)
{
	return ring->written > ring->size ? ring->written - ring->size : 0;
}

/* Where in the file byte number at lies. */
static inline uint64_t ring_offset(const struct ring_header *ring, uint64_t at)
{
	return sizeof *ring + at % ring->size;
}

/* How many bytes from number at on, and not more than max, lie side by side in the file. */
static inline uint64_t ring_span(const struct ring_header *ring, uint64_t at, uint64_t max)
{
	uint64_t to_end = ring->size - at % ring->size;

	return max < to_end ? max : to_end;
}

#endif

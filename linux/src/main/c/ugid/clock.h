/* Time, for the monitor. */
#ifndef VZ_UGID_CLOCK_H
#define VZ_UGID_CLOCK_H

#include <stdint.h>

#include "../bare.h"

#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define SECOND 1000000000LL

/* In nanoseconds. */
static inline int64_t clock_now(int which)
{
	struct {
		int64_t seconds, nanoseconds;
	} time = {0, 0};

	CALL(clock_gettime, which, &time, 0, 0, 0);
	return time.seconds * SECOND + time.nanoseconds;
}

#endif
